import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import type { EquivalenceAnswer } from '../../api/types';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { useFormat } from '../../parts/use-format';

const MAX_WORDS = 1_000;

/** "Not matched" is not the end: the school that registered it is asked, and promises a day. */
export function AskSchoolButton({ answer }: { answer: Pick<EquivalenceAnswer, 'id' | 'schools'> }) {
  const { t } = useTranslation('admissions');
  const { id, schools } = answer;
  if (id === null || schools.length === 0) return null;
  const label = (
    <>
      <Icon name="person" />
      {t('askSchool.open')}
    </>
  );
  return (
    <DialogButton label={label} title={t('askSchool.title')} tone="main">
      {(close) => <AskSchoolForm answer={id} schools={schools} onClose={close} />}
    </DialogButton>
  );
}

function AskSchoolForm(props: {
  answer: string;
  schools: EquivalenceAnswer['schools'];
  onClose: () => void;
}) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: equivalenceApi.askSchool,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['equivalence', 'open-queries'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    ask.mutate({
      answer: props.answer,
      school: textOf(form, 'school'),
      words: textOf(form, 'words').trim(),
    });
  };
  if (ask.data) {
    const { id, number, dueOn } = ask.data;
    return (
      <>
        <Note tone="good" urgent title={t('askSchool.sent', { number })}>
          <p>{t('askSchool.promised', { date: format.date(dueOn) })}</p>
        </Note>
        <p className="row dialog-actions">
          <Link className="button main" to={`/admissions/queries/${id}`}>
            {t('askSchool.follow')}
          </Link>
          <button type="button" className="button" onClick={props.onClose}>
            {t('askSchool.stay')}
          </button>
        </p>
      </>
    );
  }
  return (
    <form onSubmit={submit}>
      {ask.isError && <ProblemNote error={ask.error} />}
      <p>{t('askSchool.lead')}</p>
      <Field label={t('askSchool.school')}>
        {(control) => (
          <select {...control} name="school" required>
            {props.schools.map((school) => (
              <option key={school.code} value={school.code}>
                {format.text(school)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('askSchool.words')} hint={t('askSchool.wordsHint')}>
        {(control) => <textarea {...control} name="words" maxLength={MAX_WORDS} required />}
      </Field>
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={ask.isPending}>
          {t('askSchool.send')}
        </button>
        <button type="button" className="button" onClick={props.onClose}>
          {t('askSchool.cancel')}
        </button>
      </div>
    </form>
  );
}
