import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type CandidacyDecision, type CandidateDetail, schemesApi } from '../../api/schemes';
import { EligibilityView } from '../../parts/admission/eligibility-view';
import { SCHEMES_KEY } from '../../parts/admission/scheme-list';
import { Fact } from '../../parts/fact';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';

const REASONS = [
  'places-full',
  'score-too-low',
  'not-eligible',
  'requirements-of-the-school',
  'mistake',
] as const satisfies readonly NonNullable<CandidacyDecision['reason']>[];

/** One candidate: who, on what evidence, what happened, and the decision. */
export function CandidatePage() {
  const { t } = useTranslation('candidates');
  const { id = '' } = useParams();
  const candidate = useQuery({
    queryKey: [SCHEMES_KEY, 'candidate', id],
    queryFn: () => schemesApi.candidate(id),
    staleTime: 60_000,
  });
  return (
    <Page title={t('office.candidate')}>
      <div className="stack">
        {candidate.isPending && <Loading />}
        {candidate.isError && <ProblemNote error={candidate.error} />}
        {candidate.data && (
          <>
            <Who candidate={candidate.data} />
            <Decide candidate={candidate.data} />
            <EligibilityView eligibility={candidate.data.eligibility} />
            <p>
              <Link to={`/admissions/schemes/${candidate.data.scheme}`}>{t('office.back')}</Link>
            </p>
          </>
        )}
      </div>
    </Page>
  );
}

function Who({ candidate }: { candidate: CandidateDetail }) {
  const { t } = useTranslation(['schemes', 'candidates']);
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="who">
      <h2 id="who">{candidate.name ?? t('candidates:office.unnamed')}</h2>
      <dl className="facts wide">
        <Fact term={t('candidates:office.document')}>
          {format.list(candidate.documents.map(({ masked }) => masked))}
        </Fact>
        <Fact term={t('major')}>{format.text(candidate.place.title)}</Fact>
        <Fact term={t('candidates:office.state')}>{t(`mine.candidacy.${candidate.state}`)}</Fact>
        <Fact term={t('candidates:office.score')}>
          {candidate.score === null ? '—' : format.amount(candidate.score)}
        </Fact>
      </dl>
      <div>
        <h3>{t('candidates:office.history')}</h3>
        <ol>
          {candidate.history.map(({ action, reason, proven, at }) => (
            <li key={at}>
              {format.moment(at)} {t(`candidates:office.actions.${action}`)}
              {reason !== null && ` · ${t(`reasons.${reason}`)}`}
              {proven === false && ` · ${t('candidates:office.unproven')}`}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Decide({ candidate }: { candidate: CandidateDetail }) {
  const { t } = useTranslation('candidates');
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (body: CandidacyDecision) => schemesApi.decide(candidate.id, body),
    onSettled: () => queries.invalidateQueries({ queryKey: [SCHEMES_KEY] }),
  });
  const { state, status } = candidate;
  if (state === 'withdrawn') return null;
  const isWaiting = state === 'applied';
  return (
    <section className="card stack" aria-labelledby="decide">
      <h2 id="decide">{t('office.decide')}</h2>
      {candidate.hasChanged && <Note tone="wait" title={t('office.changed')} />}
      {decide.isError && <ProblemNote error={decide.error} />}
      {isWaiting && (
        <Admit
          isProven={status === 'eligible'}
          isBusy={decide.isPending}
          onAdmit={(despite) => decide.mutate({ verdict: 'admit', despite })}
        />
      )}
      <WithReason
        label={t(isWaiting ? 'office.decline' : 'office.reopen')}
        isBusy={decide.isPending}
        onSend={(reason) => decide.mutate({ verdict: isWaiting ? 'decline' : 'reopen', reason })}
      />
    </section>
  );
}

/** Whoever is not proven is admitted only after saying so. */
function Admit(props: { isProven: boolean; isBusy: boolean; onAdmit: (despite: boolean) => void }) {
  const { t } = useTranslation('candidates');
  const [despite, setDespite] = useState(false);
  return (
    <div className="stack">
      {!props.isProven && (
        <label className="choice">
          <input
            type="checkbox"
            checked={despite}
            onChange={(event) => setDespite(event.currentTarget.checked)}
          />
          {t('office.despite')}
        </label>
      )}
      <p>
        <button
          type="button"
          className="button main"
          disabled={props.isBusy || (!props.isProven && !despite)}
          onClick={() => props.onAdmit(despite)}
        >
          {t('office.admit')}
        </button>
      </p>
    </div>
  );
}

function WithReason(props: {
  label: string;
  isBusy: boolean;
  onSend: (reason: (typeof REASONS)[number]) => void;
}) {
  const { t } = useTranslation(['schemes', 'candidates']);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const chosen = textOf(new FormData(event.currentTarget), 'reason');
    const reason = REASONS.find((one) => one === chosen);
    if (reason) props.onSend(reason);
  };
  return (
    <form onSubmit={submit}>
      <Field label={t('candidates:office.reason')}>
        {(control) => (
          <select {...control} name="reason" required defaultValue="">
            <option value="" disabled>
              {t('candidates:office.choose')}
            </option>
            {REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {t(`reasons.${reason}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button type="submit" className="button" disabled={props.isBusy}>
        {props.label}
      </button>
    </form>
  );
}
