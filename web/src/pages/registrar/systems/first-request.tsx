import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../parts/copy-button';

/**
 * A first request that works as it is pasted: who am I, and a file that is only checked. The key just
 * made stands in it; otherwise it is taken from the environment.
 */
export function FirstRequest({ secret }: { secret: string | null }) {
  const { t } = useTranslation('systems');
  const { origin } = window.location;
  const key = secret ?? '$CREDIT_BANK_KEY';
  const steps = [
    { name: 'who', text: `curl -s ${origin}/v1/session -H "authorization: Bearer ${key}"` },
    {
      name: 'file',
      text: [
        `curl -s -o template.csv ${origin}/template.csv`,
        `curl -s ${origin}/v1/imports -H "authorization: Bearer ${key}" -F file=@template.csv`,
      ].join('\n'),
    },
  ] as const;
  return (
    <section className="card stack" aria-labelledby="first">
      <div>
        <h2 id="first">{t('first.title')}</h2>
        <p>{t(secret === null ? 'first.fromEnvironment' : 'first.ready')}</p>
      </div>
      {steps.map(({ name, text }) => (
        <div key={name} className="stack">
          <h3>{t(`first.${name}`)}</h3>
          <pre className="source" tabIndex={0} role="group" aria-label={t(`first.${name}`)}>
            {text}
          </pre>
          <div>
            <CopyButton text={text} label={t('first.copy')} />
          </div>
        </div>
      ))}
      <p>
        <a href="/docs">{t('first.docs')}</a>
      </p>
    </section>
  );
}
