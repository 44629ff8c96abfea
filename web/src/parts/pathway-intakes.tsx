import { useTranslation } from 'react-i18next';
import type { IntakeFigures, PathwayFigures } from '../api/pathways';
import { type Column, DataTable } from './data-table';
import { useFormat } from './use-format';

type Judged = Pick<PathwayFigures, 'passRate' | 'passed' | 'failed'>;

/** How many passed the gates with an examination, in words. */
export function usePassRate(): (judged: Judged) => string {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  return ({ passRate, passed, failed }) =>
    passRate === null
      ? t('office.noRate')
      : t('office.rateOf', { rate: format.amount(passRate), passed, judged: passed + failed });
}

/** The intakes of a pathway: how many joined, where they stand and how many passed. */
export function PathwayIntakes({ intakes }: { intakes: readonly IntakeFigures[] }) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const passRate = usePassRate();
  const columns: Column<IntakeFigures>[] = [
    { key: 'year', head: t('office.year'), cell: ({ year }) => t('office.intake', { year }) },
    {
      key: 'joined',
      head: t('office.joined'),
      number: true,
      cell: ({ joined, places }) => t('office.ofPlaces', { joined, places }),
    },
    {
      key: 'states',
      head: t('office.states'),
      cell: ({ states }) =>
        format.list(
          states
            .filter(({ learners }) => learners > 0)
            .map(({ title, learners }) =>
              t('office.inState', { state: format.text(title), count: learners }),
            ),
        ),
    },
    {
      key: 'rate',
      head: t('office.rate'),
      number: true,
      cell: passRate,
    },
  ];
  return (
    <DataTable
      caption={t('office.figures')}
      columns={columns}
      rows={intakes}
      rowKey={({ year }) => String(year)}
    />
  );
}
