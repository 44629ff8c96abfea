import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { publicApi } from '../../api/public';
import {
  type OutcomeDefinition,
  type OutcomeKind,
  type OutcomeQuery,
  rulesApi,
} from '../../api/rules';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Icon } from '../../parts/icon';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';

const KINDS = [
  'degree-course',
  'vocational-certificate',
  'community-course',
  'work-based',
  'pupil-record',
] as const satisfies OutcomeKind[];

/** Everything that can be earned, searched by names, aliases and codes. */
export function Outcomes() {
  const { t } = useTranslation('catalogue');
  const [params, setParams] = useSearchParams();
  const query: OutcomeQuery = {
    q: params.get('q') ?? '',
    kind: KINDS.find((kind) => kind === params.get('kind')) ?? '',
    institution: params.get('institution') ?? '',
  };
  const outcomes = useInfiniteQuery({
    queryKey: ['catalogue', query],
    queryFn: ({ pageParam }) => rulesApi.outcomes(query, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
  const rows = outcomes.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <section className="card stack" aria-labelledby="outcomes">
        <h2 id="outcomes">{t('nav.outcomes')}</h2>
        <SearchForm
          query={query}
          onSearch={(next) =>
            setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')))
          }
        />
        {outcomes.isPending && <Loading />}
        {outcomes.isError && <ProblemNote error={outcomes.error} />}
        <div role="status" className="soft">
          {rows && !outcomes.hasNextPage && t('found', { count: rows.length })}
        </div>
        {rows && rows.length > 0 && <OutcomeTable rows={rows} />}
        <MoreButton
          more={outcomes.hasNextPage}
          busy={outcomes.isFetchingNextPage}
          onMore={() => void outcomes.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function SearchForm(props: {
  query: OutcomeQuery;
  onSearch: (query: { q: string; kind: string; institution: string }) => void;
}) {
  const { t } = useTranslation('catalogue');
  const { query } = props;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    props.onSearch({
      q: textOf(form, 'q').trim(),
      kind: textOf(form, 'kind'),
      institution: textOf(form, 'institution'),
    });
  };
  return (
    <form role="search" onSubmit={submit} key={JSON.stringify(query)}>
      <Field label={t('search.label')} hint={t('search.hint')}>
        {(control) => (
          <input {...control} name="q" type="search" maxLength={200} defaultValue={query.q} />
        )}
      </Field>
      <div className="columns">
        <Field label={t('search.kind')}>
          {(control) => (
            <select {...control} name="kind" defaultValue={query.kind}>
              <option value="">{t('search.all')}</option>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <InstitutionField chosen={query.institution} />
      </div>
      <button type="submit" className="button main">
        <Icon name="search" />
        {t('search.submit')}
      </button>
    </form>
  );
}

function InstitutionField({ chosen }: { chosen: string }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const { data } = useQuery({ queryKey: ['institutions'], queryFn: publicApi.institutions });
  return (
    <Field label={t('search.institution')}>
      {(control) => (
        <select {...control} name="institution" defaultValue={chosen} key={data ? 'all' : 'none'}>
          <option value="">{t('search.all')}</option>
          {(data ?? []).map(({ code, name }) => (
            <option key={code} value={code}>
              {format.text(name)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function OutcomeTable({ rows }: { rows: readonly OutcomeDefinition[] }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const amount = (value: string | null) => value !== null && format.amount(value);
  const columns: Column<OutcomeDefinition>[] = [
    {
      key: 'title',
      head: t('column.title'),
      cell: ({ code, title }) => (
        <>
          <Link to={`/catalogue/${encodeURIComponent(code)}`}>{format.text(title)}</Link>
          <div className="small soft">
            <span className="code">{code}</span>
          </div>
        </>
      ),
    },
    { key: 'kind', head: t('column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
    {
      key: 'institution',
      head: t('column.institution'),
      cell: ({ institution }) => format.text(institution.name),
    },
    {
      key: 'credits',
      head: t('column.credits'),
      number: true,
      cell: ({ credits }) => amount(credits),
    },
    { key: 'hours', head: t('column.hours'), number: true, cell: ({ hours }) => amount(hours) },
  ];
  return (
    <DataTable
      caption={t('nav.outcomes')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ code }) => code}
    />
  );
}
