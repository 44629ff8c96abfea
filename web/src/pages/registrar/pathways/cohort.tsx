import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type EnrolmentSummary, type Pathway, pathwaysApi } from '../../../api/pathways';
import { type Column, DataTable } from '../../../parts/data-table';
import { Field } from '../../../parts/field';
import { textOf } from '../../../parts/form';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { ReopenGate } from './reopen-gate';

/** The learners of an intake by name. Asked for, because each of them sees who looked. */
export function Cohort({ pathway, years }: { pathway: Pathway; years: readonly number[] }) {
  const { t } = useTranslation('pathways');
  const id = `cohort-${pathway.id}`;
  const [intake, setIntake] = useState<number | null>(null);
  const show = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setIntake(Number(textOf(new FormData(event.currentTarget), 'intake')));
  };
  return (
    <section className="card stack" aria-labelledby={id}>
      <div>
        <h3 id={id}>{t('office.cohort')}</h3>
        <p className="soft">{t('office.cohortHint')}</p>
      </div>
      <form className="row ends" onSubmit={show}>
        <Field label={t('office.year')}>
          {(control) => (
            <select {...control} name="intake">
              {years.map((year) => (
                <option key={year} value={year}>
                  {t('office.intake', { year })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" className="button">
          {t('office.show')}
        </button>
      </form>
      {intake !== null && <Learners pathway={pathway} intake={intake} />}
    </section>
  );
}

function Learners({ pathway, intake }: { pathway: Pathway; intake: number }) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const enrolments = useQuery({
    queryKey: ['pathways', pathway.id, 'enrolments', intake],
    queryFn: () => pathwaysApi.enrolments(pathway.id, intake),
  });
  if (enrolments.isPending) return <Loading />;
  if (enrolments.isError) return <ProblemNote error={enrolments.error} />;
  const columns: Column<EnrolmentSummary>[] = [
    { key: 'name', head: t('office.learner'), cell: (one) => <Name enrolment={one} /> },
    { key: 'state', head: t('office.state'), cell: ({ stateTitle }) => format.text(stateTitle) },
    { key: 'todo', head: t('office.todo'), cell: (one) => <ReopenGate enrolment={one} /> },
  ];
  return (
    <DataTable
      caption={t('office.cohortOf', { year: intake })}
      columns={columns}
      rows={enrolments.data}
      rowKey={({ id }) => id}
    />
  );
}

function Name({ enrolment: { id, name, pathway } }: { enrolment: EnrolmentSummary }) {
  const { t } = useTranslation('pathways');
  return (
    <Link to={`/registrar/pathways/${pathway}/learners/${id}`}>{name ?? t('office.nobody')}</Link>
  );
}
