import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { learnerApi } from '../../api/learner';
import { type Column, DataTable } from '../../parts/data-table';
import { Note } from '../../parts/note';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import type { Standing } from '../../api/types';
import { useOwn, useWhose } from './record';

function useStandings() {
  return useOwn(['standings'], learnerApi.standings);
}

/** Says that rules changed to the learner's good. */
export function StandingsHint() {
  const { t } = useTranslation('learner');
  const { base } = useWhose();
  const { data } = useStandings();
  const better = data?.items.filter(({ isMore }) => isMore) ?? [];
  if (better.length === 0) return null;
  return (
    <Note tone="good" title={t('standings.hint', { count: better.length })}>
      <p>
        <Link to={`${base}/convert`}>{t('standings.see')}</Link>
      </p>
    </Note>
  );
}

/** What programmes would grant now by rules that changed since they were last asked. */
export function Standings() {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const { data } = useStandings();
  if (!data || data.items.length === 0) return null;
  const columns: Column<Standing>[] = [
    {
      key: 'programme',
      head: t('standings.programme'),
      cell: ({ programme }) => programmeName(programme),
    },
    {
      key: 'before',
      head: t('standings.before'),
      number: true,
      cell: ({ creditsBefore }) => format.amount(creditsBefore),
    },
    {
      key: 'now',
      head: t('standings.now'),
      number: true,
      cell: ({ credits }) => format.amount(credits),
    },
    { key: 'on', head: t('standings.on'), cell: ({ on }) => format.date(on) },
  ];
  return (
    <section className="card" aria-labelledby="standings">
      <h2 id="standings">{t('standings.title')}</h2>
      <p>{t('standings.text')}</p>
      <DataTable
        caption={t('standings.title')}
        hideCaption
        columns={columns}
        rows={data.items}
        rowKey={({ programme }) => programme}
      />
    </section>
  );
}
