import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleChange, RuleSentence, RuleState, WorkedExample } from '../api/rules';
import type { Text } from './format';
import { Icon, type IconName } from './icon';
import { Tag, type Tone } from './tag';
import { useFormat } from './use-format';

const LOOKS: Record<RuleState, { tone: Tone; icon: IconName }> = {
  'in-force': { tone: 'good', icon: 'check' },
  scheduled: { tone: 'wait', icon: 'clock' },
  ended: { tone: 'quiet', icon: 'dash' },
};

/** Where a rule or a version of it stands today. */
export function RuleStateTag({ state }: { state: RuleState }) {
  const { t } = useTranslation('rules');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}

/** From when to when a version governs. */
export function useWindow(): (version: {
  inForceFrom: string;
  inForceTo: string | null;
}) => string {
  const { t } = useTranslation('rules');
  const format = useFormat();
  return ({ inForceFrom, inForceTo }) => {
    const from = format.date(inForceFrom);
    return inForceTo === null
      ? t('window.open', { from })
      : t('window.closed', { from, to: format.date(inForceTo) });
  };
}

const PARTS = ['target', 'rules', 'caps'] as const;

/** A document in words: what it is about, what is given, what limits it, all the rest. */
export function RuleSentences({ sentences }: { sentences: readonly RuleSentence[] }) {
  const { t } = useTranslation('rules');
  const partOf = ({ pointer }: RuleSentence): string => pointer.split('/')[1] ?? '';
  const others = sentences.filter((one) => !PARTS.some((part) => part === partOf(one)));
  return (
    <div className="stack">
      {PARTS.map((part) => (
        <Sentences
          key={part}
          title={t(`part.${part}`)}
          of={sentences.filter((one) => partOf(one) === part)}
        />
      ))}
      <Sentences title={t('part.others')} of={others} />
    </div>
  );
}

function Sentences({ title, of }: { title: string; of: readonly RuleSentence[] }) {
  if (of.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className="lines">
        {of.map(({ pointer, text }) => (
          <li key={pointer}>
            <Told text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A sentence that begins with the title of its part has the title stand out. */
function Told({ text }: { text: Text }) {
  const { language, text: say } = useFormat();
  const sentence = say(text);
  const colon = sentence.indexOf(language === 'zh' ? '：' : ': ');
  if (colon < 1) return sentence;
  return (
    <>
      <strong>{sentence.slice(0, colon)}</strong>
      {sentence.slice(colon)}
    </>
  );
}

/** What changed between two versions, one line a change. */
export function RuleChanges({ changes }: { changes: readonly RuleChange[] }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  if (changes.length === 0) return <p>{t('change.none')}</p>;
  return (
    <ul className="lines">
      {changes.map((change, index) => (
        <li key={index}>
          <strong>{format.text(change.where)}</strong>
          {t('change.colon')}
          {format.text(change.what)}
          <div>
            <ChangedValues change={change} />
          </div>
        </li>
      ))}
    </ul>
  );
}

const CHANGE_LOOKS = {
  added: { tone: 'good', icon: 'check' },
  removed: { tone: 'bad', icon: 'cross' },
  changed: { tone: 'brand', icon: 'swap' },
} as const;

function ChangedValues({ change: { kind, from, to } }: { change: RuleChange }) {
  const { t } = useTranslation('rules');
  return (
    <>
      <Tag {...CHANGE_LOOKS[kind]}>{t(`change.${kind}`)}</Tag> {from !== null && <del>{from}</del>}
      {kind === 'changed' && <span aria-hidden="true"> → </span>}
      {to !== null && <ins>{to}</ins>}
    </>
  );
}

/** Worked examples: who is meant, and what the rules make of it. */
export function WorkedExamples({ examples }: { examples: readonly WorkedExample[] }) {
  const { t } = useTranslation('rules');
  if (examples.length === 0) return <p>{t('example.none')}</p>;
  return (
    <div>
      {examples.toSorted(failingFirst).map((example) => (
        <Example key={example.pointer} example={example} />
      ))}
    </div>
  );
}

/** What does not come out as written is what somebody looks for. */
function failingFirst(a: WorkedExample, b: WorkedExample): number {
  return Number(a.holds) - Number(b.holds);
}

const DIFFERENCES = ['credits', 'granted', 'courses', 'values', 'pending', 'award'] as const;

function Difference({ difference }: { difference: WorkedExample['differences'][number] }) {
  const { t } = useTranslation('rules');
  const { what, expected, actual } = difference;
  const known = DIFFERENCES.find((one) => one === what);
  return t('example.difference', {
    what: known ? t(`differs.${known}`) : what,
    expected,
    actual,
  });
}

function Example({ example }: { example: WorkedExample }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const { holds, name, on, outcomes, credits, granted, refused, pending, differences } = example;
  return (
    <details open={!holds}>
      <summary>
        <Icon name={holds ? 'check' : 'warn'} />
        <span>
          {format.side(name)}
          <span className="visually-hidden">{t(holds ? 'example.holds' : 'example.fails')}</span>
        </span>
      </summary>
      <div className="inside stack">
        {!holds && (
          <ul className="lines">
            {differences.map((difference) => (
              <li key={difference.what}>
                <Difference difference={difference} />
              </li>
            ))}
          </ul>
        )}
        <div>
          <p>{t('example.given', { on: format.date(on), count: outcomes.length })}</p>
          <ul>
            {outcomes.map((outcome, index) => (
              <li key={index}>
                <ExampleOutcome outcome={outcome} />
              </li>
            ))}
          </ul>
        </div>
        <Said title={t('example.result', { credits: format.amount(credits) })}>
          {[...granted, ...refused, ...pending]}
        </Said>
      </div>
    </details>
  );
}

function ExampleOutcome({ outcome }: { outcome: WorkedExample['outcomes'][number] }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const { title, credits, hours, grade, level, completed } = outcome;
  const facts = [
    credits !== null && t('example.credits', { credits: format.amount(credits) }),
    hours !== null && t('example.hours', { hours: format.amount(hours) }),
    grade !== null && t('example.grade', { grade }),
    level,
    completed !== null && t('example.completed', { on: format.date(completed) }),
  ];
  return [format.text(title), ...facts.filter(Boolean)].join(' · ');
}

function Said({ title, children }: { title: ReactNode; children: readonly Text[] }) {
  const format = useFormat();
  return (
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <ul>
        {children.map((text, index) => (
          <li key={index}>{format.text(text)}</li>
        ))}
      </ul>
    </div>
  );
}
