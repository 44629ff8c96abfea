import { useTranslation } from 'react-i18next';
import type { Agreement } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { Note } from '../../../parts/note';
import { useFormat } from '../../../parts/use-format';

type Side = Agreement['sides'][number];

/** What the rules of each side say about the limit, beside each other. */
export function RuleSides({ agreement: { sides, agrees } }: { agreement: Agreement }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const ruled = sides.filter(({ rule }) => rule !== null);
  const columns: Column<Side>[] = [
    {
      key: 'party',
      head: t('agreement.party'),
      cell: ({ institution, institutionName }) =>
        institutionName ? format.text(institutionName) : institution,
    },
    {
      key: 'programme',
      head: t('agreement.programme'),
      cell: ({ programme, programmeTitle }) =>
        programmeTitle ? format.text(programmeTitle) : programme,
    },
    {
      key: 'limit',
      head: t('agreement.limit'),
      cell: ({ counts, accepts }) => t(`agreement.${counts}`, { amount: format.amount(accepts) }),
    },
    {
      key: 'rule',
      head: t('agreement.rule'),
      cell: ({ rule, version }) => (
        <span className="code">
          {rule} {version !== null && `v${version}`}
        </span>
      ),
    },
  ];
  return (
    <section className="card stack" aria-labelledby="sides">
      <h2 id="sides">{t('agreement.rules')}</h2>
      {ruled.length === 0 ? (
        <p>{t('agreement.rulesNone')}</p>
      ) : (
        <>
          <Note
            tone={agrees ? 'good' : 'wait'}
            title={t(agrees ? 'agreement.rulesAgree' : 'agreement.rulesDiffer')}
          />
          <DataTable
            caption={t('agreement.rules')}
            hideCaption
            columns={columns}
            rows={ruled}
            rowKey={({ institution, programme, rule }) => `${institution} ${programme} ${rule}`}
          />
        </>
      )}
    </section>
  );
}
