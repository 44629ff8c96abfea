import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { type LearnerAccount, type Outcome, recordsApi } from '../../../api/records';
import type { IdentityKind } from '../../../api/types';
import { ActForm } from '../../../parts/act-form';
import { type Column, DataTable } from '../../../parts/data-table';
import { textOf } from '../../../parts/form';
import { Icon } from '../../../parts/icon';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { IDENTITY_KINDS } from '../../../parts/person-fields';
import { useSignedIn } from '../../../parts/session';
import { SelectField, TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { OutcomeTag } from './outcome-tag';

/** Find a learner by document, and see what this school has posted for the learner. */
export function RecordsPage() {
  const { t } = useTranslation('records');
  const { learner } = useParams();
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        <Search />
        {learner !== undefined && <Found id={learner} />}
        <section className="card stack">
          <div>
            <h2>{t('one.title')}</h2>
            <p>{t('one.text')}</p>
          </div>
          <p>
            <Link className="button" to="/registrar/records/new">
              {t('one.action')}
            </Link>
          </p>
        </section>
      </div>
    </Page>
  );
}

function Search() {
  const { t } = useTranslation(['records', 'common']);
  const navigate = useNavigate();
  return (
    <section className="card stack" aria-labelledby="search">
      <h2 id="search">{t('search.title')}</h2>
      <ActForm
        label={
          <>
            <Icon name="search" />
            {t('search.action')}
          </>
        }
        act={(form) =>
          recordsApi.search(textOf(form, 'kind') as IdentityKind, textOf(form, 'number').trim())
        }
        onDone={({ id }) => void navigate(`/registrar/records/${id}`)}
      >
        <SelectField
          label={t('search.kind')}
          name="kind"
          options={IDENTITY_KINDS.map((kind) => [kind, t(`common:person.kinds.${kind}`)] as const)}
        />
        <TextField
          label={t('search.number')}
          hint={t('search.hint')}
          name="number"
          autoComplete="off"
          required
        />
      </ActForm>
    </section>
  );
}

function Found({ id }: { id: string }) {
  const account = useQuery({
    queryKey: ['records', id, 'account'],
    queryFn: () => recordsApi.learner(id),
  });
  if (account.isPending) return <Loading />;
  if (account.isError) return <ProblemNote error={account.error} />;
  return <Learner account={account.data} />;
}

function Learner({ account }: { account: LearnerAccount }) {
  const { t } = useTranslation(['records', 'common']);
  const { institutionId } = useSignedIn();
  const outcomes = useOutcomes(account.id);
  const own = outcomes.data?.filter((one) => one.institutionId === institutionId);
  return (
    <section className="card stack" aria-labelledby="found">
      <div>
        <h2 id="found">{account.name ?? t('found.unnamed')}</h2>
        <p className="soft">
          {account.identities
            .map(({ kind, masked }) => `${t(`common:person.kinds.${kind}`)} ${masked}`)
            .join(' · ')}
        </p>
      </div>
      {outcomes.isPending && <Loading />}
      {outcomes.isError && <ProblemNote error={outcomes.error} />}
      {own?.length === 0 && <p>{t('found.none')}</p>}
      {own && own.length > 0 && <OwnOutcomes outcomes={own} />}
      <p>
        <Link className="button main" to={`/registrar/records/new?learner=${account.id}`}>
          {t('found.post')}
        </Link>
      </p>
    </section>
  );
}

/** The outcomes of a learner: a revocation that a colleague confirms shows by itself. */
export function useOutcomes(learner: string) {
  return useQuery({
    queryKey: ['records', learner, 'outcomes'],
    queryFn: () => recordsApi.outcomes(learner),
    // Each look is a line in the learner's access log: seldom, and when somebody comes back.
    refetchOnWindowFocus: live.refetchOnWindowFocus,
    staleTime: 30_000,
  });
}

function OwnOutcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const columns: Column<Outcome>[] = [
    {
      key: 'title',
      head: t('outcomes.title'),
      cell: ({ id, learnerId, title }) => (
        <Link to={`/registrar/records/${learnerId}/${id}`}>{format.text(title)}</Link>
      ),
    },
    {
      key: 'completed',
      head: t('outcomes.completed'),
      cell: ({ completedOn }) => format.date(completedOn),
    },
    {
      key: 'recorded',
      head: t('outcomes.recorded'),
      cell: ({ recordedAt }) => format.moment(recordedAt),
    },
    {
      key: 'credits',
      head: t('outcomes.credits'),
      number: true,
      cell: ({ credits }) => (credits === null ? '–' : format.amount(credits)),
    },
    {
      key: 'state',
      head: t('outcomes.state'),
      cell: ({ state }) => <OutcomeTag state={state} />,
    },
  ];
  return (
    <DataTable
      caption={t('found.caption')}
      columns={columns}
      rows={outcomes}
      rowKey={({ id }) => id}
    />
  );
}
