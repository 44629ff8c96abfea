import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import type { Application, Review } from '../../api/types';
import { ApplicationTag, WITH_PEOPLE, lookAgainAfter } from '../../parts/application-state';
import { DecisionView } from '../../parts/decision-view';
import { Field } from '../../parts/field';
import { HistoryNotes } from '../../parts/history-notes';
import { ProblemNote } from '../../parts/note';
import { OutcomeTable } from '../../parts/outcome-table';
import { Findings } from './findings';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';

const MAX_NOTE = 500;

/** One application as the receiving school sees it: the decision, its reasons, its own verdict. */
export function ReviewPage() {
  const { t } = useTranslation('review');
  const { id = '' } = useParams();
  const application = useQuery({
    queryKey: ['applications', id],
    queryFn: () => api.application(id),
    refetchInterval: (query) => lookAgainAfter(query.state.data?.state),
  });
  return (
    <Page
      title={t('page.title')}
      lead={
        <p>
          <Link to="/review">{t('page.all')}</Link>
        </p>
      }
    >
      {application.isPending && <Loading />}
      {application.isError && <ProblemNote error={application.error} />}
      {application.data && <Case application={application.data} />}
    </Page>
  );
}

function Case({ application }: { application: Application }) {
  const { t } = useTranslation('review');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const titles = new Map(application.outcomes.map(({ id, title }) => [id, title]));
  const rows = application.outcomes.map((outcome) => ({
    ...outcome,
    registrar: outcome.institution.name,
  }));
  return (
    <div className="stack">
      <section className="card">
        <h2>
          {programmeName(application.programme)}
          {application.learnerName && ` · ${application.learnerName}`}
        </h2>
        <div role="status">
          <ApplicationTag state={application.state} />
        </div>
        <p className="soft">{t('page.created', { at: format.moment(application.createdAt) })}</p>
        <HistoryNotes history={application.history} />
      </section>
      {application.decision && (
        <DecisionView
          decision={application.decision}
          titles={titles}
          isBooked={application.state === 'booked'}
        />
      )}
      {rows.length > 0 && (
        <section className="card">
          <h2>{t('page.outcomes')}</h2>
          <OutcomeTable outcomes={rows} caption={t('page.outcomes')} hideCaption />
        </section>
      )}
      {WITH_PEOPLE.includes(application.state) && (
        <>
          <Findings application={application} titles={titles} />
          <VerdictForm application={application} />
        </>
      )}
    </div>
  );
}

const VERDICTS = ['approve', 'return', 'reject'] as const satisfies Review['verdict'][];

function VerdictForm({ application }: { application: Application }) {
  const { t } = useTranslation('review');
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<Review['verdict'] | null>(null);
  const review = useMutation({
    mutationFn: (wish: Review) => api.review(application.id, wish),
    onSettled: () => queries.invalidateQueries({ queryKey: ['applications'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note')).trim();
    if (!verdict) return;
    review.mutate({
      verdict,
      ...(note && { note }),
      ...(application.decisionHash && { decisionHash: application.decisionHash }),
    });
  };
  return (
    <section className="card stack no-print" aria-labelledby="verdict">
      <h2 id="verdict">{t('verdict.title')}</h2>
      {review.isError && <ProblemNote error={review.error} />}
      <form onSubmit={submit}>
        <fieldset>
          <legend>{t('verdict.choose')}</legend>
          {VERDICTS.map((choice) => (
            <label key={choice} className="choice">
              <input
                type="radio"
                name="verdict"
                required
                checked={verdict === choice}
                onChange={() => setVerdict(choice)}
              />
              <span>{t(`verdict.${choice}`)}</span>
            </label>
          ))}
        </fieldset>
        <Field label={t('verdict.note')} hint={t('verdict.noteHint')}>
          {(control) => (
            <textarea
              {...control}
              name="note"
              maxLength={MAX_NOTE}
              required={verdict !== null && verdict !== 'approve'}
            />
          )}
        </Field>
        <button type="submit" className="button main" disabled={review.isPending}>
          {t('verdict.record')}
        </button>
      </form>
    </section>
  );
}
