import { useTranslation } from 'react-i18next';
import type { RuleCheck, RuleFinding } from '../../api/drafts';
import type { IconName } from '../../parts/icon';
import { Note } from '../../parts/note';
import { RuleChanges, RuleSentences, WorkedExamples } from '../../parts/rule-words';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

/** How a text stands in one line: what keeps it from being handed in. */
export function CheckLine({ check }: { check: RuleCheck }) {
  const { t } = useTranslation('rulebook');
  const errors = check.findings.filter(({ severity }) => severity === 'error').length;
  const failing = check.examples.filter(({ holds }) => !holds).length;
  if (check.isPublishable) {
    return <Note tone="good" title={t('check.good', { count: check.examples.length })} />;
  }
  const title = !check.isDocument
    ? t('check.unreadable', { count: errors })
    : [
        errors > 0 && t('check.errors', { count: errors }),
        failing > 0 && t('check.failing', { count: failing }),
        check.examples.length === 0 && t('check.noExamples'),
      ]
        .filter(Boolean)
        .join(t('check.and'));
  return <Note tone="bad" title={title} />;
}

/** Findings, examples, changes and meaning of a text, in the order in which one needs them. */
export function CheckView(props: { check: RuleCheck; onLine?: (line: number) => void }) {
  const { t } = useTranslation(['rulebook', 'rules']);
  const { check } = props;
  return (
    <>
      <section className="card stack" aria-labelledby="findings">
        <h2 id="findings">{t('findings.title')}</h2>
        <Findings findings={check.findings} onLine={props.onLine} />
      </section>
      {check.isDocument && (
        <>
          <section className="card stack" aria-labelledby="changes">
            <div>
              <h2 id="changes">{t('changes.title')}</h2>
              {check.comparedWith && (
                <p className="soft">{t('changes.with', { version: check.comparedWith.version })}</p>
              )}
            </div>
            {check.comparedWith ? (
              <RuleChanges changes={check.changes} />
            ) : (
              <p>{t('changes.first')}</p>
            )}
          </section>
          <section className="card stack" aria-labelledby="examples">
            <div>
              <h2 id="examples">{t('rules:examples')}</h2>
              <p className="soft">{t('rules:examplesLead')}</p>
            </div>
            <WorkedExamples examples={check.examples} />
          </section>
          <section className="card stack" aria-labelledby="words">
            <h2 id="words">{t('rules:words')}</h2>
            <RuleSentences sentences={check.sentences} />
          </section>
        </>
      )}
    </>
  );
}

const LOOKS: Record<RuleFinding['severity'], { tone: Tone; icon: IconName }> = {
  error: { tone: 'bad', icon: 'cross' },
  warning: { tone: 'wait', icon: 'warn' },
  note: { tone: 'quiet', icon: 'dash' },
};

function Findings(props: {
  findings: readonly RuleFinding[];
  onLine: ((line: number) => void) | undefined;
}) {
  const { t } = useTranslation('rulebook');
  const grave = props.findings.filter(({ severity }) => severity !== 'note');
  const notes = props.findings.filter(({ severity }) => severity === 'note');
  return (
    <>
      {grave.length === 0 && <p>{t('findings.none')}</p>}
      <FindingList {...props} findings={grave} />
      {notes.length > 0 && (
        <details>
          <summary>{t('findings.notes', { count: notes.length })}</summary>
          <div className="inside">
            <FindingList {...props} findings={notes} />
          </div>
        </details>
      )}
    </>
  );
}

function FindingList(props: {
  findings: readonly RuleFinding[];
  onLine: ((line: number) => void) | undefined;
}) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  if (props.findings.length === 0) return null;
  return (
    <ul className="lines">
      {props.findings.map((finding, index) => (
        <li key={index}>
          <Tag {...LOOKS[finding.severity]}>{t(`severity.${finding.severity}`)}</Tag>{' '}
          <strong>{format.text(finding.title)}</strong>
          <div>{format.text(finding.change)}</div>
          <Place finding={finding} onLine={props.onLine} />
        </li>
      ))}
    </ul>
  );
}

function Place(props: { finding: RuleFinding; onLine: ((line: number) => void) | undefined }) {
  const { t } = useTranslation('rulebook');
  const { line, pointer } = props.finding;
  if (line === null) return null;
  const { onLine } = props;
  return (
    <div className="row small soft">
      {onLine ? (
        <button type="button" className="button small" onClick={() => onLine(line)}>
          {t('findings.goTo', { line })}
        </button>
      ) : (
        t('findings.line', { line })
      )}
      <span className="code">{pointer}</span>
    </div>
  );
}
