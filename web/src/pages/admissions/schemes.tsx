import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Candidate, schemesApi } from '../../api/schemes';
import { QuotaTable } from '../../parts/admission/quota-table';
import { SCHEMES_KEY, SchemeList } from '../../parts/admission/scheme-list';
import { SchemePage } from '../../parts/admission/scheme-page';
import { type Column, DataTable } from '../../parts/data-table';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useInstitutions } from '../../parts/records';
import { useSignedIn } from '../../parts/session';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

const BASE = '/admissions/schemes';

/** Schemes in which the office has places. */
export function OfficeSchemes() {
  const { t } = useTranslation('candidates');
  const { institutionId } = useSignedIn();
  const institutions = useInstitutions();
  const code = institutions.data?.find(({ id }) => id === institutionId)?.code;
  return (
    <Page title={t('office.title')} lead={<p>{t('office.lead')}</p>}>
      <SchemeList
        base={BASE}
        none={t('office.none')}
        isShown={({ places }) => places.some(({ institution }) => institution.code === code)}
      />
    </Page>
  );
}

/** Places against people, and who applied to the office. */
export function OfficeScheme() {
  const { t } = useTranslation('candidates');
  return (
    <SchemePage title={t('office.title')} base={BASE} hasRules>
      {({ code, programme }) => (
        <>
          <QuotaTable code={code} />
          <Candidates code={code} />
          <Others programme={programme} />
        </>
      )}
    </SchemePage>
  );
}

/** What an office sees of each candidate; the score only where the scheme has one. */
function useCandidateColumns(): Column<Candidate>[] {
  const { t } = useTranslation(['schemes', 'candidates']);
  const format = useFormat();
  return [
    {
      key: 'number',
      head: t('candidates:office.number'),
      cell: ({ id }) => (
        <Link to={`/admissions/candidates/${id}`} className="code nowrap">
          {id.slice(-8)}
        </Link>
      ),
    },
    { key: 'major', head: t('major'), cell: ({ place }) => format.text(place.title) },
    {
      key: 'state',
      head: t('candidates:office.state'),
      cell: ({ state }) => t(`mine.candidacy.${state}`),
    },
    {
      key: 'status',
      head: t('candidates:office.status'),
      cell: ({ status, hasChanged }) => (
        <>
          <Tag
            tone={status === 'eligible' ? 'good' : 'wait'}
            icon={status === 'eligible' ? 'check' : 'warn'}
          >
            {t(`mine.status.${status}`)}
          </Tag>
          {hasChanged && <div className="small">{t('candidates:office.changed')}</div>}
        </>
      ),
    },
    {
      key: 'score',
      head: t('candidates:office.score'),
      number: true,
      cell: ({ score }) => (score === null ? '—' : format.amount(score)),
    },
  ];
}

function Candidates({ code }: { code: string }) {
  const { t } = useTranslation('candidates');
  const columns = useCandidateColumns();
  const candidates = useInfiniteQuery({
    queryKey: [SCHEMES_KEY, code, 'candidates'],
    queryFn: ({ pageParam }) => schemesApi.candidates(code, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // Each reading is a line in the log of everybody on the list, so it is not asked again by itself.
    staleTime: 60_000,
  });
  const rows = candidates.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card" aria-labelledby="candidates">
      <h2 id="candidates">{t('office.candidates')}</h2>
      <p className="small soft">{t('office.candidatesLead')}</p>
      {candidates.isPending && <Loading />}
      {candidates.isError && <ProblemNote error={candidates.error} />}
      {candidates.data && rows.length === 0 && <p>{t('office.noCandidates')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('office.candidates')}
          hideCaption
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
        />
      )}
      <MoreButton
        more={candidates.hasNextPage}
        busy={candidates.isFetchingNextPage}
        onMore={() => void candidates.fetchNextPage()}
      />
    </section>
  );
}

function Others({ programme }: { programme: string }) {
  const { t } = useTranslation('candidates');
  return (
    <section className="card" aria-labelledby="others">
      <h2 id="others">{t('office.askOthers')}</h2>
      <p>{t('office.askLead', { programme })}</p>
      <p>
        <Link to="/admissions/person">{t('office.askPerson')}</Link>
        {' · '}
        <Link to="/admissions/lists">{t('office.askList')}</Link>
      </p>
    </section>
  );
}
