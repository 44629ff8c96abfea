import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applicationsApi } from '../../api/applications';
import type { Application, Review } from '../../api/types';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { ProblemNote } from '../../parts/note';

const MAX_NOTE = 500;

/** An appeal cannot be returned: it ends with a yes or a no. */
const VERDICTS = {
  1: ['approve', 'return', 'reject'],
  2: ['approve', 'reject'],
} as const satisfies Record<1 | 2, readonly Review['verdict'][]>;

/** The school's own word on what the rules computed; in a panel it is one vote. */
export function VerdictForm({ application }: { application: Application }) {
  const { t } = useTranslation('review');
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<Review['verdict'] | null>(null);
  const review = useMutation({
    mutationFn: (wish: Review) => applicationsApi.review(application.id, wish),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['applications'] }),
        queries.invalidateQueries({ queryKey: ['waiting-applications'] }),
      ]),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const note = textOf(new FormData(event.currentTarget), 'note').trim();
    if (!verdict) return;
    review.mutate({
      verdict,
      ...(note && { note }),
      ...(application.decisionHash && { decisionHash: application.decisionHash }),
    });
  };
  const { panel } = application;
  if (panel?.hasVoted) return null;
  const isPanel = panel !== null && panel.size > 1;
  return (
    <section className="card stack no-print" aria-labelledby="verdict">
      <div>
        <h2 id="verdict">{t(isPanel ? 'verdict.vote' : 'verdict.title')}</h2>
        <p>{t('verdict.whose')}</p>
      </div>
      {review.isError && <ProblemNote error={review.error} />}
      <form onSubmit={submit}>
        <fieldset>
          <legend>{t('verdict.choose')}</legend>
          {VERDICTS[panel?.round ?? 1].map((choice) => (
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
          {t(isPanel ? 'verdict.recordVote' : 'verdict.record')}
        </button>
      </form>
    </section>
  );
}
