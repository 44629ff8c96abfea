import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { counterApi } from '../../api/counter';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { Page } from '../../parts/page';
import { PersonFields, personOf } from '../../parts/person-fields';
import { useFormat } from '../../parts/use-format';

const MAX_TEXT = 200;

/** Write down that somebody may act for a minor, from the own account. */
export function Guardianship() {
  const { t } = useTranslation('counter');
  const format = useFormat();
  const begin = useMutation({ mutationFn: counterApi.guardianship });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const birthDate = textOf(form, 'birthDate');
    begin.mutate(
      {
        learner: personOf(form, 'minor-'),
        guardian: personOf(form, 'guardian-'),
        record: textOf(form, 'record').trim(),
        ...(birthDate && { birthDate }),
      },
      { onSuccess: () => element.reset() },
    );
  };
  return (
    <Page title={t('guardian.title')} lead={<p>{t('guardian.lead')}</p>}>
      <div className="stack">
        {begin.isSuccess && (
          <Note tone="good" urgent title={t('guardian.done')}>
            <p>{t('guardian.until', { date: format.date(begin.data.endsAt) })}</p>
          </Note>
        )}
        {begin.isError && <ProblemNote error={begin.error} />}
        <form onSubmit={submit} className="stack">
          <fieldset className="card">
            <legend className="visually-hidden">{t('guardian.minor')}</legend>
            <h2>{t('guardian.minor')}</h2>
            <PersonFields prefix="minor-" />
            <Field label={t('guardian.birthDate')} hint={t('guardian.birthDateHint')}>
              {(control) => <input {...control} type="date" name="birthDate" />}
            </Field>
          </fieldset>
          <fieldset className="card">
            <legend className="visually-hidden">{t('guardian.guardian')}</legend>
            <h2>{t('guardian.guardian')}</h2>
            <PersonFields prefix="guardian-" />
          </fieldset>
          <section className="card" aria-label={t('guardian.record')}>
            <Field label={t('guardian.record')} hint={t('guardian.recordHint')}>
              {(control) => <input {...control} name="record" maxLength={MAX_TEXT} required />}
            </Field>
            <button type="submit" className="button main" disabled={begin.isPending}>
              {t('guardian.begin')}
            </button>
          </section>
        </form>
      </div>
    </Page>
  );
}
