import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { equivalenceApi } from '../../api/equivalence';
import { CopyButton } from '../../parts/copy-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';

/** How to check a file on a machine that cannot reach the bank. */
export function OfflinePage() {
  const { t } = useTranslation('admissions');
  const key = useQuery({
    queryKey: ['log-key'],
    queryFn: equivalenceApi.logKey,
    staleTime: Infinity,
  });
  return (
    <Page title={t('offline.title')} lead={<p>{t('offline.lead')}</p>}>
      <div className="stack">
        {key.isPending && <Loading />}
        {key.isError && <ProblemNote error={key.error} />}
        {key.data && <Steps keyText={key.data.key} />}
        <section className="card">
          <h2>{t('offline.limits.title')}</h2>
          <ul>
            <li>{t('offline.limits.now')}</li>
            <li>{t('offline.limits.open')}</li>
            <li>{t('offline.limits.trust')}</li>
          </ul>
        </section>
      </div>
    </Page>
  );
}

function Steps({ keyText }: { keyText: string }) {
  const { t } = useTranslation('admissions');
  const steps = [
    ['key', keyText],
    ['file', `creditbank verify transcript.pdf --key '${keyText}'`],
    ['status', `creditbank verify record.json --issuer did.json --status status-list.json`],
  ] as const;
  return (
    <section className="card">
      <ol className="lines">
        {steps.map(([step, text]) => (
          <li key={step} className="stack">
            <div>
              <h2>{t(`offline.step.${step}.title`)}</h2>
              <p>{t(`offline.step.${step}.text`)}</p>
            </div>
            <pre className="source" tabIndex={0} aria-label={t(`offline.step.${step}.title`)}>
              {text}
            </pre>
            <div>
              <CopyButton text={text} label={t('offline.copy')} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
