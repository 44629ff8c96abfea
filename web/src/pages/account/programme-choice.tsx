import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useInstitutionNames, useProgrammes } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { useWhose } from './record';

/** Choose the programme worked towards. */
export function ProgrammeChoice({ legend, action }: { legend: string; action: string }) {
  const { t } = useTranslation('learner');
  const programmes = useProgrammes();
  if (programmes.isPending) return <Loading />;
  if (programmes.isError) return <ProblemNote error={programmes.error} />;
  if (programmes.data.length === 0) return <p>{t('convert.none')}</p>;
  return <Choice legend={legend} action={action} />;
}

function Choice({ legend, action }: { legend: string; action: string }) {
  const format = useFormat();
  const names = useInstitutionNames();
  // Schemes of admission give no credit to work towards; they have pages of their own.
  const programmes = (useProgrammes().data ?? []).filter(
    ({ totalCredits }) => totalCredits !== '0',
  );
  const { goal, setGoal } = useWhose();
  const [chosen, setChosen] = useState(goal ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen) setGoal(chosen);
  };
  return (
    <form className="card no-print" onSubmit={submit}>
      <fieldset>
        <legend>{legend}</legend>
        {programmes.map((programme) => {
          const school = names.get(programme.institutionId);
          return (
            <label key={programme.code} className="choice">
              <input
                type="radio"
                name="programme"
                value={programme.code}
                checked={chosen === programme.code}
                onChange={() => setChosen(programme.code)}
              />
              <span>
                {format.text(programme.title)}
                {school && <span className="small soft"> {format.text(school)}</span>}
              </span>
            </label>
          );
        })}
      </fieldset>
      <button type="submit" className="button main" disabled={!chosen || chosen === goal}>
        {action}
      </button>
    </form>
  );
}

/** The programme worked towards, when it is one there is. */
export function useGoalProgramme() {
  const { goal } = useWhose();
  return useProgrammes().data?.find(({ code }) => code === goal);
}
