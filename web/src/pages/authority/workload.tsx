import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Coefficient, type Coefficients, workloadApi } from '../../api/workload';
import { ConfirmButton } from '../../parts/confirm-button';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { trimmedOf } from '../../parts/form';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { PeriodField, thisYear } from '../../parts/workload/period-field';
import { WorkloadEntries, WorkloadView } from '../../parts/workload/view';
import { useInstitutions } from './queries';

const MAX_SOURCE = 300;

/** The workload of any institution: close a period, and lay down how trainings are weighed. */
export function WorkloadOfAll() {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const institutions = useInstitutions();
  const [institution, setInstitution] = useState('');
  const [period, setPeriod] = useState(thisYear());
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        <div className="columns">
          <Field label={t('institution')} hint={t('chooseHint')}>
            {(control) => (
              <select
                {...control}
                value={institution}
                onChange={(event) => setInstitution(event.currentTarget.value)}
              >
                <option value="">{t('choose')}</option>
                {institutions.data?.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {format.text(name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <PeriodField value={period} onChange={setPeriod} />
        </div>
        {institutions.isPending && <Loading />}
        {institutions.isError && <ProblemNote error={institutions.error} />}
        {institution !== '' && <OfOne institution={institution} period={period} />}
        <Terms />
      </div>
    </Page>
  );
}

function OfOne(asked: { institution: string; period: string }) {
  const workload = useQuery({
    queryKey: ['workload', asked.institution, asked.period],
    queryFn: () => workloadApi.show(asked),
    ...live,
  });
  if (workload.isPending) return <Loading />;
  if (workload.isError) return <ProblemNote error={workload.error} />;
  return (
    <>
      {workload.data.closed === null && <Close {...asked} />}
      <WorkloadView asked={asked} data={workload.data} />
      <WorkloadEntries asked={asked} />
    </>
  );
}

function Close({ institution, period }: { institution: string; period: string }) {
  const { t } = useTranslation('workload');
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: () => workloadApi.close(institution, period),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workload'] }),
  });
  if (period >= thisYear()) return <p className="soft">{t('close.notYet')}</p>;
  return (
    <div>
      {close.isError && <ProblemNote error={close.error} />}
      <ConfirmButton
        label={t('close.label')}
        title={t('close.title')}
        question={<p>{t('close.question', { period })}</p>}
        confirmLabel={t('close.confirm')}
        disabled={close.isPending}
        onConfirm={() => close.mutate()}
      />
    </div>
  );
}

function Terms() {
  const { t } = useTranslation('workload');
  const coefficients = useQuery({
    queryKey: ['workload', 'coefficients'],
    queryFn: workloadApi.coefficients,
    ...live,
  });
  return (
    <section className="card stack" aria-labelledby="coefficients">
      <div>
        <h2 id="coefficients">{t('terms.title')}</h2>
        <p>{t('terms.lead')}</p>
      </div>
      {coefficients.isPending && <Loading />}
      {coefficients.isError && <ProblemNote error={coefficients.error} />}
      {coefficients.data && (
        <>
          <TermsTable data={coefficients.data} />
          <Propose items={coefficients.data.items} />
        </>
      )}
    </section>
  );
}

function TermsTable({ data: { items, otherwise } }: { data: Coefficients }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const nameOf = useCoefficientName();
  const columns: Column<Coefficient>[] = [
    { key: 'what', head: t('terms.what'), cell: nameOf },
    { key: 'now', head: t('terms.now'), number: true, cell: ({ now }) => now },
    {
      key: 'since',
      head: t('terms.since'),
      cell: ({ laidDown }) =>
        laidDown.length === 0 ? (
          <span className="soft">{format.text(otherwise.source)}</span>
        ) : (
          laidDown.map(({ id, from, value, source }) => (
            <div key={id}>
              {format.date(from)} {value} · {source}
            </div>
          ))
        ),
    },
  ];
  return (
    <DataTable
      caption={t('terms.title')}
      hideCaption
      columns={columns}
      rows={items}
      rowKey={({ code }) => code}
    />
  );
}

function Propose({ items }: { items: readonly Coefficient[] }) {
  const { t } = useTranslation('workload');
  const nameOf = useCoefficientName();
  const propose = useMutation({ mutationFn: workloadApi.propose });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const code = items.find((one) => one.code === trimmedOf(form, 'code'))?.code;
    if (!code) return;
    const [from = '', value = '', source = ''] = ['from', 'value', 'source'].map((name) =>
      trimmedOf(form, name),
    );
    propose.mutate({ code, from, value, source }, { onSuccess: () => element.reset() });
  };
  return (
    <form onSubmit={submit} aria-labelledby="propose-coefficient">
      <h3 id="propose-coefficient">{t('terms.propose')}</h3>
      {propose.isError && <ProblemNote error={propose.error} />}
      {propose.isSuccess && <Note tone="good" urgent title={t('terms.proposed')} />}
      <Field label={t('terms.what')}>
        {(control) => (
          <select {...control} name="code">
            {items.map((one) => (
              <option key={one.code} value={one.code}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('terms.value')}>
        {(control) => (
          <input
            {...control}
            name="value"
            inputMode="decimal"
            pattern="[0-9]{1,3}([.][0-9]{1,3})?"
            required
          />
        )}
      </Field>
      <Field label={t('terms.from')}>
        {(control) => <input {...control} type="date" name="from" required />}
      </Field>
      <Field label={t('terms.source')}>
        {(control) => <input {...control} name="source" maxLength={MAX_SOURCE} required />}
      </Field>
      <button type="submit" className="button main" disabled={propose.isPending}>
        {t('terms.propose')}
      </button>
    </form>
  );
}

/** A coefficient in words: what it depends on, and of which value it is. */
function useCoefficientName(): (one: Coefficient) => string {
  const { t } = useTranslation('workload');
  return ({ aspect, of }) => {
    const value =
      aspect === 'kind'
        ? t(`kind.${of as 'unknown'}`)
        : aspect === 'level'
          ? t(`level.${of as 'none'}`)
          : t(`mode.${of as 'unknown'}`);
    return `${t(`terms.aspect.${aspect}`)} · ${value}`;
  };
}
