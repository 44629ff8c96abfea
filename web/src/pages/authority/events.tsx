import { useInfiniteQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { authorityApi } from '../../api/authority';
import type { AdministrativeEvent, EventFilter } from '../../api/authority-types';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { trimmedOf } from '../../parts/form';
import { startOfBankDay } from '../../parts/format';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { SUBJECTS, useEventWords } from './event-words';
import { keyOf, useInstitutions } from './queries';

const FILTERS = ['institution', 'kind', 'from', 'to'] as const;

/** Who changed rights, rules or settings; the filter stands in the address, so it can be kept. */
export function Events() {
  const { t } = useTranslation('operations');
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const events = useInfiniteQuery({
    queryKey: keyOf('events', filter),
    queryFn: ({ pageParam }) => authorityApi.events(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = events.data?.pages.flatMap(({ items }) => items) ?? [];
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = FILTERS.map((name): [string, string] => [name, trimmedOf(form, name)]);
    setSearch(given.filter(([, value]) => value !== ''));
  };
  return (
    <Page title={t('events.title')} lead={<p>{t('events.lead')}</p>}>
      <div className="stack">
        <section className="card no-print" aria-labelledby="filter">
          <h2 id="filter">{t('events.filter')}</h2>
          <form onSubmit={submit} key={search.toString()}>
            <Filters search={search} />
            <button type="submit" className="button main">
              {t('events.apply')}
            </button>
          </form>
        </section>
        <section className="card">
          {events.isPending && <Loading />}
          {events.isError && <ProblemNote error={events.error} />}
          {events.data && rows.length === 0 && <p>{t('events.none')}</p>}
          {rows.length > 0 && <Table rows={rows} />}
          <MoreButton
            more={events.hasNextPage}
            busy={events.isFetchingNextPage}
            onMore={() => void events.fetchNextPage()}
          />
        </section>
      </div>
    </Page>
  );
}

function Filters({ search }: { search: URLSearchParams }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const institutions = useInstitutions();
  const given = (name: (typeof FILTERS)[number]): string => search.get(name) ?? '';
  return (
    <div className="columns">
      <Field label={t('events.institution')}>
        {(control) => (
          <select
            {...control}
            // What is chosen can be shown only when the list has come.
            key={institutions.data?.length ?? 0}
            name="institution"
            defaultValue={given('institution')}
          >
            <option value="">{t('events.anyInstitution')}</option>
            {institutions.data?.map(({ id, name }) => (
              <option key={id} value={id}>
                {format.text(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('events.kind')}>
        {(control) => (
          <select {...control} name="kind" defaultValue={given('kind')}>
            <option value="">{t('events.anyKind')}</option>
            {SUBJECTS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`events.subject.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('events.from')}>
        {(control) => <input {...control} type="date" name="from" defaultValue={given('from')} />}
      </Field>
      <Field label={t('events.to')}>
        {(control) => <input {...control} type="date" name="to" defaultValue={given('to')} />}
      </Field>
    </div>
  );
}

function Table({ rows }: { rows: readonly AdministrativeEvent[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const names = useInstitutionNames();
  const words = useEventWords();
  const columns: Column<AdministrativeEvent>[] = [
    { key: 'when', head: t('events.when'), cell: ({ recordedAt }) => format.moment(recordedAt) },
    { key: 'who', head: t('events.who'), cell: ({ actorName }) => words.actor(actorName) },
    {
      key: 'what',
      head: t('events.what'),
      cell: (event) => (
        <>
          {words.subject(event.subjectKind)} · {words.action(event.action)}
          {event.note !== null && <div className="small soft">{event.note}</div>}
          {(event.before ?? event.after) && <Change event={event} />}
        </>
      ),
    },
    {
      key: 'where',
      head: t('events.where'),
      cell: ({ institutionId }) => {
        const name = institutionId === null ? undefined : names.get(institutionId);
        return name ? format.text(name) : t('events.bank');
      },
    },
  ];
  return (
    <DataTable
      caption={t('events.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

/** What it was and what it is, as it is kept. */
function Change({ event: { before, after } }: { event: AdministrativeEvent }) {
  const { t } = useTranslation('operations');
  return (
    <details>
      <summary>{t('events.details')}</summary>
      <div className="inside">
        {before && (
          <>
            <h3>{t('events.before')}</h3>
            <pre className="source whole">{JSON.stringify(before, null, 1)}</pre>
          </>
        )}
        {after && (
          <>
            <h3>{t('events.after')}</h3>
            <pre className="source whole">{JSON.stringify(after, null, 1)}</pre>
          </>
        )}
      </div>
    </details>
  );
}

/** Days of the bank's calendar become moments; the last day counts to its end. */
function filterOf(search: URLSearchParams): EventFilter {
  const [institution, kind, from, to] = FILTERS.map((name) => search.get(name) ?? '');
  return {
    ...(institution && { institution }),
    ...(kind && { kind }),
    ...(from && { from: startOfBankDay(from, 0) }),
    ...(to && { to: startOfBankDay(to, 1) }),
  };
}
