import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type Enrolment, pathwaysApi } from '../../../api/pathways';
import { Fact } from '../../../parts/fact';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import {
  CarriedCredit,
  EnrolmentHistory,
  GatesAhead,
  StagesSoFar,
} from '../../../parts/pathway-enrolment';
import { useFormat } from '../../../parts/use-format';
import { LearnerActs } from './learner-acts';

/** One learner of a pathway: where she stands, what can be recorded, and what happened. */
export function PathwayLearner() {
  const { t } = useTranslation('enrolment');
  const { t: word } = useTranslation('pathways');
  const { id = '', enrolment = '' } = useParams();
  // Each reading is a line in the learner's log, so it is not asked again by itself.
  const learner = useQuery({
    queryKey: ['pathways', id, 'learner', enrolment],
    queryFn: () => pathwaysApi.enrolment(id, enrolment),
    staleTime: Infinity,
  });
  return (
    <Page
      title={learner.data ? (learner.data.name ?? word('office.nobody')) : t('learner.title')}
      lead={
        <p>
          {t('learner.lead')} <Link to="/registrar/pathways">{t('back')}</Link>
        </p>
      }
    >
      {learner.isPending && <Loading />}
      {learner.isError && <ProblemNote error={learner.error} />}
      {learner.data && <Case enrolment={learner.data} />}
    </Page>
  );
}

function Case({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('enrolment');
  const { t: word } = useTranslation(['pathway', 'pathways']);
  const format = useFormat();
  const { intake: year, semester, major, version } = enrolment;
  return (
    <div className="stack">
      <section className="card stack" aria-labelledby="pathway">
        <h2 id="pathway">{format.text(enrolment.pathwayTitle)}</h2>
        <dl className="facts wide">
          <Fact term={word('pathways:office.state')}>{format.text(enrolment.stateTitle)}</Fact>
          <Fact term={word('pathways:office.year')}>{word('intake', { year, semester })}</Fact>
          <Fact term={t('learner.version')}>{t('learner.versionOf', { version })}</Fact>
          {major !== null && (
            <Fact term={t('learner.major')}>
              <span className="code">{major}</span>
            </Fact>
          )}
        </dl>
        <StagesSoFar enrolment={enrolment} />
      </section>
      <LearnerActs enrolment={enrolment} />
      <section className="stack" aria-labelledby="record">
        <h2 id="record">{t('learner.record')}</h2>
        <GatesAhead enrolment={enrolment} />
        <CarriedCredit enrolment={enrolment} />
        <EnrolmentHistory enrolment={enrolment} />
      </section>
    </div>
  );
}
