import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Enrolment } from '../../api/pathways';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import {
  CarriedCredit,
  EnrolmentHistory,
  GatesAhead,
  StagesSoFar,
} from '../../parts/pathway-enrolment';
import { useTitles } from '../../parts/pathway-gate';
import { useFormat } from '../../parts/use-format';
import { usePathways } from './pathway-hint';

/** The pathways of a learner as stages: what is done, what is missing, and what carries over. */
export function PathwayPage() {
  const { t } = useTranslation('pathway');
  const pathways = usePathways();
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        {pathways.isPending && <Loading />}
        {pathways.isError && <ProblemNote error={pathways.error} />}
        {pathways.data?.items.length === 0 && (
          <Note tone="quiet" title={t('none')}>
            <p>
              <Link to="/catalogue/pathways">{t('all')}</Link>
            </p>
          </Note>
        )}
        {pathways.data?.items.map((one) => (
          <One key={one.id} enrolment={one} />
        ))}
      </div>
    </Page>
  );
}

function One({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('pathway');
  const format = useFormat();
  const titles = useTitles();
  const { id, intake: year, semester, lookAgain } = enrolment;
  return (
    <section className="stack" aria-labelledby={id}>
      <div className="card stack">
        <div>
          <h2 id={id}>{format.text(enrolment.pathwayTitle)}</h2>
          <p className="soft">
            {t('intake', { year, semester })} ·{' '}
            <Link to={`/catalogue/pathways/${enrolment.pathway}`}>{t('scheme')}</Link>
          </p>
        </div>
        {lookAgain.map(({ gate, revoked }) => (
          <Note key={gate} tone="bad" title={t('again')}>
            <p>{t('againText', { outcomes: titles(revoked) })}</p>
          </Note>
        ))}
        <StagesSoFar enrolment={enrolment} />
      </div>
      <GatesAhead enrolment={enrolment} />
      <CarriedCredit enrolment={enrolment} />
      <EnrolmentHistory enrolment={enrolment} />
    </section>
  );
}
