import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { type Indicator, reportApi } from '../../../api/report';
import { type IndicatorSource, sourcesApi } from '../../../api/reports';
import { type Column, DataTable } from '../../../parts/data-table';
import { Field } from '../../../parts/field';
import { MoreButton } from '../../../parts/more-button';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { PeriodSelect, thisPeriod } from '../../../parts/period';
import { useCodedNames } from '../../../parts/records';
import { useFormat } from '../../../parts/use-format';
import { keyOf, useInstitutions } from '../queries';
import { useCategoryWords } from './category-words';
import { SourceLook } from './source-look';

const NO_PARTS: Indicator['parts'] = [];

/** The outcomes and entries that a figure is counted from; each look is in the access log. */
export function SourcesPage() {
  const { t } = useTranslation('conditions');
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const format = useFormat();
  const period = search.get('period') ?? thisPeriod();
  const institution = search.get('institution') ?? '';
  const show = (chosen: { period: string; institution: string }): void =>
    setSearch({
      period: chosen.period,
      ...(chosen.institution !== '' && { institution: chosen.institution }),
    });
  const indicator = useQuery({
    queryKey: keyOf('indicator', id, period),
    queryFn: () => reportApi.indicator(id, period),
  });
  // Asked once for each choice and not again by itself: every look leaves a line with the learner.
  const sources = useInfiniteQuery({
    queryKey: keyOf('sources', id, period, institution),
    queryFn: ({ pageParam }) => sourcesApi.list(id, { period, institution }, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = sources.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      title={
        indicator.data
          ? t('sources.of', { title: format.text(indicator.data.indicator.title) })
          : t('sources.title')
      }
      lead={
        <p>
          {t('sources.lead')}{' '}
          <Link to={`/report/indicators/${id}?period=${period}`}>{t('sources.back')}</Link>
        </p>
      }
    >
      <div className="stack">
        <div className="columns">
          <PeriodSelect
            value={period}
            onChange={(chosen) => show({ period: chosen, institution })}
          />
          <InstitutionField
            value={institution}
            onChange={(code) => show({ period, institution: code })}
          />
        </div>
        <section className="card" aria-label={t('sources.caption')}>
          {sources.isPending && <Loading />}
          {sources.isError && <ProblemNote error={sources.error} />}
          {sources.data && rows.length === 0 && <p>{t('sources.none')}</p>}
          {rows.length > 0 && (
            <Rows rows={rows} parts={indicator.data?.indicator.parts ?? NO_PARTS} />
          )}
          <MoreButton
            more={sources.hasNextPage}
            busy={sources.isFetchingNextPage}
            onMore={() => void sources.fetchNextPage()}
          />
        </section>
      </div>
    </Page>
  );
}

function InstitutionField(props: { value: string; onChange: (code: string) => void }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const institutions = useInstitutions();
  return (
    <Field label={t('sources.institution')}>
      {(control) => (
        <select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          <option value="">{t('sources.every')}</option>
          {institutions.data?.map(({ code, name }) => (
            <option key={code} value={code}>
              {format.text(name)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Rows(props: { rows: readonly IndicatorSource[]; parts: Indicator['parts'] }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const nameOf = useCodedNames();
  const wordsOf = useCategoryWords(props.parts);
  const columns: Column<IndicatorSource>[] = [
    {
      key: 'outcome',
      head: t('sources.outcome'),
      cell: ({ outcome }) => (
        <>
          {format.text(outcome.title)}
          <div className="small soft code">{outcome.code}</div>
        </>
      ),
    },
    { key: 'day', head: t('sources.day'), date: true, cell: ({ day }) => format.date(day) },
    {
      key: 'institution',
      head: t('sources.institution'),
      cell: ({ institution }) => nameOf(institution),
    },
    {
      key: 'category',
      head: t('sources.category'),
      cell: ({ category }) => wordsOf(category),
    },
    {
      key: 'known',
      head: t('sources.known'),
      cell: ({ knownFrom }) => format.moment(knownFrom),
    },
    {
      key: 'entry',
      head: t('sources.entry'),
      cell: (source) => <SourceLook source={source} />,
    },
  ];
  return (
    <DataTable
      caption={t('sources.caption')}
      hideCaption
      columns={columns}
      rows={props.rows}
      rowKey={({ outcomeId, category }) => `${outcomeId} ${category}`}
    />
  );
}
