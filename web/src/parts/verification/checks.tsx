import { useTranslation } from 'react-i18next';
import type { DocumentAnswer, DocumentCheck, Proof } from '../../api/types';
import type { IconName } from '../icon';
import { Tag, type Tone } from '../tag';
import { useFormat } from '../use-format';

type Check = Proof['checks'][number] | DocumentCheck;

const LOOKS: Record<Check['result'], { tone: Tone; icon: IconName }> = {
  pass: { tone: 'good', icon: 'check' },
  fail: { tone: 'bad', icon: 'cross' },
  'not-applicable': { tone: 'quiet', icon: 'dash' },
  'not-checked': { tone: 'quiet', icon: 'clock' },
};

/** Each check is its own line; grey means that there is no answer, not that it failed. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  return (
    <ul className="lines">
      {checks.map((check) => (
        <li key={check.line} className="check-line">
          <div>
            <Tag {...LOOKS[check.result]}>{t(`result.${check.result}`)}</Tag>
          </div>
          <div>
            <span className="label">{t(`line.${check.line}`)}</span>
            <span lang={format.textLang}>{format.sentence(check.text)}</span>
            <Meaning line={check.line} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What a line is about, for whoever has never seen one. */
function Meaning({ line }: { line: Check['line'] }) {
  const { t } = useTranslation('verify');
  return (
    <details className="meaning no-print">
      <summary>
        {t('meaning.ask')}
        <span className="visually-hidden"> {t(`line.${line}`)}</span>
      </summary>
      <p>{t(`meaning.${line}`)}</p>
    </details>
  );
}

const VERDICTS = { valid: 'pass', invalid: 'fail', incomplete: 'not-checked' } as const;

/** The verdict on one of several in a word, as the lines have it. */
export function VerdictTag({ verdict }: { verdict: DocumentAnswer['verdict'] }) {
  const { t } = useTranslation('verify');
  return <Tag {...LOOKS[VERDICTS[verdict]]}>{t(`result.${VERDICTS[verdict]}`)}</Tag>;
}
