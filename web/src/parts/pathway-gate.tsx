import { useTranslation } from 'react-i18next';
import type { GateAnswer } from '../api/pathways';
import { type Text, formatList } from './format';
import type { IconName } from './icon';
import { Tag, type Tone } from './tag';
import { useFormat } from './use-format';

const VERDICTS = {
  passed: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'cross' },
  missing: { tone: 'wait', icon: 'clock' },
  refused: { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<GateAnswer['verdict'], { tone: Tone; icon: IconName }>;

export function VerdictTag({ verdict }: Pick<GateAnswer, 'verdict'>) {
  const { t } = useTranslation('pathway');
  return <Tag {...VERDICTS[verdict]}>{t(`verdict.${verdict}`)}</Tag>;
}

/** Titles in one line; a code where the catalogue has no title. */
export function useTitles(): (named: readonly { code: string; title: Text | null }[]) => string {
  const format = useFormat();
  // In the language that the titles have: words of a Thai list stand without a comma.
  const language = format.language === 'zh' ? 'zh' : 'en';
  return (named) =>
    formatList(
      named.map(({ code, title }) => (title ? format.text(title) : code)),
      language,
    );
}

type Fact = GateAnswer['facts'][number];

const FACTS = {
  passed: { tone: 'good', icon: 'check' },
  met: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'cross' },
  short: { tone: 'wait', icon: 'clock' },
  unknown: { tone: 'quiet', icon: 'question' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>;

/** What a gate looks at, one by one, with what there is and what would help. */
export function GateFacts({ answer }: { answer: GateAnswer }) {
  return (
    <ul className="lines">
      {answer.facts.map((fact) => (
        <li key={fact.id}>
          <OneFact fact={fact} />
        </li>
      ))}
    </ul>
  );
}

function OneFact({ fact }: { fact: Fact }) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  const titles = useTitles();
  const value = FACT_VALUES.find((one) => one === fact.value) ?? 'unknown';
  return (
    <>
      <div className="row">
        <strong>{format.text(fact.title)}</strong>
        <Tag {...FACTS[value]}>{t(`fact.${value}`)}</Tag>
        {fact.clause !== null && <span className="small soft">{fact.clause}</span>}
      </div>
      {fact.lacking.length > 0 && <div>{t('waits', { outcomes: titles(fact.lacking) })}</div>}
      {fact.value !== null && fact.clauses.length === 0 && fact.evidence.length > 0 && (
        <div className="soft">{titles(fact.evidence)}</div>
      )}
      {fact.clauses.map((clause) => (
        <div key={clause.id}>
          {t(`condition.${clause.what}`, {
            title: format.text(clause.title),
            has: format.amount(clause.has),
            needs: format.amount(clause.needs),
          })}
          {!clause.holds && clause.lacking.length > 0 && (
            <div className="soft">{t('lacking', { outcomes: titles(clause.lacking) })}</div>
          )}
        </div>
      ))}
    </>
  );
}

const FACT_VALUES = ['passed', 'failed', 'met', 'short'] as const;
