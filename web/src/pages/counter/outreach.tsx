import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { counterApi } from '../../api/counter';
import { outreachApi } from '../../api/workload';
import type { NewGuardianship } from '../../api/types';
import { Field } from '../../parts/field';
import { textOf, trimmedOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { Page } from '../../parts/page';
import { PersonFields, personOf } from '../../parts/person-fields';
import { useFormat } from '../../parts/use-format';
import { OutreachConsents } from '../../parts/workload/consents';

const MAX_TEXT = 200;
const MOST_DAYS = 730;
const USUAL_DAYS = 365;

interface Agreed extends NewGuardianship {
  readonly days: number;
}

/** Guardianship and consent in one: the guardian stands there with the paper. */
async function agree({ days, ...wanted }: Agreed) {
  const { id } = await counterApi.guardianship(wanted);
  return outreachApi.give({ guardianship: id, record: wanted.record, days });
}

/** A clerk of a school of pupils takes a guardian's consent down. */
export function OutreachConsent() {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const queries = useQueryClient();
  const give = useMutation({
    mutationFn: agree,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['outreach'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const birthDate = textOf(form, 'birthDate');
    give.mutate(
      {
        learner: personOf(form, 'child-'),
        guardian: personOf(form, 'guardian-'),
        record: trimmedOf(form, 'record'),
        days: Number(textOf(form, 'days')),
        ...(birthDate && { birthDate }),
      },
      { onSuccess: () => element.reset() },
    );
  };
  return (
    <Page title={t('outreach.give')} lead={<p>{t('outreach.giveLead')}</p>}>
      <div className="stack">
        {give.isSuccess && (
          <Note
            tone="good"
            urgent
            title={t('outreach.done', { date: format.date(give.data.endsAt) })}
          />
        )}
        {give.isError && <ProblemNote error={give.error} />}
        <form onSubmit={submit} className="stack">
          <People />
          <section className="card" aria-label={t('outreach.recordField')}>
            <Field label={t('outreach.recordField')} hint={t('outreach.recordHint')}>
              {(control) => <input {...control} name="record" maxLength={MAX_TEXT} required />}
            </Field>
            <Field label={t('outreach.days')} hint={t('outreach.daysHint')}>
              {(control) => (
                <input
                  {...control}
                  type="number"
                  name="days"
                  min={1}
                  max={MOST_DAYS}
                  defaultValue={USUAL_DAYS}
                  required
                />
              )}
            </Field>
            <button type="submit" className="button main" disabled={give.isPending}>
              {t('outreach.give')}
            </button>
          </section>
        </form>
        <OutreachConsents mayWithdraw />
      </div>
    </Page>
  );
}

function People() {
  const { t } = useTranslation('workload');
  return (
    <>
      <fieldset className="card">
        <legend className="visually-hidden">{t('outreach.child')}</legend>
        <h2>{t('outreach.child')}</h2>
        <PersonFields prefix="child-" />
        <Field label={t('outreach.birthDate')} hint={t('outreach.birthDateHint')}>
          {(control) => <input {...control} type="date" name="birthDate" />}
        </Field>
      </fieldset>
      <fieldset className="card">
        <legend className="visually-hidden">{t('outreach.guardian')}</legend>
        <h2>{t('outreach.guardian')}</h2>
        <PersonFields prefix="guardian-" />
      </fieldset>
    </>
  );
}
