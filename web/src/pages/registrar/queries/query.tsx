import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import {
  type LearnerQuery,
  type LearnerQueryAnswer,
  learnerQueriesApi,
} from '../../../api/learner-queries';
import { ActForm } from '../../../parts/act-form';
import { Field } from '../../../parts/field';
import { textOf } from '../../../parts/form';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { PromiseTag, useAbout } from './query-words';

const FINDINGS = ['record-corrected', 'record-complete', 'cannot-tell'] as const;

/** One question of a learner: who, what, by when, and the answer. */
export function QueryPage() {
  const { t } = useTranslation('records');
  const { id = '' } = useParams();
  // Each look is written down for the learner, so this page does not look again by itself.
  const query = useQuery({
    queryKey: ['learner-query', id],
    queryFn: () => learnerQueriesApi.show(id),
    refetchOnWindowFocus: false,
  });
  return (
    <Page
      title={query.data ? t('query.title', { number: query.data.number }) : t('queries.title')}
      lead={
        <p>
          <Link to="/registrar/queries">{t('query.back')}</Link>
        </p>
      }
    >
      {query.isPending && <Loading />}
      {query.isError && <ProblemNote error={query.error} />}
      {query.data && (
        <div className="stack">
          <Facts query={query.data} />
          <Talk query={query.data} />
          {query.data.state === 'asked' && <Answer query={query.data} />}
        </div>
      )}
    </Page>
  );
}

function Facts({ query }: { query: LearnerQuery }) {
  const { t } = useTranslation(['records', 'verify']);
  const format = useFormat();
  const aboutOf = useAbout();
  const { learner, about } = query;
  return (
    <section className="card stack" aria-labelledby="about">
      <h2 id="about">{aboutOf(query)}</h2>
      <p>
        <PromiseTag query={query} />
      </p>
      <dl className="facts wide">
        <div>
          <dt>{t('query.learner')}</dt>
          <dd className="plain">
            {learner ? (learner.name ?? t('found.unnamed')) : t('query.gone')}
          </dd>
        </div>
        {learner && (
          <div>
            <dt>{t('query.documents')}</dt>
            <dd className="plain">
              {learner.identities
                .map(({ kind, masked }) => `${t(`verify:document.${kind}`)} ${masked}`)
                .join(' · ')}
            </dd>
          </div>
        )}
        {about.on !== null && (
          <div>
            <dt>{t('query.on')}</dt>
            <dd className="plain">{format.date(about.on)}</dd>
          </div>
        )}
        <div>
          <dt>{t('query.due')}</dt>
          <dd className="plain">{format.date(query.dueOn)}</dd>
        </div>
      </dl>
      {learner && query.state === 'asked' && <Ways query={query} learner={learner.id} />}
    </section>
  );
}

/** Where what is missing is posted, and where what is wrong is put right. */
function Ways({ query, learner }: { query: LearnerQuery; learner: string }) {
  const { t } = useTranslation('records');
  const { kind, outcomeId } = query.about;
  return (
    <p className="row">
      {kind === 'outcome' && outcomeId !== null ? (
        <Link
          className="button"
          to={`/registrar/records/${learner}/${outcomeId}?query=${query.id}`}
        >
          {t('query.look')}
        </Link>
      ) : (
        <Link className="button" to={`/registrar/records/new?query=${query.id}`}>
          {t('query.post')}
        </Link>
      )}
    </p>
  );
}

/** What was said, oldest first. */
function Talk({ query }: { query: LearnerQuery }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  return (
    <section className="card" aria-labelledby="talk">
      <h2 id="talk">{t('talk.title')}</h2>
      <ol className="lines">
        {query.history.map((event, index) => (
          <li key={index}>
            <p className="small soft">
              {t(`talk.${event.action}`, {
                at: format.moment(event.at),
                who: event.by.office ? format.text(event.by.office) : t('talk.learner'),
              })}
            </p>
            {event.finding && (
              <p>
                <strong>{t(`finding.${event.finding}`)}</strong>
              </p>
            )}
            {event.words && <p>{event.words}</p>}
            {event.dueOn && (
              <p className="small soft">{t('talk.due', { date: format.date(event.dueOn) })}</p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Answer({ query }: { query: LearnerQuery }) {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const posted = search.get('outcome');
  return (
    <section className="card stack" aria-labelledby="answer">
      <div>
        <h2 id="answer">{t('answer.title')}</h2>
        <p>{t('answer.text')}</p>
      </div>
      {posted !== null && <Note tone="good" title={t('answer.linked')} />}
      <ActForm
        label={t('answer.action')}
        act={(form) => learnerQueriesApi.answer(query.id, answerOf(form, posted))}
        onDone={(answered) => {
          queries.setQueryData(['learner-query', query.id], answered);
          void queries.invalidateQueries({ queryKey: ['learner-queries'] });
        }}
      >
        <fieldset>
          <legend>{t('answer.finding')}</legend>
          {FINDINGS.map((finding, index) => (
            <label key={finding} className="choice">
              <input
                type="radio"
                name="finding"
                value={finding}
                defaultChecked={posted !== null && index === 0}
                required
              />
              <span>{t(`finding.${finding}`)}</span>
            </label>
          ))}
        </fieldset>
        <Field label={t('answer.words')} hint={t('answer.wordsHint')}>
          {(control) => <textarea {...control} name="words" maxLength={1000} required />}
        </Field>
      </ActForm>
    </section>
  );
}

function answerOf(form: FormData, posted: string | null): LearnerQueryAnswer {
  return {
    finding: textOf(form, 'finding') as LearnerQueryAnswer['finding'],
    words: textOf(form, 'words').trim(),
    ...(posted !== null && { outcome: posted }),
  };
}
