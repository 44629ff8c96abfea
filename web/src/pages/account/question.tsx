import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { questionsApi } from '../../api/questions';
import type { LearnerQuery } from '../../api/types';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { QuestionAbout, QuestionTag } from './question-parts';
import { useAct, useOwn, useWhose } from './record';

const MAX_WORDS = 1_000;

/** One question with its number, its promised day and everything that was said. */
export function QuestionPage() {
  const { t } = useTranslation('mine');
  const { id = '' } = useParams();
  const { base } = useWhose();
  const question = useOwn(['questions', id], (client) => questionsApi.show(client, id));
  return (
    <Page title={t('question.title')}>
      <div className="stack">
        {question.isPending && <Loading />}
        {question.isError && <ProblemNote error={question.error} />}
        {question.data && <Question question={question.data} />}
        <p className="no-print">
          <Link to={`${base}/questions`}>{t('question.all')}</Link>
        </p>
      </div>
    </Page>
  );
}

function Question({ question }: { question: LearnerQuery }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { base } = useWhose();
  const { about, school, number } = question;
  return (
    <section className="card stack" aria-labelledby="question">
      <div>
        <h2 id="question">
          {about.outcomeId ? (
            <Link to={`${base}/credits/${about.outcomeId}`}>
              <QuestionAbout about={about} />
            </Link>
          ) : (
            <QuestionAbout about={about} />
          )}
        </h2>
        <p>{t('question.number', { number, school: format.text(school) })}</p>
        <div role="status">
          <QuestionTag question={question} />
        </div>
      </div>
      <ol className="lines">
        {question.history.map((event) => (
          <Event key={`${event.at} ${event.action}`} event={event} />
        ))}
      </ol>
      <Acts question={question} />
    </section>
  );
}

function Event({ event }: { event: LearnerQuery['history'][number] }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { base } = useWhose();
  const { by, action, finding, words, outcomeId, at } = event;
  return (
    <li>
      <strong>
        {t(`question.action.${action}`, {
          who: by.office ? format.text(by.office) : t(`question.by.${by.kind}`),
        })}
      </strong>
      {finding && <div>{t(`question.finding.${finding}`)}</div>}
      {words && <p>{words}</p>}
      {outcomeId && action === 'answer' && (
        <p>
          <Link to={`${base}/credits/${outcomeId}`}>{t('question.outcome')}</Link>
        </p>
      )}
      <div className="small soft">{format.moment(at)}</div>
    </li>
  );
}

/** Ask once more about the answer, or say that nothing more is needed. */
function Acts({ question }: { question: LearnerQuery }) {
  const { t } = useTranslation('mine');
  const { acts } = useWhose();
  const close = useAct((client) => questionsApi.close(client, question.id));
  if (question.state === 'closed' || !acts.includes('apply')) return null;
  return (
    <div className="stack no-print">
      {close.isError && <ProblemNote error={close.error} />}
      <div className="row">
        {question.mayAskAgain && (
          <DialogButton label={t('question.askAgain')} title={t('question.askAgain')}>
            {(done) => <AgainForm id={question.id} onDone={done} />}
          </DialogButton>
        )}
        <button
          type="button"
          className="button"
          disabled={close.isPending}
          onClick={() => close.mutate()}
        >
          {t('question.close')}
        </button>
      </div>
    </div>
  );
}

function AgainForm({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useTranslation('mine');
  const { t: tl } = useTranslation('learner');
  const { t: tc } = useTranslation();
  const ask = useAct((client, words: string) => questionsApi.askAgain(client, id, words));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const words = textOf(new FormData(event.currentTarget), 'words').trim();
    ask.mutate(words, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <p>{t('question.againText')}</p>
      {ask.isError && <ProblemNote error={ask.error} />}
      <Field label={tl('ask.words')}>
        {(control) => <textarea {...control} name="words" maxLength={MAX_WORDS} required />}
      </Field>
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={ask.isPending}>
          {tl('ask.send')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}
