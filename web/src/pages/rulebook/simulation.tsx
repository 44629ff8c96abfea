import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Simulation, type SimulationReport, draftsApi } from '../../api/drafts';
import { ConfirmButton } from '../../parts/confirm-button';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { SimulationDetails } from './simulation-details';
import { SimulationTag } from './simulation-state';
import { usePartTitles } from './use-part-titles';
import { isMoving, useLiveSimulation } from './use-live-simulation';

/** What a draft would do to the real population, while it is found out and afterwards. */
export function SimulationPage() {
  const { t } = useTranslation('rulebook');
  const { id = '' } = useParams();
  const simulation = useLiveSimulation(id);
  return (
    <Page
      title={t('simulation.title')}
      lead={
        simulation.data && (
          <p>
            <Link to={`/rulebook/drafts/${simulation.data.draftId}`}>{t('simulation.back')}</Link>
          </p>
        )
      }
    >
      {simulation.isPending && <Loading />}
      {simulation.isError && <ProblemNote error={simulation.error} />}
      {simulation.data && <Result simulation={simulation.data} />}
    </Page>
  );
}

function Result({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { state, report, on, programme, replacedHash } = simulation;
  const titleOf = usePartTitles(simulation.draftId);
  return (
    <div className="stack">
      <section className="card stack">
        <div className="row" role="status">
          <SimulationTag state={state} />
          <span>
            {t('simulation.about', { programme: programmeName(programme), on: format.date(on) })}
          </span>
        </div>
        {isMoving(state) && <Progress simulation={simulation} />}
        {report && <Counts report={report} />}
        {report && <Sentence report={report} isOver={!isMoving(state)} />}
        {replacedHash === null && <p className="soft">{t('simulation.noneBefore')}</p>}
        <SinceThen simulation={simulation} />
      </section>
      {report && <SimulationDetails report={report} titleOf={titleOf} />}
    </div>
  );
}

function Progress({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const queries = useQueryClient();
  const id = useId();
  const { total, done, secondsLeft } = simulation.progress;
  const cancel = useMutation({
    mutationFn: () => draftsApi.cancel(simulation.id),
    onSuccess: (ended) => queries.setQueryData(['simulations', simulation.id], ended),
  });
  return (
    <>
      {cancel.isError && <ProblemNote error={cancel.error} />}
      <div>
        <label htmlFor={id}>
          <strong>
            {total === null
              ? t('simulation.begins')
              : t('simulation.progress', { done: format.count(done), total: format.count(total) })}
          </strong>
          {secondsLeft !== null && ` · ${t('simulation.left', { count: Math.ceil(secondsLeft) })}`}
        </label>
        <progress
          id={id}
          className="tall"
          {...(total !== null && { value: done, max: Math.max(total, 1) })}
        />
      </div>
      <div className="row">
        <ConfirmButton
          label={t('simulation.cancel')}
          title={t('simulation.cancelTitle')}
          question={<p>{t('simulation.cancelQuestion')}</p>}
          confirmLabel={t('simulation.cancel')}
          tone="grave"
          disabled={cancel.isPending}
          onConfirm={() => cancel.mutate()}
        />
        <span className="soft">{t('simulation.mayClose')}</span>
      </div>
    </>
  );
}

const COUNTS = [
  { of: 'gained', icon: 'up' },
  { of: 'lost', icon: 'down' },
  { of: 'different', icon: 'swap' },
  { of: 'unchanged', icon: 'dash' },
] as const;

function Counts({ report }: { report: SimulationReport }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  return (
    <dl className="facts">
      {COUNTS.map(({ of, icon }) => (
        <div key={of}>
          <dt>
            <Icon name={icon} />
            {t(`simulation.${of}`)}
          </dt>
          <dd>{t('simulation.people', { people: format.count(report[of]), count: report[of] })}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sentence({ report, isOver }: { report: SimulationReport; isOver: boolean }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { gained, lost, creditsGained, creditsLost } = report;
  const text =
    gained + lost === 0
      ? t('simulation.nobody')
      : t('simulation.sentence', {
          gained: format.count(gained),
          creditsGained: format.amount(creditsGained),
          lost: format.count(lost),
          creditsLost: format.amount(creditsLost),
        });
  return <p>{isOver ? text : t('simulation.soFar', { text })}</p>;
}

/** Says when the draft was written on after it was tried. */
function SinceThen({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation('rulebook');
  const { data: draft } = useQuery({
    queryKey: ['drafts', simulation.draftId],
    queryFn: () => draftsApi.draft(simulation.draftId),
  });
  if (!draft || draft.hash === simulation.hash) return null;
  return <Note tone="wait" title={t('simulation.older')} />;
}
