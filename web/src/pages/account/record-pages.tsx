import { type ReactNode, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { type LocalLink, LocalNav } from '../../parts/local-nav';
import { Loading } from '../../parts/page';
import { ReadAloud } from '../../parts/read-aloud';
import { NotFound } from '../not-found';
import { useWhose } from './record';

// A page each: nobody waits for those that are not opened.
const Overview = lazy(async () => ({ default: (await import('./overview')).Overview }));
const StatementPage = lazy(async () => ({ default: (await import('./statement')).StatementPage }));
const CreditPage = lazy(async () => ({ default: (await import('./credit')).CreditPage }));
const GoalPage = lazy(async () => ({ default: (await import('./goal-page')).GoalPage }));
const PathwayPage = lazy(async () => ({ default: (await import('./pathway')).PathwayPage }));
const Convert = lazy(async () => ({ default: (await import('./convert')).Convert }));
const Applications = lazy(async () => ({
  default: (await import('./applications')).Applications,
}));
const ApplicationPage = lazy(async () => ({
  default: (await import('./application')).ApplicationPage,
}));
const Admission = lazy(async () => ({ default: (await import('./admission')).Admission }));
const AdmissionScheme = lazy(async () => ({
  default: (await import('./admission-scheme')).AdmissionScheme,
}));
const Transcript = lazy(async () => ({ default: (await import('./transcript')).Transcript }));
const Sharing = lazy(async () => ({ default: (await import('./sharing')).Sharing }));
const SharePage = lazy(async () => ({ default: (await import('./share')).SharePage }));
const Questions = lazy(async () => ({ default: (await import('./questions')).Questions }));
const QuestionPage = lazy(async () => ({ default: (await import('./question')).QuestionPage }));
const Looks = lazy(async () => ({ default: (await import('./looks')).Looks }));
const MyData = lazy(async () => ({ default: (await import('./my-data')).MyData }));

/** The pages of one record: one's own, a child's, or that of whoever stands at a counter. */
export function RecordPages() {
  return (
    <>
      <RecordNavigation />
      <ReadAloud />
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<Overview />} />
          <Route path="statement" element={<StatementPage />} />
          <Route path="credits/:id" element={<CreditPage />} />
          <Route path="goal" element={<GoalPage />} />
          <Route path="pathway" element={<PathwayPage />} />
          <Route path="convert" element={<Convert />} />
          <Route path="applications" element={<Applications />} />
          <Route path="applications/:id" element={<ApplicationPage />} />
          <Route path="admission" element={<Admission />} />
          <Route path="admission/:code" element={<AdmissionScheme />} />
          <Route path="transcript" element={<Transcript />} />
          <Route path="sharing" element={<Sharing />} />
          <Route path="sharing/:id" element={<SharePage />} />
          <Route path="questions" element={<Questions />} />
          <Route path="questions/:id" element={<QuestionPage />} />
          <Route path="looks" element={<Looks />} />
          <Route path="data" element={<MyData />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </>
  );
}

function RecordNavigation(): ReactNode {
  const { t } = useTranslation('learner');
  const { base } = useWhose();
  const link = (path: string, label: string): LocalLink => ({ to: `${base}/${path}`, label });
  return (
    <LocalNav
      label={t('nav.label')}
      links={[
        { to: base, label: t('nav.overview'), exact: true },
        link('statement', t('nav.statement')),
        link('goal', t('nav.goal')),
        link('convert', t('nav.convert')),
        link('applications', t('nav.applications')),
        link('admission', t('nav.admission')),
        link('transcript', t('nav.transcript')),
        link('sharing', t('nav.sharing')),
        link('questions', t('nav.questions')),
        link('looks', t('nav.looks')),
        link('data', t('nav.data')),
      ]}
    />
  );
}
