import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authorityApi } from '../../api/authority';
import type { OfficeQuota } from '../../api/authority-types';
import { type Column, DataTable } from '../../parts/data-table';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { ReasonForm } from '../../parts/reason-form';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { keyOf, renew } from './queries';

const MOST_A_DAY = 5_000;

/** How many people each institution may ask about in a day. */
export function Quotas() {
  const { t } = useTranslation('operations');
  const isAuthority = useSignedIn().roles.includes('authority');
  const quotas = useQuery({ queryKey: keyOf('quotas'), queryFn: authorityApi.quotas, ...live });
  return (
    <Page
      title={t('quotas.title')}
      lead={
        <p>
          {t('quotas.lead')} {!isAuthority && t('quotas.only')}
        </p>
      }
    >
      {quotas.isPending && <Loading />}
      {quotas.isError && <ProblemNote error={quotas.error} />}
      {quotas.data && (
        <section className="card">
          <Table rows={quotas.data} isAuthority={isAuthority} />
        </section>
      )}
    </Page>
  );
}

function Table({ rows, isAuthority }: { rows: readonly OfficeQuota[]; isAuthority: boolean }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const change: Column<OfficeQuota> = {
    key: 'change',
    head: t('quotas.change'),
    cell: (quota) => <Change quota={quota} />,
  };
  const columns: Column<OfficeQuota>[] = [
    {
      key: 'institution',
      head: t('quotas.institution'),
      cell: ({ institutionName }) => format.text(institutionName),
    },
    {
      key: 'most',
      head: t('quotas.most'),
      number: true,
      cell: ({ rowsPerDay, isUsual }) => (
        <>
          {format.count(rowsPerDay)}
          {isUsual && <div className="small soft">{t('quotas.usual')}</div>}
        </>
      ),
    },
    { key: 'used', head: t('quotas.used'), number: true, cell: ({ used }) => format.count(used) },
    { key: 'left', head: t('quotas.left'), number: true, cell: ({ left }) => format.count(left) },
    ...(isAuthority ? [change] : []),
  ];
  return (
    <DataTable
      caption={t('quotas.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ institution }) => institution}
    />
  );
}

function Change({ quota }: { quota: OfficeQuota }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const queries = useQueryClient();
  return (
    <DialogButton
      label={t('quotas.change')}
      title={t('quotas.changeTitle', { name: format.text(quota.institutionName) })}
    >
      {(close) => (
        <ReasonForm
          silent
          label=""
          submit={t('save')}
          close={close}
          act={async (_, form) => {
            await authorityApi.setQuota(quota.institution, Number(form.get('rows')));
            await renew(queries);
          }}
        >
          <Field label={t('quotas.label')} hint={t('quotas.hint')}>
            {(control) => (
              <input
                {...control}
                type="number"
                name="rows"
                required
                min={0}
                max={MOST_A_DAY}
                step={1}
                defaultValue={quota.rowsPerDay}
              />
            )}
          </Field>
        </ReasonForm>
      )}
    </DialogButton>
  );
}
