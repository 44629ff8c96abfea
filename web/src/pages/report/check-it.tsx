import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type PublishedReport, type ReportCheck, reportsApi } from '../../api/reports';
import { CopyButton } from '../../parts/copy-button';
import { FileButton } from '../../parts/file-button';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';

/** How anybody finds out whether a report is as it was published. */
export function CheckIt({ report }: { report: PublishedReport }) {
  const { t } = useTranslation('report');
  const { id, hash, number, publisher } = report;
  const base = window.location.origin;
  const [, , code] = /^did:web:([^:]+):institutions:(.+)$/.exec(publisher.did) ?? [];
  const document = code === undefined ? '/.well-known/did.json' : `/institutions/${code}/did.json`;
  const commands = [
    `curl -sS -o report.json ${base}/v1/reports/${id}.json`,
    `curl -sS -o did.json ${base}${document}`,
    `npx creditbank verify report.json --key '<key>' --issuer did.json`,
  ].join('\n');
  return (
    <section className="card stack" aria-labelledby="check">
      <div>
        <h2 id="check">{t('check.title')}</h2>
        <p>{t('check.lead', { number })}</p>
        <p className="small">
          SHA-256 <span className="code">{hash}</span>
        </p>
      </div>
      <Upload />
      <div>
        <h3>{t('check.offline')}</h3>
        <p>
          {t('check.offlineText')} <Link to="/log">{t('check.key')}</Link>
        </p>
        <pre className="source whole">{commands}</pre>
        <p className="no-print">
          <CopyButton text={commands} label={t('check.copy')} />
        </p>
      </div>
    </section>
  );
}

function Upload() {
  const { t } = useTranslation('report');
  const check = useMutation({
    mutationFn: async (file: File) => reportsApi.check(parsed(await file.text())),
  });
  return (
    <div className="stack no-print">
      <div>
        <h3>{t('check.upload')}</h3>
        <p>{t('check.uploadText')}</p>
      </div>
      <div>
        <FileButton
          label={t('check.choose')}
          accept=".json"
          tone="plain"
          onFile={(file) => check.mutate(file)}
        />
      </div>
      <div aria-live="polite">
        {check.isError && <ProblemNote error={check.error} />}
        {check.data && <Answer answer={check.data} />}
      </div>
    </div>
  );
}

const TONES = { holds: 'good', fails: 'bad', open: 'wait' } as const;

function Answer({ answer }: { answer: ReportCheck }) {
  const { t } = useTranslation('report');
  return (
    <Note tone={TONES[answer.verdict]} title={t(`check.${answer.verdict}`)}>
      <ul className="lines">
        {answer.lines.map(({ check, verdict, detail }) => (
          <li key={check}>
            <Icon name={verdict === 'holds' ? 'check' : verdict === 'fails' ? 'warn' : 'clock'} />{' '}
            {t(`check.line.${lineOf(check)}`)}
            <div className="small soft">{detail}</div>
          </li>
        ))}
      </ul>
    </Note>
  );
}

const LINES = ['form', 'key', 'checkpoint', 'log', 'signature'] as const;

function lineOf(check: string): (typeof LINES)[number] {
  return LINES.find((line) => line === check) ?? 'form';
}

/** What is no JSON is sent as nothing, and refused with a reason. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
