import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type EnrolmentAnswer, type Pathway, pathwaysApi } from '../../../api/pathways';
import { ApiProblem } from '../../../api/problem';
import { ActForm } from '../../../parts/act-form';
import { textOf } from '../../../parts/form';
import { Note } from '../../../parts/note';
import { PersonFields, personOf } from '../../../parts/person-fields';
import { useFormat } from '../../../parts/use-format';
import { IntakeField } from './intake-field';

interface Joined {
  readonly id: string;
  readonly name: string;
  readonly intake: number;
  readonly isNew: boolean;
}

/** One learner with the document in hand. What is refused stays in the form with the reason. */
export function EnrolOne({ pathway }: { pathway: Pathway }) {
  const { t } = useTranslation('enrolment');
  const enrol = useEnrol(pathway.id);
  const queries = useQueryClient();
  const [joined, setJoined] = useState<Joined | null>(null);
  return (
    <section className="card stack" aria-labelledby="one">
      <h2 id="one">{t('one.title')}</h2>
      {joined && (
        <Note
          key={joined.id}
          urgent
          tone={joined.isNew ? 'good' : 'wait'}
          title={t(joined.isNew ? 'one.done' : 'one.before', {
            name: joined.name,
            year: joined.intake,
          })}
        >
          <p>
            <Link to={`/registrar/pathways/${pathway.id}/learners/${joined.id}`}>
              {t('one.see')}
            </Link>
          </p>
        </Note>
      )}
      <ActForm
        label={t('one.submit')}
        act={(form) => {
          setJoined(null);
          return enrol(form);
        }}
        onDone={(made) => {
          setJoined(made);
          void queries.invalidateQueries({ queryKey: ['pathways'] });
        }}
      >
        <IntakeField pathway={pathway} />
        <PersonFields />
      </ActForm>
    </section>
  );
}

/** Enrols the person of the form; throws what the answer to their row refuses. */
function useEnrol(pathway: string): (form: FormData) => Promise<Joined> {
  const format = useFormat();
  return async (form) => {
    const learner = personOf(form);
    const intake = Number(textOf(form, 'intake'));
    const [answer] = await pathwaysApi.enrol(pathway, [{ learner, intake }]);
    if (!answer?.id) throw refusalOf(answer, format.text);
    return { id: answer.id, name: learner.name, intake, isNew: answer.status === 'created' };
  };
}

/** The answer to one row as the refusal of the whole act, which it is here. */
function refusalOf(
  answer: EnrolmentAnswer | undefined,
  text: (value: { zh: string; en: string }) => string,
): ApiProblem {
  const problem = answer?.problem;
  return new ApiProblem({
    status: 409,
    code: problem?.code ?? 'internal-error',
    title: problem ? text(problem.title) : '',
    detail: problem ? text(problem.change) : '',
    requestId: null,
    faults: [],
  });
}
