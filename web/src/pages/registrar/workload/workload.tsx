import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { workloadApi } from '../../../api/workload';
import { Field } from '../../../parts/field';
import { trimmedOf } from '../../../parts/form';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { fenOf } from '../../../parts/workload/fen';
import { PeriodField, thisYear } from '../../../parts/workload/period-field';
import { WorkloadEntries, WorkloadView } from '../../../parts/workload/view';

const MAX_PROJECT = 120;
const MAX_SOURCE = 300;

/** The workload of the own institution, and the income that it states. */
export function WorkloadPage() {
  const { t } = useTranslation('workload');
  const [period, setPeriod] = useState(thisYear());
  const asked = { institution: null, period };
  const workload = useQuery({
    queryKey: ['workload', null, period],
    queryFn: () => workloadApi.show(asked),
    ...live,
  });
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        <PeriodField value={period} onChange={setPeriod} />
        {workload.isPending && <Loading />}
        {workload.isError && <ProblemNote error={workload.error} />}
        {workload.data && <WorkloadView asked={asked} data={workload.data} />}
        <StateIncome />
        {workload.data && <WorkloadEntries asked={asked} />}
      </div>
    </Page>
  );
}

function StateIncome() {
  const { t } = useTranslation('workload');
  const queries = useQueryClient();
  const state = useMutation({
    mutationFn: workloadApi.stateIncome,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workload'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const wanted = {
      project: trimmedOf(form, 'project'),
      on: trimmedOf(form, 'on'),
      amountFen: fenOf(trimmedOf(form, 'yuan')),
      source: trimmedOf(form, 'source'),
    };
    state.mutate(wanted, { onSuccess: () => element.reset() });
  };
  return (
    <section className="card" aria-labelledby="state-income">
      <h2 id="state-income">{t('income.state')}</h2>
      {state.isError && <ProblemNote error={state.error} />}
      {state.isSuccess && <Note tone="good" urgent title={t('income.saved')} />}
      <form onSubmit={submit}>
        <Field label={t('income.project')}>
          {(control) => <input {...control} name="project" maxLength={MAX_PROJECT} required />}
        </Field>
        <Field label={t('income.on')}>
          {(control) => <input {...control} type="date" name="on" required />}
        </Field>
        <Field label={t('income.yuan')} hint={t('income.yuanHint')}>
          {(control) => (
            <input
              {...control}
              name="yuan"
              inputMode="decimal"
              pattern="[0-9]{1,12}([.][0-9]{1,2})?"
              required
            />
          )}
        </Field>
        <Field label={t('income.source')} hint={t('income.sourceHint')}>
          {(control) => <input {...control} name="source" maxLength={MAX_SOURCE} required />}
        </Field>
        <button type="submit" className="button main" disabled={state.isPending}>
          {t('income.save')}
        </button>
      </form>
    </section>
  );
}
