import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { LocalNav } from '../../parts/local-nav';
import { Loading } from '../../parts/page';
import { useOwnKind } from '../../parts/own-kind';
import { NotFound } from '../not-found';
import { useAccount } from '../../parts/session';
import { ClaimCodes } from './claim-codes';
import { Guardianship } from './guardianship';
import { OutreachConsent } from './outreach';
import { Start } from './start';

const CounterSessions = lazy(async () => ({
  default: (await import('./sessions')).CounterSessions,
}));
const Serving = lazy(async () => ({ default: (await import('./serving')).Serving }));

/** A clerk serves people who come with a document: the pages of the counter. */
export function Counter() {
  useTranslation(['counter', 'acting', 'learner', 'mine', 'decision', 'workload']);
  const { pathname } = useLocation();
  const isClerk = useAccount()?.roles.includes('clerk') ?? false;
  if (!isClerk) return <OfManagers />;
  return (
    <>
      {!pathname.startsWith('/counter/serving/') && <CounterNavigation />}
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<Start />} />
          <Route path="claim-codes" element={<ClaimCodes />} />
          <Route path="guardians" element={<Guardianship />} />
          <Route path="sessions" element={<CounterSessions />} />
          <Route path="outreach" element={<OutreachConsent />} />
          <Route path="serving/:id/*" element={<Serving />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </>
  );
}

/** Who manages the office looks at the list and serves nobody. */
function OfManagers() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route index element={<Navigate to="/counter/sessions" replace />} />
        <Route path="sessions" element={<CounterSessions />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  );
}

function CounterNavigation() {
  const { t } = useTranslation('counter');
  const isPupilSchool = useOwnKind() === 'pupil-school';
  return (
    <LocalNav
      label={t('nav.label')}
      links={[
        { to: '/counter', label: t('nav.serve'), exact: true },
        { to: '/counter/sessions', label: t('nav.day') },
        { to: '/counter/claim-codes', label: t('nav.claimCodes') },
        { to: '/counter/guardians', label: t('nav.guardians') },
        ...(isPupilSchool ? [{ to: '/counter/outreach', label: t('nav.outreach') }] : []),
      ]}
    />
  );
}
