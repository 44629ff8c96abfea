import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type PlaceCheck, schemesApi } from '../../api/schemes';
import { type Column, DataTable } from '../data-table';
import type { IconName } from '../icon';
import { live } from '../live';
import { ProblemNote } from '../note';
import { Loading } from '../page';
import { Tag, type Tone } from '../tag';
import { useFormat } from '../use-format';
import { SCHEMES_KEY } from './scheme-list';

const LOOKS: Record<PlaceCheck['verdict'], { tone: Tone; icon: IconName }> = {
  under: { tone: 'good', icon: 'check' },
  exact: { tone: 'good', icon: 'check' },
  over: { tone: 'wait', icon: 'warn' },
};

/** How many of the places of a scheme are taken, and who waits for the others. */
export function useQuotaCheck(code: string) {
  return useQuery({
    queryKey: [SCHEMES_KEY, code, 'check'],
    queryFn: () => schemesApi.quotaCheck(code),
    ...live,
  });
}

/** Places against people, with a sentence for each; a tie at the last place is in the sentence. */
export function QuotaTable(props: {
  code: string;
  /** What stands above the table. */
  lead?: ReactNode;
  /** What can be done about the places of a row. */
  act?: Column<PlaceCheck>;
}) {
  const { t } = useTranslation(['schemes', 'candidates']);
  const format = useFormat();
  const check = useQuotaCheck(props.code);
  const number = (key: 'admitted' | 'free' | 'waiting' | 'eligible'): Column<PlaceCheck> => ({
    key,
    head: t(`candidates:check.${key}`),
    number: true,
    cell: (row) => format.count(row[key]),
  });
  const columns: Column<PlaceCheck>[] = [
    { key: 'major', head: t('major'), cell: ({ place }) => format.text(place.title) },
    {
      key: 'school',
      head: t('school'),
      cell: ({ place }) => format.text(place.institution),
    },
    {
      key: 'places',
      head: t('placesHead'),
      number: true,
      cell: ({ place }) => format.count(place.places),
    },
    number('admitted'),
    number('waiting'),
    number('eligible'),
    {
      key: 'verdict',
      head: t('verdictHead'),
      cell: ({ verdict, text }) => (
        <>
          <Tag {...LOOKS[verdict]}>{t(`candidates:check.verdict.${verdict}`)}</Tag>
          <div className="small">{format.text(text)}</div>
        </>
      ),
    },
    ...(props.act ? [props.act] : []),
  ];
  return (
    <section className="card" aria-labelledby="quota">
      <h2 id="quota">{t('candidates:office.quota')}</h2>
      {props.lead}
      {check.isPending && <Loading />}
      {check.isError && <ProblemNote error={check.error} />}
      {check.data && (
        <DataTable
          caption={t('candidates:office.quota')}
          hideCaption
          columns={columns}
          rows={check.data.places}
          rowKey={({ place }) => place.id}
        />
      )}
    </section>
  );
}
