import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type RevocationOrder, revocationsApi } from '../../../api/revocations';
import { ConfirmButton } from '../../../parts/confirm-button';
import { DataTable } from '../../../parts/data-table';
import { Fact } from '../../../parts/fact';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useCodedNames } from '../../../parts/records';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew } from '../queries';
import { OrderTag, Reach, useDays } from './words';

const MOVING_MS = 1_000;
const RESTING_MS = 5_000;

/** One order and how far it has come; it is asked for again while somebody looks. */
export function RevocationOrderPage() {
  const { t } = useTranslation('revocations');
  const institutionName = useCodedNames();
  const { id = '' } = useParams();
  const order = useQuery({
    queryKey: keyOf('revocation', id),
    queryFn: () => revocationsApi.show(id),
    refetchInterval: ({ state }) =>
      state.data?.state === 'running' || state.data?.state === 'queued' ? MOVING_MS : RESTING_MS,
  });
  return (
    <Page
      title={
        order.data
          ? t('order.title', { institution: institutionName(order.data.institution) })
          : t('title')
      }
      lead={
        <p>
          <Link to="/authority/revocations">{t('back')}</Link>
        </p>
      }
    >
      {order.isPending && <Loading />}
      {order.isError && <ProblemNote error={order.error} />}
      {order.data && (
        <div className="stack">
          <Standing order={order.data} />
          <section className="card stack" aria-labelledby="taken">
            <h2 id="taken">{t('order.taken')}</h2>
            <Reach counts={order.data.counts} />
          </section>
          {order.data.problems.length > 0 && <Problems order={order.data} />}
        </div>
      )}
    </Page>
  );
}

function Standing({ order }: { order: RevocationOrder }) {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  const days = useDays();
  const moment = (at: string | null): string =>
    at === null ? t('order.notYet') : format.moment(at);
  return (
    <section className="card stack">
      <div className="row" role="status">
        <OrderTag state={order.state} />
        <span>{days(order)}</span>
      </div>
      {order.state === 'running' && <Progress order={order} />}
      <dl className="facts wide">
        <Fact term={t('order.outcome')}>{order.outcome ?? t('order.allOutcomes')}</Fact>
        <Fact term={t('order.reason')}>{format.side(order.reason)}</Fact>
        <Fact term={t('order.created')}>{moment(order.createdAt)}</Fact>
        <Fact term={t('order.started')}>{moment(order.startedAt)}</Fact>
        <Fact term={t('order.ended')}>{moment(order.endedAt)}</Fact>
      </dl>
      {order.state === 'queued' && <Cancel id={order.id} />}
    </section>
  );
}

function Progress({ order: { counts, progress } }: { order: RevocationOrder }) {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  const id = useId();
  const { itemsTotal, secondsLeft } = progress;
  const done = format.count(counts.items);
  return (
    <div className="stack">
      <div>
        <label htmlFor={id}>
          <strong>{t('order.progress')}</strong>
        </label>
        <progress
          id={id}
          className="tall"
          {...(itemsTotal !== null && { value: counts.items, max: Math.max(itemsTotal, 1) })}
        />
      </div>
      <dl className="facts">
        <Fact figure term={t('effects.items')}>
          {itemsTotal === null ? done : t('order.of', { done, total: format.count(itemsTotal) })}
        </Fact>
        <Fact figure term={t('order.left')}>
          {secondsLeft === null ? '–' : t('order.seconds', { count: secondsLeft })}
        </Fact>
      </dl>
      <p className="soft">{t('order.mayClose')}</p>
    </div>
  );
}

function Cancel({ id }: { id: string }) {
  const { t } = useTranslation('revocations');
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => revocationsApi.cancel(id),
    onSuccess: () => renew(queries),
  });
  return (
    <>
      {cancel.isError && <ProblemNote error={cancel.error} />}
      <div className="no-print">
        <ConfirmButton
          tone="plain"
          label={t('order.cancel')}
          title={t('order.cancel')}
          question={<p>{t('order.cancelQuestion')}</p>}
          confirmLabel={t('order.cancel')}
          disabled={cancel.isPending}
          onConfirm={() => cancel.mutate()}
        />
      </div>
    </>
  );
}

function Problems({ order }: { order: RevocationOrder }) {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="problems">
      <div>
        <h2 id="problems">{t('order.problems')}</h2>
        <p>{t('order.problemsText')}</p>
      </div>
      <DataTable
        caption={t('order.problems')}
        hideCaption
        columns={[
          {
            key: 'learner',
            head: t('order.learner'),
            cell: ({ learnerId }) => <span className="code">{learnerId}</span>,
          },
          { key: 'problem', head: t('order.problem'), cell: ({ title }) => format.text(title) },
        ]}
        rows={order.problems}
        rowKey={({ learnerId }) => learnerId}
      />
    </section>
  );
}
