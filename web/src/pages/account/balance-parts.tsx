import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Balance } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { useFormat } from '../../parts/use-format';
import { useOwnTitles } from './own-records';
import { useWhose } from './record';

/** What can be used for less than a year, soonest first. */
export function Expiring({ balance }: { balance: Balance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { base } = useWhose();
  const titles = useOwnTitles();
  if (balance.expiringSoon.length === 0) return null;
  return (
    <section className="card" aria-labelledby="expiring">
      <h2 id="expiring">{t('expiring.title')}</h2>
      <ul className="lines">
        {balance.expiringSoon.map((lot) => {
          const title = titles.get(lot.outcomeId);
          return (
            <li key={lot.outcomeId}>
              {title && <Link to={`${base}/credits/${lot.outcomeId}`}>{format.text(title)}</Link>}
              {title && t('expiring.dot')}
              {t('expiring.line', {
                amount: format.amount(lot.amount),
                count: Number(lot.amount),
                date: format.date(lot.expiresOn),
              })}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type CategoryBalance = Balance['categories'][number];

/** The number by kind of learning: a table, and the same as bars. */
export function Categories({ balance }: { balance: Balance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  if (balance.categories.length === 0) return null;
  const columns: Column<CategoryBalance>[] = [
    {
      key: 'category',
      head: t('categories.category'),
      cell: (category) => (
        <>
          {format.text(category.title)}
          <meter
            aria-hidden="true"
            min="0"
            max={balance.total.available}
            value={category.available}
          />
        </>
      ),
    },
    ...(['available', 'held', 'used'] as const).map((standing) => ({
      key: standing,
      head: t(`standing.${standing}`),
      number: true,
      cell: (category: CategoryBalance) => format.amount(category[standing]),
    })),
  ];
  return (
    <section className="card">
      <h2>{t('categories.title')}</h2>
      <DataTable
        caption={t('categories.caption')}
        hideCaption
        columns={columns}
        rows={balance.categories}
        rowKey={({ code }) => code}
      />
    </section>
  );
}
