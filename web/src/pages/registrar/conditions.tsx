import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ConditionInput, type NewCondition, conditionsApi } from '../../api/reports';
import { ActForm } from '../../parts/act-form';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { FigureFields } from '../../parts/figure-fields';
import { trimmedOf } from '../../parts/form';
import { bankDay } from '../../parts/format';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { ConditionsTable, Warnings } from '../../parts/school-conditions';
import { useFormat } from '../../parts/use-format';

const KEY = ['own-conditions'];

/** The conditions of one's own school against the national standard, and stating them. */
export function OwnConditionsPage() {
  const { t } = useTranslation('conditions');
  const schools = useQuery({
    queryKey: [...KEY, 'school'],
    queryFn: conditionsApi.schools,
    ...live,
  });
  const [school] = schools.data?.items ?? [];
  return (
    <Page title={t('own.title')} lead={<p>{t('own.lead')}</p>}>
      <div className="stack">
        {schools.isPending && <Loading />}
        {schools.isError && <ProblemNote error={schools.error} />}
        {schools.data && school && (
          <>
            <section className="card stack" aria-labelledby="own">
              <h2 id="own">{t('own.against')}</h2>
              <ConditionsTable school={school} />
            </section>
            <section className="card" aria-labelledby="warnings">
              <h2 id="warnings">{t('warnings.title')}</h2>
              <Warnings warnings={schools.data.warnings} />
            </section>
            <State standard={school.standard?.id ?? null} />
          </>
        )}
        <Stated />
      </div>
    </Page>
  );
}

function State({ standard }: { standard: string | null }) {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const queries = useQueryClient();
  const standards = useQuery({
    queryKey: [...KEY, 'standards'],
    queryFn: conditionsApi.standards,
  });
  if (!standards.data) return <Loading />;
  const { items } = standards.data;
  const own = items.find(({ id }) => id === standard);
  const all = own ? own.inputs : items.flatMap(({ inputs }) => inputs);
  const kinds = all.filter(
    (one, place) => all.findIndex(({ code }) => code === one.code) === place,
  );
  const act = (form: FormData) =>
    conditionsApi.state({
      code: trimmedOf(form, 'code') as NewCondition['code'],
      value: trimmedOf(form, 'value'),
      on: trimmedOf(form, 'on'),
      source: trimmedOf(form, 'source'),
    });
  return (
    <section className="card" aria-labelledby="state">
      <h2 id="state">{t('own.state')}</h2>
      <p>{t('own.stateLead')}</p>
      <ActForm
        label={t('field.save')}
        act={act}
        onDone={() => void queries.invalidateQueries({ queryKey: KEY })}
      >
        <Field label={t('field.input')}>
          {(control) => (
            <select {...control} name="code">
              {kinds.map(({ code, title }) => (
                <option key={code} value={code}>
                  {format.text(title)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <FigureFields
          words={{
            value: t('field.value'),
            on: t('field.on'),
            source: t('field.source'),
            sourceHint: t('field.sourceHint'),
          }}
          day={bankDay(Date.now())}
        />
      </ActForm>
    </section>
  );
}

function Stated() {
  const { t } = useTranslation('conditions');
  const format = useFormat();
  const inputs = useInfiniteQuery({
    queryKey: [...KEY, 'inputs'],
    queryFn: ({ pageParam }) => conditionsApi.inputs(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = inputs.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns: Column<ConditionInput>[] = [
    { key: 'title', head: t('field.input'), cell: ({ title }) => format.text(title) },
    {
      key: 'value',
      head: t('field.value'),
      number: true,
      cell: ({ value }) => format.amount(value),
    },
    { key: 'on', head: t('field.on'), date: true, cell: ({ on }) => format.date(on) },
    { key: 'source', head: t('field.source'), cell: ({ source }) => source },
  ];
  return (
    <section className="card" aria-labelledby="stated">
      <h2 id="stated">{t('own.stated')}</h2>
      {inputs.isPending && <Loading />}
      {inputs.isError && <ProblemNote error={inputs.error} />}
      {inputs.data && rows.length === 0 && <p>{t('own.none')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('own.stated')}
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
