import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { conversionApi } from '../../api/conversion';
import { DecisionView } from '../../parts/decision-view';
import { isZero } from '../../parts/format';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { useOwnTitles, useRecordVersion } from './own-records';
import { ProgrammeChoice, useGoalProgramme } from './programme-choice';
import { useAct, useOwn, useWhose } from './record';
import { Standings } from './standings';

/** Choose a programme, see what would count and why, and apply. */
export function Convert() {
  // With the texts of its parts, so that the page does not hide again while they arrive.
  const { t } = useTranslation(['learner', 'decision']);
  const programme = useGoalProgramme();
  return (
    <Page title={t('convert.title')} lead={<p>{t('convert.lead')}</p>}>
      <div className="stack">
        <Standings />
        <ProgrammeChoice legend={t('convert.choose')} action={t('convert.see')} />
        {programme && <Preview key={programme.code} programme={programme.code} />}
      </div>
    </Page>
  );
}

function Preview({ programme }: { programme: string }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { acts } = useWhose();
  const titles = useOwnTitles();
  const goal = useGoalProgramme();
  const version = useRecordVersion();
  const preview = useOwn(
    ['evaluation', programme, version],
    (client) => conversionApi.evaluate(client, programme),
    { still: true },
  );
  if (preview.isPending) return <Loading />;
  if (preview.isError) return <ProblemNote error={preview.error} />;
  return (
    <section className="stack" aria-labelledby="preview">
      <h2 id="preview">
        {t('convert.preview', { programme: goal ? format.text(goal.title) : programme })}
      </h2>
      <Note tone="brand" title={t('convert.nothingBooked')}>
        <p>{t('convert.whatIf')}</p>
      </Note>
      <DecisionView decision={preview.data.decision} titles={titles} />
      {acts.includes('apply') && (
        <Apply programme={programme} worthIt={!isZero(preview.data.decision.credits)} />
      )}
    </section>
  );
}

function Apply({ programme, worthIt }: { programme: string; worthIt: boolean }) {
  const { t } = useTranslation('learner');
  const navigate = useNavigate();
  const { base } = useWhose();
  const act = useAct((client, asDraft: boolean) => conversionApi.apply(client, programme, asDraft));
  const apply = (asDraft: boolean): void =>
    act.mutate(asDraft, {
      onSuccess: ({ id }) => void navigate(`${base}/applications/${id}`),
    });
  return (
    <div className="card stack no-print">
      {act.isError && <ProblemNote error={act.error} />}
      <p>{t('convert.applyText')}</p>
      <p className="row">
        <button
          type="button"
          className="button main"
          disabled={act.isPending || !worthIt}
          onClick={() => apply(false)}
        >
          {act.isPending ? t('convert.applying') : t('convert.apply')}
        </button>
        <button
          type="button"
          className="button"
          disabled={act.isPending}
          onClick={() => apply(true)}
        >
          {t('convert.keepDraft')}
        </button>
      </p>
      <p className="soft">{worthIt ? t('convert.draftText') : t('convert.nothing')}</p>
    </div>
  );
}
