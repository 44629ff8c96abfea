import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiProblem, api } from '../../api/client';
import type { Verification } from '../../api/types';
import { Icon, type IconName } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { OutcomeTable } from '../../parts/outcome-table';
import { Loading } from '../../parts/page';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

export function VerificationResult({ code }: { code: string }) {
  const { t } = useTranslation('verify');
  const result = useQuery({
    queryKey: ['verification', code],
    queryFn: () => api.verify(code),
    retry: false,
    // The answer carries its time; looking again is the reader's act.
    staleTime: Infinity,
  });
  return (
    <>
      {result.isPending && <Loading />}
      {result.isError && <NotValid error={result.error} />}
      {result.data && <Result result={result.data} />}
      <p className="no-print">
        <Link to="/verify" className="button">
          {t('another')}
        </Link>
      </p>
    </>
  );
}

/** Unknown, ended and expired look alike to a stranger. */
function NotValid({ error }: { error: unknown }) {
  const { t } = useTranslation('verify');
  if (!(error instanceof ApiProblem) || error.status !== 404) return <ProblemNote error={error} />;
  return (
    <Note tone="bad" urgent title={t('notValid.title')}>
      <p>{t('notValid.text')}</p>
    </Note>
  );
}

function Result({ result }: { result: Verification }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const failed = result.checks.filter((check) => check.result === 'fail').length;
  return (
    <>
      <section className="card stack">
        <Note
          tone={failed === 0 ? 'good' : 'bad'}
          title={failed === 0 ? t('valid') : t('notAll', { count: failed })}
        >
          <p>{t('checkedAt', { at: format.moment(result.checkedAt) })}</p>
        </Note>
        <Facts result={result} />
        <Checks checks={result.checks} />
        <div className="no-print">
          <button type="button" className="button" onClick={() => window.print()}>
            <Icon name="print" />
            {t('print')}
          </button>
        </div>
      </section>
      <section className="card">
        <h2>{t('outcomes')}</h2>
        {result.outcomes.length === 0 ? (
          <p>{t('noOutcomes')}</p>
        ) : (
          <OutcomeTable outcomes={result.outcomes} caption={t('outcomes')} hideCaption />
        )}
      </section>
    </>
  );
}

function Facts({ result }: { result: Verification }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const facts = [
    ['name', result.learner.name],
    ['document', result.learner.document],
    ['purpose', result.purpose],
    ['expires', result.expiresAt && format.moment(result.expiresAt)],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(
        ([fact, value]) =>
          value && (
            <div key={fact}>
              <dt>{t(`fact.${fact}`)}</dt>
              <dd className="plain">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

type Check = Verification['checks'][number];

const LOOKS: Record<Check['result'], { tone: Tone; icon: IconName }> = {
  pass: { tone: 'good', icon: 'check' },
  fail: { tone: 'bad', icon: 'cross' },
  'not-applicable': { tone: 'quiet', icon: 'dash' },
};

/** Each check is its own line; grey means that it does not apply, not that it failed. */
function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  return (
    <div>
      <h2>{t('checks')}</h2>
      <ul className="lines">
        {checks.map((check) => (
          <li key={check.line} className="check-line">
            <div>
              <Tag {...LOOKS[check.result]}>{t(`result.${check.result}`)}</Tag>
            </div>
            <div>{format.text(check.text)}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}
