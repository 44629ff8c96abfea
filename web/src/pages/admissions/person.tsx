import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import type { EquivalenceQuestion } from '../../api/types';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { PersonAnswer } from './person-answer';
import { PersonForm } from './person-form';
import { QUOTA, QuotaLine } from './quota';

/** Does what one person has learned count for one programme on one day? */
export function PersonPage() {
  const { t } = useTranslation('admissions');
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: (question: EquivalenceQuestion) => equivalenceApi.ask(question),
    onSettled: () => queries.invalidateQueries({ queryKey: QUOTA }),
  });
  const asked = ask.variables;
  return (
    <Page title={t('person.title')} lead={<p className="no-print">{t('person.lead')}</p>}>
      <div className="stack">
        <section className="card stack no-print">
          <QuotaLine />
          <PersonForm known={useHandedOn()} isBusy={ask.isPending} onAsk={ask.mutate} />
        </section>
        {ask.isPending && <Loading />}
        {ask.isError && <ProblemNote error={ask.error} />}
        {ask.data && asked && (
          <PersonAnswer
            key={ask.submittedAt}
            answer={ask.data}
            asked={asked}
            isBusy={ask.isPending}
            onAgain={() => ask.mutate(asked)}
          />
        )}
      </div>
    </Page>
  );
}

/** A code that was verified just before, with its PIN. Never in the address: both open a record. */
export interface HandedOn {
  readonly code: string;
  readonly pin?: string;
}

function useHandedOn(): HandedOn | undefined {
  const state: unknown = useLocation().state;
  if (typeof state !== 'object' || state === null) return undefined;
  const { code, pin } = state as Record<string, unknown>;
  if (typeof code !== 'string') return undefined;
  return { code, ...(typeof pin === 'string' && { pin }) };
}
