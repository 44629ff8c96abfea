import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Agreement } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { Tag } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import { useAgreements } from '../queries';
import { AgreementTag } from './words';

/** Agreements on record, and limits of rules that several programmes share. */
export function AgreementList() {
  const { t } = useTranslation('authority');
  const agreements = useAgreements();
  return (
    <Page title={t('agreements.title')} lead={<p>{t('agreements.lead')}</p>}>
      <div className="stack">
        <p>
          <Link to="/authority/agreements/new" className="button main">
            {t('agreements.propose')}
          </Link>
        </p>
        {agreements.isPending && <Loading />}
        {agreements.isError && <ProblemNote error={agreements.error} />}
        {agreements.data && (
          <section className="card">
            {agreements.data.length === 0 ? (
              <p>{t('agreements.none')}</p>
            ) : (
              <Table rows={agreements.data} />
            )}
          </section>
        )}
      </div>
    </Page>
  );
}

function Table({ rows }: { rows: readonly Agreement[] }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const columns: Column<Agreement>[] = [
    {
      key: 'name',
      head: t('agreements.name'),
      cell: ({ id, title }) => (
        <Link to={`/authority/agreements/${encodeURIComponent(id)}`}>{format.text(title)}</Link>
      ),
    },
    {
      key: 'parties',
      head: t('agreements.parties'),
      cell: (agreement) => format.list(partiesOf(agreement).map((name) => format.text(name))),
    },
    {
      key: 'until',
      head: t('agreements.until'),
      cell: ({ signed, inForce }) => {
        const to = signed?.endsOn ?? signed?.to ?? inForce?.to ?? null;
        return to && format.date(to);
      },
    },
    {
      key: 'signed',
      head: t('agreements.signed'),
      cell: ({ signed }) =>
        signed &&
        t('agreements.signedOf', {
          done: signed.parties.filter(({ said }) => said === 'accepted').length,
          all: signed.parties.length,
        }),
    },
    { key: 'state', head: t('agreements.state'), cell: (one) => <State agreement={one} /> },
  ];
  return (
    <DataTable
      caption={t('agreements.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

function State({ agreement: { signed, kind } }: { agreement: Agreement }) {
  const { t } = useTranslation('authority');
  if (signed) return <AgreementTag state={signed.state} />;
  return (
    <Tag tone="quiet" icon="file">
      {t(kind === 'account' ? 'agreements.account' : 'agreements.rulesOnly')}
    </Tag>
  );
}

/** Who signed, or whose rules speak of it; each once. */
function partiesOf({ signed, sides }: Agreement): { zh: string; en: string }[] {
  const named = signed ? signed.parties : sides;
  const byCode = new Map(
    named.map(({ institution, institutionName }) => [
      institution,
      institutionName ?? { zh: institution, en: institution },
    ]),
  );
  return [...byCode.values()];
}
