import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { applicationsApi } from '../../api/applications';
import { rulesApi } from '../../api/rules';
import type { Application, Decision, Waiting } from '../../api/types';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import type { Text } from '../../parts/format';
import { Lots, type Titles } from '../../parts/lots';
import { ProblemNote } from '../../parts/note';
import { useFormat } from '../../parts/use-format';

interface Wanted extends Waiting {
  readonly lot: string;
  readonly finding: string;
}

/** What a rule waits for a person to judge; recording it makes the queue evaluate again. */
export function Findings(props: { application: Application; titles: Titles }) {
  const { t } = useTranslation('review');
  const wanted = (props.application.decision?.pending ?? [])
    .flatMap(({ waitsFor }) => waitsFor)
    .filter((one): one is Wanted => one.finding !== null && one.lot !== null);
  const distinct = new Map(wanted.map((one) => [`${one.lot} ${one.course} ${one.finding}`, one]));
  if (distinct.size === 0) return null;
  return (
    <section className="card stack no-print" aria-labelledby="findings">
      <h2 id="findings">{t('findings.title')}</h2>
      <p>{t('findings.text')}</p>
      {[...distinct].map(([key, one]) => (
        <FindingForm key={key} wanted={one} {...props} />
      ))}
    </section>
  );
}

/** Findings that regulations ask for; others are called as their rule calls them. */
const KNOWN = ['content-overlap', 'similarity', 'workload-confirmed', 'approved-by-panel'] as const;

function isKnown(finding: string): finding is (typeof KNOWN)[number] {
  return (KNOWN as readonly string[]).includes(finding);
}

function FindingForm(props: { wanted: Wanted; application: Application; titles: Titles }) {
  const { t } = useTranslation('review');
  const queries = useQueryClient();
  const { wanted, application } = props;
  const { finding } = wanted;
  const record = useMutation({
    mutationFn: (value: string) =>
      applicationsApi.recordFinding(application.learnerId, {
        programme: application.programme,
        outcome: wanted.lot,
        ...(wanted.course !== null && { course: wanted.course }),
        what: wanted.finding,
        value,
      }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['applications'] }),
        queries.invalidateQueries({ queryKey: ['waiting-applications'] }),
      ]),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    record.mutate(textOf(new FormData(event.currentTarget), 'value').trim());
  };
  return (
    <form onSubmit={submit}>
      {record.isError && <ProblemNote error={record.error} />}
      <p>
        <strong>
          <Lots lots={[wanted.lot]} titles={props.titles} />
        </strong>
        {wanted.course !== null && (
          <Target course={wanted.course} rulebook={application.decision?.rulebook} />
        )}
      </p>
      <Field
        label={t('findings.value', {
          finding: isKnown(finding) ? t(`findings.known.${finding}`) : finding,
        })}
        hint={t('findings.wanted', { wanted: wanted.wanted })}
      >
        {(control) => (
          <input {...control} name="value" inputMode="decimal" autoComplete="off" required />
        )}
      </Field>
      <button type="submit" className="button" disabled={record.isPending}>
        {t('findings.record')}
      </button>
    </form>
  );
}

/** What the outcome would replace, by the title that the rules which decided give it. */
function Target(props: { course: string; rulebook: Decision['rulebook'] | undefined }) {
  const { course, rulebook } = props;
  const format = useFormat();
  const { id = '', version = 0 } = rulebook ?? {};
  const rules = useQuery({
    queryKey: ['rules', id, 'versions', String(version)],
    queryFn: () => rulesApi.version(id, String(version)),
    enabled: rulebook !== undefined,
    // A published version never changes.
    staleTime: Infinity,
  });
  const document = rules.data?.document as RuleDocument | undefined;
  const title = document?.target.courses.find(({ code }) => code === course)?.title;
  return <> → {title ? format.text(title) : course}</>;
}

interface RuleDocument {
  readonly target: { readonly courses: readonly { code: string; title: Text }[] };
}
