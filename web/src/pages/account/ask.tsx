import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { questionsApi } from '../../api/questions';
import type { NewLearnerQuery, Outcome } from '../../api/types';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Icon } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { useInstitutions } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { useAct, useWhose } from './record';

const MAX_WORDS = 1_000;
const MAX_COURSE = 200;
const TEACHING: readonly string[] = [
  'school',
  'issuer',
  'community-college',
  'senior-university',
  'open-university',
];

/** Asks the school about one credit or, without one, about something that is missing. */
export function AskButton({ about, label }: { about: Outcome | null; label: string }) {
  const { acts } = useWhose();
  if (!acts.includes('apply')) return null;
  return (
    <DialogButton
      label={
        <>
          <Icon name="question" />
          {label}
        </>
      }
      title={label}
    >
      {(close) => <AskForm about={about} onClose={close} />}
    </DialogButton>
  );
}

function AskForm({ about, onClose }: { about: Outcome | null; onClose: () => void }) {
  const { t } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const navigate = useNavigate();
  const { base } = useWhose();
  const ask = useAct((client, body: NewLearnerQuery) => questionsApi.ask(client, body));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const on = textOf(form, 'on');
    const subject = about
      ? { outcome: about.id }
      : {
          school: textOf(form, 'school'),
          course: textOf(form, 'course').trim(),
          ...(on && { on }),
        };
    ask.mutate(
      { ...subject, words: textOf(form, 'words').trim() },
      {
        onSuccess: ({ id }) => {
          onClose();
          void navigate(`${base}/questions/${id}`);
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <p>{t('ask.text')}</p>
      {ask.isError && <ProblemNote error={ask.error} />}
      {!about && <MissingFields />}
      <Field label={t('ask.words')} hint={about ? t('ask.wrongHint') : t('ask.missingHint')}>
        {(control) => <textarea {...control} name="words" maxLength={MAX_WORDS} required />}
      </Field>
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={ask.isPending}>
          {t('ask.send')}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}

function MissingFields() {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { data: institutions = [] } = useInstitutions();
  return (
    <>
      <Field label={t('ask.school')}>
        {(control) => (
          <select {...control} name="school" required>
            {institutions
              .filter(({ kind }) => TEACHING.includes(kind))
              .map(({ code, name }) => (
                <option key={code} value={code}>
                  {format.text(name)}
                </option>
              ))}
          </select>
        )}
      </Field>
      <Field label={t('ask.course')} hint={t('ask.courseHint')}>
        {(control) => <input {...control} name="course" maxLength={MAX_COURSE} required />}
      </Field>
      <Field label={t('ask.on')}>{(control) => <input {...control} type="date" name="on" />}</Field>
    </>
  );
}
