import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planningApi } from '../../api/planning';
import type { Plan } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useCodedNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { useRecordVersion } from './own-records';
import { useOwn } from './record';

const OBJECTIVES = ['credits', 'hours', 'months'] as const;
type Objective = (typeof OBJECTIVES)[number];

/** What to learn so that a goal is reached with as little as possible, and when that could be. */
export function WaysToFill({ programme }: { programme: string }) {
  const { t } = useTranslation('learner');
  const [objective, setObjective] = useState<Objective>('credits');
  const version = useRecordVersion();
  const plans = useOwn(
    ['plan', programme, objective, version],
    (client) => planningApi.plan(client, programme, objective),
    { still: true },
  );
  const best = plans.data?.plans[0];
  return (
    <section className="card stack" aria-labelledby="ways">
      <h2 id="ways">{t('plan.title')}</h2>
      <fieldset className="row no-print">
        <legend>{t('plan.objective')}</legend>
        {OBJECTIVES.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={one === objective}
            onClick={() => setObjective(one)}
          >
            {t(`plan.least.${one}`)}
          </button>
        ))}
      </fieldset>
      {plans.isPending && <Loading />}
      {plans.isError && <ProblemNote error={plans.error} />}
      {plans.isSuccess && !best && <Note tone="wait" title={t('plan.none')} />}
      {best && (
        <>
          <Earliest programme={programme} codes={best.outcomes.map(({ code }) => code)} />
          <Outcomes plan={best} objective={objective} />
        </>
      )}
    </section>
  );
}

type PlanOutcome = Plan['outcomes'][number];

function Outcomes({ plan, objective }: { plan: Plan; objective: Objective }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const schoolName = useCodedNames();
  const columns: Column<PlanOutcome>[] = [
    { key: 'title', head: t('plan.course'), cell: ({ title }) => format.text(title) },
    { key: 'school', head: t('plan.school'), cell: ({ institution }) => schoolName(institution) },
    {
      key: 'credits',
      head: t('plan.credits'),
      number: true,
      cell: ({ credits }) => (credits === null ? '' : format.amount(credits)),
    },
    {
      key: 'fills',
      head: t('plan.fills'),
      cell: ({ fills }) =>
        [
          ...new Set(
            fills.flatMap(({ requirements }) =>
              requirements.map(({ title }) => format.text(title)),
            ),
          ),
        ].join(t('plan.and')),
    },
  ];
  return (
    <>
      <p>
        {t(`plan.cost.${objective}`, {
          count: plan.outcomes.length,
          cost: format.amount(plan.cost),
        })}
        {plan.proven && <span className="then">{t('plan.proven')}</span>}
      </p>
      <DataTable
        caption={t('plan.caption')}
        hideCaption
        columns={columns}
        rows={plan.outcomes}
        rowKey={({ lot }) => lot}
      />
    </>
  );
}

function Earliest({ programme, codes }: { programme: string; codes: readonly string[] }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const earliest = useOwn(
    ['earliest', programme, codes.join(',')],
    (client) => planningApi.earliest(client, programme, codes),
    { still: true },
  );
  if (earliest.isError) return <ProblemNote error={earliest.error} />;
  if (!earliest.data) return <Loading />;
  const { date, proven } = earliest.data;
  if (date === null) return <Note tone="wait" title={t('plan.noDate')} />;
  return (
    <Note tone="brand" title={t('plan.earliest', { date: format.date(date) })}>
      <p>{proven ? t('plan.earliestProven') : t('plan.earliestMaybe')}</p>
    </Note>
  );
}
