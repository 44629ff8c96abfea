import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { counterApi } from '../../api/counter';
import type { Act } from '../../api/types';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { Page } from '../../parts/page';
import { PersonFields, personOf } from '../../parts/person-fields';
import { current } from './current';

const ACTS = ['see', 'apply', 'share'] as const satisfies readonly Act[];
const MINUTES = [15, 30, 60] as const;
const USUAL_MINUTES = 30;
const MAX_TEXT = 200;

/** Begin to serve somebody: their document, what they agreed to, and how. */
export function Start() {
  const { t } = useTranslation('counter');
  const running = current.get();
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        {running !== null && (
          <Note tone="wait" title={t('running')}>
            <p>
              <Link to={`/counter/serving/${running}`}>{t('back')}</Link>
            </p>
          </Note>
        )}
        <section className="card" aria-labelledby="start">
          <h2 id="start">{t('start.title')}</h2>
          <StartForm />
        </section>
      </div>
    </Page>
  );
}

function StartForm() {
  const { t } = useTranslation('counter');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isSpoken, setSpoken] = useState(false);
  const [noAct, setNoAct] = useState(false);
  const open = useMutation({
    mutationFn: counterApi.open,
    onSuccess: async (session) => {
      queries.setQueryData(['counter', session.id], session);
      current.set(session.id);
      await navigate(`/counter/serving/${session.id}`);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const acts = ACTS.filter((act) => form.has(act));
    setNoAct(acts.length === 0);
    if (acts.length === 0) return;
    open.mutate({
      learner: personOf(form),
      acts,
      minutes: Number(textOf(form, 'minutes')),
      ...(isSpoken
        ? { given: 'spoken', witness: textOf(form, 'witness').trim() }
        : { given: 'signed-paper', record: textOf(form, 'record').trim() }),
    });
  };
  return (
    <form onSubmit={submit}>
      {open.isError && <ProblemNote error={open.error} />}
      <PersonFields />
      <Acts isMissing={noAct} />
      <Agreement isSpoken={isSpoken} onSpoken={setSpoken} />
      <Field label={t('start.minutes')}>
        {(control) => (
          <select {...control} name="minutes" defaultValue={USUAL_MINUTES}>
            {MINUTES.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('start.minuteCount', { count: minutes })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className="small soft">{t('start.logged')}</p>
      <button type="submit" className="button main" disabled={open.isPending}>
        {t('start.open')}
      </button>
    </form>
  );
}

function Acts({ isMissing }: { isMissing: boolean }) {
  const { t } = useTranslation('counter');
  return (
    <fieldset className="field">
      <legend>{t('start.acts')}</legend>
      {isMissing && (
        <p className="fault" role="alert">
          {t('start.noAct')}
        </p>
      )}
      {ACTS.map((act) => (
        <label key={act} className="choice">
          <input type="checkbox" name={act} defaultChecked={act === 'see'} />
          {t(`start.act.${act}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** How the person agreed: on paper that is kept, or before a colleague. */
function Agreement(props: { isSpoken: boolean; onSpoken: (isSpoken: boolean) => void }) {
  const { t } = useTranslation('counter');
  const { isSpoken, onSpoken } = props;
  return (
    <>
      <fieldset className="field">
        <legend>{t('start.given')}</legend>
        {([false, true] as const).map((spoken) => (
          <label key={String(spoken)} className="choice">
            <input
              type="radio"
              name="given"
              checked={isSpoken === spoken}
              onChange={() => onSpoken(spoken)}
            />
            {t(spoken ? 'start.spoken' : 'start.paper')}
          </label>
        ))}
      </fieldset>
      {isSpoken ? (
        <Field label={t('start.witness')} hint={t('start.witnessHint')}>
          {(control) => (
            <input
              {...control}
              name="witness"
              autoCapitalize="none"
              maxLength={MAX_TEXT}
              required
            />
          )}
        </Field>
      ) : (
        <Field label={t('start.record')} hint={t('start.recordHint')}>
          {(control) => <input {...control} name="record" maxLength={MAX_TEXT} required />}
        </Field>
      )}
    </>
  );
}
