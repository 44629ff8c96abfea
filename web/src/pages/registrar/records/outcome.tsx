import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { type Outcome, recordsApi } from '../../../api/records';
import { type Column, DataTable } from '../../../parts/data-table';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { OutcomeTag } from './outcome-tag';
import { Redeposit } from './redeposit';
import { useOutcomes } from './records';
import { Revocation } from './revocation';

/** One outcome: what it says, what became of it, and what can be done about it. */
export function OutcomePage() {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { learner = '', id = '' } = useParams();
  const outcomes = useOutcomes(learner);
  const outcome = outcomes.data?.find((one) => one.id === id);
  return (
    <Page
      title={outcome ? format.text(outcome.title) : t('outcome.title')}
      lead={
        <p>
          <Link to={`/registrar/records/${learner}`}>{t('outcome.back')}</Link>
        </p>
      }
    >
      {outcomes.isPending && <Loading />}
      {outcomes.isError && <ProblemNote error={outcomes.error} />}
      {outcomes.data && !outcome && <Note tone="quiet" title={t('outcome.unknown')} />}
      {outcome && <Details outcome={outcome} onChange={() => void outcomes.refetch()} />}
    </Page>
  );
}

function Details({ outcome, onChange }: { outcome: Outcome; onChange: () => void }) {
  const { t } = useTranslation('records');
  const { institutionId } = useSignedIn();
  const isOwn = outcome.institutionId === institutionId;
  const isRevoked = outcome.state === 'revoked';
  return (
    <div className="stack">
      <Facts outcome={outcome} />
      <Lines outcome={outcome} />
      {isOwn && !isRevoked && <Correction outcome={outcome} />}
      {isOwn && !isRevoked && <Revocation outcome={outcome} onDone={onChange} />}
      {isOwn && isRevoked && <Redeposit outcome={outcome} onDone={onChange} />}
      {!isOwn && <Note tone="quiet" title={t('outcome.others')} />}
    </div>
  );
}

function Facts({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const facts: readonly (readonly [string, string | null])[] = [
    [t('facts.code'), outcome.code],
    [t('facts.externalId'), outcome.externalId],
    [t('facts.startedOn'), outcome.startedOn && format.date(outcome.startedOn)],
    [t('facts.completedOn'), format.date(outcome.completedOn)],
    [t('facts.grade'), outcome.grade],
    [t('facts.level'), outcome.level],
    [t('facts.hours'), outcome.hours && format.amount(outcome.hours)],
    [t('facts.credits'), outcome.credits && format.amount(outcome.credits)],
    [t('facts.expiresOn'), outcome.expiresOn && format.date(outcome.expiresOn)],
    [t('facts.recordedAt'), format.moment(outcome.recordedAt)],
  ];
  return (
    <section className="card stack" aria-labelledby="facts">
      <h2 id="facts">{t('facts.title')}</h2>
      <p>
        <OutcomeTag state={outcome.state} />
      </p>
      <dl className="facts wide">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="plain">{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** Every line of the ledger about this outcome: nothing is deleted, a revocation is one line more. */
function Lines({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const statement = useQuery({
    queryKey: ['records', outcome.learnerId, 'statement', outcome.state],
    queryFn: () => recordsApi.statement(outcome.learnerId),
  });
  if (statement.isPending) return <Loading />;
  if (statement.isError) return <ProblemNote error={statement.error} />;
  const lines = statement.data.filter(({ outcomeId }) => outcomeId === outcome.id);
  if (lines.length === 0) return <Note tone="quiet" title={t('lines.none')} />;
  const columns: Column<(typeof lines)[number]>[] = [
    { key: 'at', head: t('lines.at'), cell: ({ recordedAt }) => format.moment(recordedAt) },
    { key: 'kind', head: t('lines.kind'), cell: ({ kind }) => t(`lines.kinds.${kind}`) },
    {
      key: 'amount',
      head: t('lines.amount'),
      number: true,
      cell: ({ amount }) => format.amount(amount),
    },
    {
      key: 'after',
      head: t('lines.after'),
      number: true,
      cell: ({ availableAfter }) => format.amount(availableAfter),
    },
    { key: 'reason', head: t('lines.reason'), cell: ({ reason }) => reason ?? '–' },
  ];
  return (
    <section className="card">
      <DataTable
        caption={t('lines.title')}
        columns={columns}
        rows={lines}
        rowKey={({ id }) => id}
      />
    </section>
  );
}

/** A record is never changed: the right one is posted, and then the wrong one is taken back. */
function Correction({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('records');
  const [search] = useSearchParams();
  const query = search.get('query');
  const about = query === null ? '' : `&query=${query}`;
  return (
    <section className="card stack" aria-labelledby="correction">
      <div>
        <h2 id="correction">{t('correction.title')}</h2>
        <p>{t('correction.text')}</p>
      </div>
      <p>
        <Link
          className="button"
          to={`/registrar/records/new?learner=${outcome.learnerId}&corrects=${outcome.id}${about}`}
        >
          {t('correction.action')}
        </Link>
      </p>
    </section>
  );
}
