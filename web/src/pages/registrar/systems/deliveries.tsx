import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Delivery, type DeliveryState, webhooksApi } from '../../../api/systems';
import { ActProblem } from '../../../parts/act-problem';
import { type Column, DataTable } from '../../../parts/data-table';
import { DialogButton } from '../../../parts/dialog-button';
import { live } from '../../../parts/live';
import { MoreButton } from '../../../parts/more-button';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { SelectField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { DeliveryTag } from './webhook-tags';

const STATES: readonly DeliveryState[] = ['waiting', 'delivered', 'given-up', 'stopped'];

/** What was sent to one address, what it answered, and a replay. New ones come by themselves. */
export function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation('systems');
  const [state, setState] = useState<DeliveryState | null>(null);
  const deliveries = useInfiniteQuery({
    queryKey: ['webhooks', id, 'deliveries', state],
    queryFn: ({ pageParam }) => webhooksApi.deliveries(id, state, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = deliveries.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card stack" aria-labelledby="deliveries">
      <h2 id="deliveries">{t('delivery.title')}</h2>
      <SelectField
        label={t('delivery.show')}
        value={state ?? ''}
        options={[
          ['', t('delivery.all')] as const,
          ...STATES.map((one) => [one, t(`delivery.state.${one}`)] as const),
        ]}
        onChange={(value) => setState(value === '' ? null : value)}
      />
      {deliveries.isPending && <Loading />}
      {deliveries.isError && <ProblemNote error={deliveries.error} />}
      {deliveries.data && rows.length === 0 && <p>{t('delivery.none')}</p>}
      {rows.length > 0 && <DeliveryTable id={id} rows={rows} />}
      <MoreButton
        more={deliveries.hasNextPage}
        busy={deliveries.isFetchingNextPage}
        onMore={() => void deliveries.fetchNextPage()}
      />
    </section>
  );
}

function DeliveryTable({ id, rows }: { id: string; rows: readonly Delivery[] }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const columns: Column<Delivery>[] = [
    { key: 'type', head: t('delivery.event'), cell: ({ type }) => typeWords(type) },
    { key: 'at', head: t('delivery.at'), cell: ({ occurredAt }) => format.moment(occurredAt) },
    {
      key: 'attempts',
      head: t('delivery.attempts'),
      number: true,
      cell: ({ attempts }) => format.count(attempts),
    },
    { key: 'state', head: t('state'), cell: ({ state }) => <DeliveryTag state={state} /> },
    {
      key: 'log',
      head: t('acts'),
      cell: (delivery) => (
        <DialogButton label={t('delivery.details')} title={t('delivery.details')}>
          {(close) => <Log id={id} delivery={delivery.id} onClose={close} />}
        </DialogButton>
      ),
    },
  ];
  const typeWords = (type: string): string =>
    type in EVENT_KEYS ? t(`event.${type as keyof typeof EVENT_KEYS}`) : type;
  return (
    <DataTable
      caption={t('delivery.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id: key }) => key}
    />
  );
}

const EVENT_KEYS = {
  'outcome.posted': true,
  'outcome.revoked': true,
  'application.waiting': true,
  'application.decided': true,
  'conversion.reversed': true,
  'import.finished': true,
  'webhook.test': true,
} as const;

/** Why nothing came of a try. */
const FAULTS = ['no-public-address', 'no-connection', 'bad-certificate', 'time-over'] as const;

/** Each try with what came back, and the message itself. */
function Log(props: { id: string; delivery: string; onClose: () => void }) {
  const { id, delivery } = props;
  const { t } = useTranslation('systems');
  const format = useFormat();
  const queries = useQueryClient();
  const details = useQuery({
    queryKey: ['webhooks', id, 'delivery', delivery],
    queryFn: () => webhooksApi.delivery(id, delivery),
    ...live,
  });
  const replay = useMutation({
    mutationFn: () => webhooksApi.replay(id, delivery),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhooks', id] }),
  });
  if (details.isPending) return <Loading />;
  if (details.isError) return <ProblemNote error={details.error} />;
  const faultWords = (fault: string | null): string => {
    const known = FAULTS.find((one) => one === fault);
    return known ? t(`delivery.fault.${known}`) : (fault ?? '–');
  };
  const { log, messageId, data, state, nextAt } = details.data;
  return (
    <div className="stack">
      {replay.isError && <ActProblem error={replay.error} />}
      <p>
        <DeliveryTag state={state} />
      </p>
      {nextAt !== null && <p>{t('delivery.next', { at: format.moment(nextAt) })}</p>}
      {log.length === 0 ? (
        <p>{t('delivery.notYet')}</p>
      ) : (
        <ol className="lines">
          {log.map((attempt) => (
            <li key={attempt.at}>
              {attempt.status === null
                ? t('delivery.noAnswer', {
                    at: format.moment(attempt.at),
                    fault: faultWords(attempt.fault),
                  })
                : t('delivery.answered', {
                    at: format.moment(attempt.at),
                    status: attempt.status,
                    ms: format.count(attempt.durationMs),
                  })}
            </li>
          ))}
        </ol>
      )}
      <pre className="source" tabIndex={0} role="group" aria-label={messageId}>
        {`webhook-id: ${messageId}\n\n${JSON.stringify(data, null, 2)}`}
      </pre>
      {state === 'waiting' && <p className="soft">{t('delivery.byItself')}</p>}
      <div className="row dialog-actions">
        <button
          type="button"
          className="button main"
          disabled={replay.isPending || state === 'waiting'}
          onClick={() => replay.mutate()}
        >
          {t('delivery.replay')}
        </button>
        <button type="button" className="button" onClick={props.onClose}>
          {t('close')}
        </button>
      </div>
    </div>
  );
}
