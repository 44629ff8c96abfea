import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type AtGate, type IntakeFigures, type Pathway, pathwaysApi } from '../../../api/pathways';
import { Field } from '../../../parts/field';
import { textOf } from '../../../parts/form';
import { ProblemNote } from '../../../parts/note';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { RunResult } from './run-result';

interface Waiting extends AtGate {
  readonly key: string;
  readonly label: string;
}

/** Who stands before a gate of the own institution: the cohorts from which one is chosen. */
export function Gate({
  pathway,
  intakes,
}: {
  pathway: Pathway;
  intakes: readonly IntakeFigures[];
}) {
  const { t } = useTranslation('pathways');
  const id = `gate-${pathway.id}`;
  const queries = useQueryClient();
  const waiting = useWaiting(pathway, intakes);
  const run = useMutation({
    mutationFn: ({ at, digest }: { at: AtGate; digest: string | null }) =>
      pathwaysApi.run(at, digest),
    // A preview changes nothing.
    onSuccess: ({ state }) =>
      state === 'confirmed' && queries.invalidateQueries({ queryKey: ['pathways', pathway.id] }),
  });
  const judge = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wanted = textOf(new FormData(event.currentTarget), 'cohort');
    const at = waiting.find(({ key }) => key === wanted);
    if (at) run.mutate({ at, digest: null });
  };
  const at = run.variables?.at;
  return (
    <section className="card stack" aria-labelledby={id}>
      <div>
        <h3 id={id}>{t('office.judge')}</h3>
        <p className="soft">{t(waiting.length > 0 ? 'office.judgeHint' : 'office.nobodyWaits')}</p>
      </div>
      {waiting.length > 0 && (
        <form className="row ends" onSubmit={judge}>
          <Field label={t('office.gate')}>
            {(control) => (
              <select {...control} name="cohort">
                {waiting.map(({ key, label }) => (
                  <option key={key} value={key}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <button type="submit" className="button main" disabled={run.isPending}>
            {t('office.run')}
          </button>
        </form>
      )}
      {run.isError && <ProblemNote error={run.error} />}
      {run.data && at && (
        <RunResult run={run.data} onConfirm={(digest) => run.mutate({ at, digest })} />
      )}
    </section>
  );
}

/** Cohorts with learners before a gate of the own institution, the oldest intake first. */
function useWaiting(pathway: Pathway, intakes: readonly IntakeFigures[]): Waiting[] {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const { institutionId } = useSignedIn();
  const own = pathway.stages.filter((stage) => stage.institutionId === institutionId);
  const gates = pathway.gates.filter(({ from }) => own.some(({ state }) => state === from));
  return intakes.flatMap(({ year, states }) =>
    gates.flatMap(({ id, title, from }) => {
      const count = states.find(({ state }) => state === from)?.learners ?? 0;
      if (count === 0) return [];
      const label = t('office.cohortAt', { gate: format.text(title), year, count });
      return [{ pathway: pathway.id, gate: id, intake: year, key: `${id} ${year}`, label }];
    }),
  );
}
