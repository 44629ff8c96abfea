import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import type { SchoolQuery, SchoolQueryEvent } from '../../api/types';
import { ConfirmButton } from '../../parts/confirm-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { Promised, QueryTag } from './query-state';
import { useQueriesChange } from './use-queries-change';

const MAX_WORDS = 1_000;

/** One query to a school: where it stands, what was said, and what can be done. */
export function QueryPage() {
  const { t } = useTranslation('admissions');
  const { id = '' } = useParams();
  const change = useQueriesChange();
  const query = useQuery({
    queryKey: ['equivalence', 'queries', 'one', id, change],
    enabled: change !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: () => equivalenceApi.query(id),
  });
  return (
    <Page
      title={query.data ? t('query.title', { number: query.data.number }) : t('query.untitled')}
      lead={
        <p className="no-print">
          <Link to="/admissions/queries">{t('query.all')}</Link>
        </p>
      }
    >
      <div className="stack">
        {query.isPending && <Loading />}
        {query.isError && <ProblemNote error={query.error} />}
        {query.data && (
          <>
            <Standing query={query.data} />
            <History events={query.data.history} />
            {query.data.state !== 'closed' && <Acts query={query.data} />}
          </>
        )}
      </div>
    </Page>
  );
}

function Standing({ query }: { query: SchoolQuery }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const facts = [
    ['school', format.text(query.school)],
    ['programme', programmeName(query.programme)],
    ['on', format.date(query.on)],
    ['due', <Promised key="due" query={query} />],
    ['learner', query.learnerId ?? t('query.erased')],
  ] as const;
  return (
    <section className="card stack">
      <div role="status">
        <QueryTag query={query} />
      </div>
      <dl className="facts wide">
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt>{t(`query.fact.${fact}`)}</dt>
            <dd className="plain">{value}</dd>
          </div>
        ))}
      </dl>
      {query.wanted.length > 0 && (
        <p>
          {t('query.wanted', {
            wanted: query.wanted
              .map(({ wanted, outcomes }) => wanted || outcomes.join(' / '))
              .join('；'),
          })}
        </p>
      )}
    </section>
  );
}

function History({ events }: { events: readonly SchoolQueryEvent[] }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">{t('query.history')}</h2>
      <ol className="lines">
        {events.map((event) => (
          <li key={event.at}>
            <strong>
              {t(`query.action.${event.action}`)}
              {event.finding && ` · ${t(`query.finding.${event.finding}`)}`}
            </strong>
            <div className="small soft">
              {[
                event.by ? format.text(event.by) : t('query.service'),
                format.moment(event.at),
              ].join(' · ')}
            </div>
            {event.words && <p>{event.words}</p>}
            {event.dueOn && <p>{t('query.promised', { date: format.date(event.dueOn) })}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What the office can do now: check again, ask once more, close. */
function Acts({ query }: { query: SchoolQuery }) {
  const { t } = useTranslation('admissions');
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (words: string | null) =>
      words === null
        ? equivalenceApi.closeQuery(query.id)
        : equivalenceApi.askAgain(query.id, words),
    onSettled: () => queries.invalidateQueries({ queryKey: ['equivalence'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    act.mutate(textOf(new FormData(event.currentTarget), 'words').trim());
  };
  return (
    <section className="card stack no-print" aria-labelledby="acts">
      <h2 id="acts">{t('query.acts')}</h2>
      {act.isError && <ProblemNote error={act.error} />}
      {query.state === 'asked' && <p>{t('query.askedAdvice')}</p>}
      {query.state === 'answered' && (
        <>
          <p>{t('query.answeredAdvice')}</p>
          <p>
            <Link className="button main" to="/admissions/person">
              {t('query.checkAgain')}
            </Link>
          </p>
          <form onSubmit={submit}>
            <Field label={t('query.words')} hint={t('query.wordsHint')}>
              {(control) => <textarea {...control} name="words" maxLength={MAX_WORDS} required />}
            </Field>
            <button type="submit" className="button" disabled={act.isPending}>
              {t('query.askAgain')}
            </button>
          </form>
        </>
      )}
      <div>
        <ConfirmButton
          label={t('query.close')}
          title={t('query.close')}
          question={<p>{t('query.closeQuestion')}</p>}
          confirmLabel={t('query.close')}
          tone="grave"
          disabled={act.isPending}
          onConfirm={() => act.mutate(null)}
        />
      </div>
    </section>
  );
}
