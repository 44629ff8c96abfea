import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { type RuleDraft, type Simulation, draftsApi } from '../../api/drafts';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { useFormat } from '../../parts/use-format';
import { SimulationTag } from './simulation-state';

/** What the draft would do to real learners: the trials made so far, and the button for another. */
export function DraftSimulations({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('rulebook');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const simulations = useQuery({
    queryKey: ['drafts', draft.id, 'simulations'],
    queryFn: () => draftsApi.simulations(draft.id),
    ...live,
  });
  const simulate = useMutation({
    mutationFn: () => draftsApi.simulate(draft.id),
    onSuccess: (ordered) => {
      queries.setQueryData(['simulations', ordered.id], ordered);
      return navigate(`/rulebook/simulations/${ordered.id}`);
    },
  });
  const rows = simulations.data?.items ?? [];
  return (
    <section className="card stack" aria-labelledby="simulations">
      <div>
        <h2 id="simulations">{t('simulations.title')}</h2>
        <p>{t('simulations.lead')}</p>
      </div>
      {simulate.isError && <ProblemNote error={simulate.error} />}
      {simulations.isError && <ProblemNote error={simulations.error} />}
      {rows.length > 0 && <SimulationTable rows={rows} hash={draft.hash} />}
      {draft.state !== 'published' && (
        <div>
          <button
            type="button"
            className="button"
            disabled={simulate.isPending}
            onClick={() => simulate.mutate()}
          >
            {t('simulations.start')}
          </button>
        </div>
      )}
    </section>
  );
}

function SimulationTable({ rows, hash }: { rows: readonly Simulation[]; hash: string }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const count = (pick: 'gained' | 'lost') => (one: Simulation) =>
    one.report ? format.count(one.report[pick]) : '–';
  const columns: Column<Simulation>[] = [
    {
      key: 'created',
      head: t('simulations.created'),
      cell: (one) => (
        <>
          <Link to={`/rulebook/simulations/${one.id}`}>{format.moment(one.createdAt)}</Link>
          {one.hash !== hash && <div className="small soft">{t('simulations.older')}</div>}
        </>
      ),
    },
    { key: 'gained', head: t('simulation.gained'), number: true, cell: count('gained') },
    { key: 'lost', head: t('simulation.lost'), number: true, cell: count('lost') },
    {
      key: 'state',
      head: t('drafts.state'),
      cell: ({ state }) => <SimulationTag state={state} />,
    },
  ];
  return (
    <DataTable
      caption={t('simulations.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
