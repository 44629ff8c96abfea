import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import type { Programme } from '../../api/types';
import { DecisionView } from '../../parts/decision-view';
import { isZero } from '../../parts/format';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames, useProgrammes } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { usePreferences } from '../../parts/use-preferences';
import { preferences } from '../../preferences';
import { useOwnOutcomes } from './own-records';

/** Choose a programme, see what would count and why, and apply. */
export function Convert() {
  const { t } = useTranslation('learner');
  const { goal } = usePreferences();
  const programmes = useProgrammes();
  return (
    <Page title={t('convert.title')} lead={<p>{t('convert.lead')}</p>}>
      <div className="stack">
        {programmes.isPending && <Loading />}
        {programmes.isError && <ProblemNote error={programmes.error} />}
        {programmes.data?.length === 0 && <p>{t('convert.none')}</p>}
        {programmes.data && programmes.data.length > 0 && <Choice programmes={programmes.data} />}
        {goal !== null && programmes.data?.some(({ code }) => code === goal) && (
          <Preview key={goal} programme={goal} />
        )}
      </div>
    </Page>
  );
}

function Choice({ programmes }: { programmes: readonly Programme[] }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const names = useInstitutionNames();
  const { goal } = usePreferences();
  const [chosen, setChosen] = useState(goal ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen) preferences.set({ goal: chosen });
  };
  return (
    <form className="card" onSubmit={submit}>
      <fieldset>
        <legend>{t('convert.choose')}</legend>
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
        {t('convert.see')}
      </button>
    </form>
  );
}

function Preview({ programme }: { programme: string }) {
  const { t } = useTranslation('learner');
  const outcomes = useOwnOutcomes();
  const preview = useQuery({
    queryKey: ['own', 'evaluation', programme],
    queryFn: () => api.evaluate('me', programme),
  });
  if (preview.isPending) return <Loading />;
  if (preview.isError) return <ProblemNote error={preview.error} />;
  const titles = new Map(outcomes.data?.map(({ id, title }) => [id, title]));
  return (
    <section className="stack" aria-labelledby="preview">
      <h2 id="preview">{t('convert.preview')}</h2>
      <Note tone="brand" title={t('convert.nothingBooked')}>
        <p>{t('convert.whatIf')}</p>
      </Note>
      <DecisionView decision={preview.data.decision} titles={titles} />
      <Apply programme={programme} worthIt={!isZero(preview.data.decision.credits)} />
    </section>
  );
}

function Apply({ programme, worthIt }: { programme: string; worthIt: boolean }) {
  const { t } = useTranslation('learner');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const apply = useMutation({
    mutationFn: () => api.apply('me', programme),
    onSuccess: async (application) => {
      await queries.invalidateQueries({ queryKey: ['own'] });
      await navigate(`/account/applications/${application.id}`);
    },
  });
  return (
    <div className="card stack">
      {apply.isError && <ProblemNote error={apply.error} />}
      <p>{t('convert.applyText')}</p>
      <p>
        <button
          type="button"
          className="button main"
          disabled={apply.isPending || !worthIt}
          onClick={() => apply.mutate()}
        >
          {apply.isPending ? t('convert.applying') : t('convert.apply')}
        </button>
      </p>
      {!worthIt && <p className="soft">{t('convert.nothing')}</p>}
    </div>
  );
}
