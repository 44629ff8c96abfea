import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type OutreachConsent, outreachApi } from '../../api/workload';
import { ConfirmButton } from '../confirm-button';
import { type Column, DataTable } from '../data-table';
import { MoreButton } from '../more-button';
import { ProblemNote } from '../note';
import { Loading } from '../page';
import { Tag, type Tone } from '../tag';
import type { IconName } from '../icon';
import { useFormat } from '../use-format';

const TONES: Record<OutreachConsent['state'], { tone: Tone; icon: IconName }> = {
  active: { tone: 'good', icon: 'check' },
  ended: { tone: 'quiet', icon: 'clock' },
  withdrawn: { tone: 'bad', icon: 'cross' },
};

/** Guardians' consents of a school, the newest first; a clerk can withdraw one for the guardian. */
export function OutreachConsents({ mayWithdraw }: { mayWithdraw: boolean }) {
  const { t } = useTranslation('workload');
  const consents = useInfiniteQuery({
    queryKey: ['outreach', 'consents'],
    queryFn: ({ pageParam }) => outreachApi.consents(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const rows = consents.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card stack" aria-labelledby="outreach-consents">
      <div>
        <h2 id="outreach-consents">{t('outreach.consents')}</h2>
        <p className="soft">{t('outreach.hidden')}</p>
      </div>
      {consents.isPending && <Loading />}
      {consents.isError && <ProblemNote error={consents.error} />}
      {consents.data && rows.length === 0 && <p>{t('outreach.none')}</p>}
      {rows.length > 0 && <ConsentTable rows={rows} mayWithdraw={mayWithdraw} />}
      <MoreButton
        more={consents.hasNextPage}
        busy={consents.isFetchingNextPage}
        onMore={() => void consents.fetchNextPage()}
      />
    </section>
  );
}

function ConsentTable(props: { rows: readonly OutreachConsent[]; mayWithdraw: boolean }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: outreachApi.withdraw,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['outreach'] }),
  });
  const columns: Column<OutreachConsent>[] = [
    {
      key: 'record',
      head: t('outreach.record'),
      cell: ({ record }) => record ?? t('outreach.signedIn'),
    },
    {
      key: 'state',
      head: t('outreach.stateHead'),
      cell: ({ state }) => <Tag {...TONES[state]}>{t(`outreach.state.${state}`)}</Tag>,
    },
    { key: 'given', head: t('outreach.given'), cell: ({ createdAt }) => format.date(createdAt) },
    { key: 'until', head: t('outreach.until'), cell: ({ endsAt }) => format.date(endsAt) },
  ];
  const act: Column<OutreachConsent> = {
    key: 'act',
    head: t('outreach.act'),
    cell: ({ id, state }) =>
      state === 'active' && (
        <ConfirmButton
          tone="grave"
          label={t('outreach.withdraw')}
          title={t('outreach.withdrawTitle')}
          question={<p>{t('outreach.withdrawQuestion')}</p>}
          confirmLabel={t('outreach.withdrawConfirm')}
          disabled={withdraw.isPending}
          onConfirm={() => withdraw.mutate(id)}
        />
      ),
  };
  return (
    <>
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      <DataTable
        caption={t('outreach.consents')}
        hideCaption
        columns={props.mayWithdraw ? [...columns, act] : columns}
        rows={props.rows}
        rowKey={({ id }) => id}
      />
    </>
  );
}
