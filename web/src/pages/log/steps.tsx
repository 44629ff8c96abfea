import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../parts/copy-button';
import { type Place, STEPS, commandOf } from './commands';

/** How to check the log without this site, as commands that run when pasted. */
export function Steps({ place }: { place: Place }) {
  const { t } = useTranslation('log');
  return (
    <section className="card stack" aria-labelledby="steps">
      <div>
        <h2 id="steps">{t('steps.title')}</h2>
        <p>{t('steps.lead')}</p>
      </div>
      <ol className="lines">
        {STEPS.map((step, index) => {
          const command = commandOf(step, place);
          return (
            <li key={step} className="stack">
              <div>
                <h3>
                  {index + 1}. {t(`steps.${step}.title`)}
                </h3>
                <p>{t(`steps.${step}.text`)}</p>
              </div>
              <pre className="source whole">{command}</pre>
              <div>
                <CopyButton text={command} label={t('steps.copy')} />
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
