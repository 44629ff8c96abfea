import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type IndicatorInput, type IndicatorInputKind, reportApi } from '../../api/report';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { FigureFields } from '../../parts/figure-fields';
import { trimmedOf } from '../../parts/form';
import { bankDay } from '../../parts/format';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useCodedNames } from '../../parts/records';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { keyOf, renew, useInstitutions } from './queries';

/** The figures from outside that indicators rest on: which are missing, which were entered. */
export function IndicatorInputs() {
  const { t } = useTranslation('authority');
  const isAuthority = useSignedIn().roles.includes('authority');
  const kinds = useQuery({ queryKey: keyOf('input-kinds'), queryFn: reportApi.inputKinds });
  return (
    <Page
      title={t('indicators.title')}
      lead={
        <p>
          {t('indicators.lead')} <Link to="/report">{t('indicators.report')}</Link>
        </p>
      }
    >
      <div className="stack">
        <Missing />
        {kinds.isError && <ProblemNote error={kinds.error} />}
        {kinds.data && isAuthority && <Enter kinds={kinds.data} />}
        <Entered />
      </div>
    </Page>
  );
}

function Missing() {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const period = bankDay(Date.now()).slice(0, 4);
  const indicators = useQuery({
    queryKey: keyOf('indicators', period),
    queryFn: () => reportApi.indicators(period),
    ...live,
  });
  if (indicators.isPending) return <Loading />;
  if (indicators.isError) return <ProblemNote error={indicators.error} />;
  const lacking = indicators.data.items.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return <Note tone="good" title={t('indicators.complete')} />;
  return (
    <section className="card" aria-labelledby="missing">
      <h2 id="missing">{t('indicators.missing', { year: period })}</h2>
      <ul className="lines">
        {lacking.map(({ id, title, missing }) => (
          <li key={id}>
            <Link to={`/report/indicators/${id}`}>{format.text(title)}</Link>
            <div className="small soft">
              {format.list(missing.map((one) => format.text(one.title)))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Enter({ kinds }: { kinds: readonly IndicatorInputKind[] }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const queries = useQueryClient();
  const institutions = useInstitutions();
  const [chosen, setChosen] = useState('');
  const enter = useMutation({ mutationFn: reportApi.enter, onSuccess: () => renew(queries) });
  const kind = kinds.find(({ code }) => code === chosen) ?? kinds[0];
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!kind) return;
    const form = new FormData(event.currentTarget);
    const [on, value, source] = ['on', 'value', 'source'].map((name) => trimmedOf(form, name));
    const institution = trimmedOf(form, 'institution');
    enter.mutate({
      code: kind.code,
      on: on ?? '',
      value: value ?? '',
      source: source ?? '',
      ...(institution !== '' && { institution }),
    });
  };
  return (
    <section className="card" aria-labelledby="enter">
      <h2 id="enter">{t('indicators.enter')}</h2>
      <p>{t('indicators.enterLead')}</p>
      {enter.isError && <ProblemNote error={enter.error} />}
      {enter.isSuccess && <Note tone="good" urgent title={t('saved')} />}
      <form onSubmit={submit}>
        <Field label={t('indicators.kind')}>
          {(control) => (
            <select
              {...control}
              value={kind?.code}
              onChange={(event) => setChosen(event.currentTarget.value)}
            >
              {kinds.map((one) => (
                <option key={one.code} value={one.code}>
                  {format.text(one.title)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {kind?.scope === 'institution' && (
          <Field label={t('indicators.institution')}>
            {(control) => (
              <select {...control} name="institution">
                <option value="">{t('indicators.district')}</option>
                {institutions.data?.map(({ code: of, name }) => (
                  <option key={of} value={of}>
                    {format.text(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <ValueFields />
        <button type="submit" className="button main" disabled={enter.isPending}>
          {t(enter.isPending ? 'saving' : 'save')}
        </button>
      </form>
    </section>
  );
}

function ValueFields() {
  const { t } = useTranslation('authority');
  return (
    <FigureFields
      words={{
        value: t('indicators.value'),
        on: t('indicators.on'),
        source: t('indicators.source'),
        sourceHint: t('indicators.sourceHint'),
      }}
    />
  );
}

function Entered() {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const nameOf = useCodedNames();
  const inputs = useInfiniteQuery({
    queryKey: keyOf('inputs'),
    queryFn: ({ pageParam }) => reportApi.inputs(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = inputs.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns: Column<IndicatorInput>[] = [
    { key: 'title', head: t('indicators.kind'), cell: ({ title }) => format.text(title) },
    {
      key: 'value',
      head: t('indicators.value'),
      number: true,
      cell: ({ value }) => format.amount(value),
    },
    { key: 'on', head: t('indicators.on'), date: true, cell: ({ on }) => format.date(on) },
    {
      key: 'institution',
      head: t('indicators.institution'),
      cell: ({ institution }) =>
        institution === null ? t('indicators.district') : nameOf(institution),
    },
    { key: 'source', head: t('indicators.source'), cell: ({ source }) => source },
  ];
  return (
    <section className="card" aria-labelledby="entered">
      <h2 id="entered">{t('indicators.entered')}</h2>
      {inputs.isPending && <Loading />}
      {inputs.isError && <ProblemNote error={inputs.error} />}
      {inputs.data && rows.length === 0 && <p>{t('indicators.none')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('indicators.entered')}
          hideCaption
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
        />
      )}
      <MoreButton
        more={inputs.hasNextPage}
        busy={inputs.isFetchingNextPage}
        onMore={() => void inputs.fetchNextPage()}
      />
    </section>
  );
}
