import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reevaluation as Progress } from '../../api/drafts';
import { type RuleReading, rulesApi } from '../../api/rules';
import { live } from '../../parts/live';
import { Note } from '../../parts/note';
import { useFormat } from '../../parts/use-format';

/** Whom the publication touches and how far the queue has come; nothing for first versions. */
export function Reevaluation({ reading }: { reading: RuleReading }) {
  const { t } = useTranslation('rulebook');
  const version = String(reading.version);
  const { data } = useQuery({
    queryKey: ['rules', reading.id, 'reevaluation', version],
    queryFn: () => rulesApi.reevaluation(reading.id, version),
    ...live,
  });
  if (!data) return null;
  return (
    <section className="card stack" aria-labelledby="reevaluation">
      <div>
        <h2 id="reevaluation">{t('reevaluation.title')}</h2>
        <p>{t('reevaluation.lead')}</p>
      </div>
      <div role="status">
        {data.state === 'done' ? (
          <Note tone="good" title={t('reevaluation.done')} />
        ) : (
          <Moving progress={data} />
        )}
      </div>
      <Counts progress={data} />
    </section>
  );
}

function Moving({ progress }: { progress: Progress }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const id = useId();
  const { learnersTotal, learnersDone } = progress;
  return (
    <div>
      <label htmlFor={id}>
        {learnersTotal === null
          ? t('simulation.begins')
          : t('simulation.progress', {
              done: format.count(learnersDone),
              total: format.count(learnersTotal),
            })}
      </label>
      <progress
        id={id}
        className="tall"
        {...(learnersTotal !== null && { value: learnersDone, max: Math.max(learnersTotal, 1) })}
      />
    </div>
  );
}

function Counts({ progress }: { progress: Progress }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const counts = [
    ['gained', progress.gained],
    ['lost', progress.lost],
    ['reconsidered', progress.reconsidered],
  ] as const;
  return (
    <dl className="facts wide">
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{t(`reevaluation.${name}`)}</dt>
          <dd>{format.count(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
