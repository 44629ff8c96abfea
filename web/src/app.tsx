import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import type { Role } from './api/types';
import { NotFound } from './pages/not-found';
import { FailureBoundary } from './parts/failure-boundary';
import { ForRoles } from './parts/for-roles';
import { Frame } from './parts/frame';
import { GROUPS } from './parts/groups';
import { Loading } from './parts/page';

// One chunk a group of people: nobody downloads the pages of the others.
const Home = lazy(async () => ({ default: (await import('./pages/home')).Home }));
const SignIn = lazy(async () => ({ default: (await import('./pages/sign-in')).SignIn }));
const Learner = lazy(async () => ({ default: (await import('./pages/account')).Learner }));
const Counter = lazy(async () => ({ default: (await import('./pages/counter')).Counter }));
const Registrar = lazy(async () => ({ default: (await import('./pages/registrar')).Registrar }));
const Admissions = lazy(async () => ({ default: (await import('./pages/admissions')).Admissions }));
const Review = lazy(async () => ({ default: (await import('./pages/review')).Review }));
const Rulebook = lazy(async () => ({ default: (await import('./pages/rulebook')).Rulebook }));
const Authority = lazy(async () => ({ default: (await import('./pages/authority')).Authority }));
const Proposals = lazy(async () => ({ default: (await import('./pages/proposals')).Proposals }));
const Settings = lazy(async () => ({ default: (await import('./pages/settings')).Settings }));
const Verify = lazy(async () => ({ default: (await import('./pages/verify')).Verify }));
const Catalogue = lazy(async () => ({ default: (await import('./pages/catalogue')).Catalogue }));
const Report = lazy(async () => ({ default: (await import('./pages/report')).Report }));
const Log = lazy(async () => ({ default: (await import('./pages/log')).Log }));
const Join = lazy(async () => ({ default: (await import('./pages/join')).Join }));
const Invitation = lazy(async () => ({ default: (await import('./pages/invitation')).Invitation }));
const Claim = lazy(async () => ({ default: (await import('./pages/claim')).Claim }));

/** The pages behind each entry of the main navigation. */
const PAGES: Readonly<Record<(typeof GROUPS)[number]['name'], ComponentType>> = {
  account: Learner,
  counter: Counter,
  registrar: Registrar,
  admissions: Admissions,
  review: Review,
  rulebook: Rulebook,
  authority: Authority,
  proposals: Proposals,
};

/** All pages of the site by address. */
export function App() {
  return (
    <Frame>
      <FailureBoundary address={useLocation().pathname}>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/" element={<Home />} />
            <Route path="/sign-in" element={<SignIn />} />
            {GROUPS.map(({ to, name, roles }) => (
              <Route key={to} path={`${to}/*`} element={<GroupPages name={name} roles={roles} />} />
            ))}
            <Route path="/settings/*" element={<Settings />} />
            <Route path="/verify/:code?" element={<Verify />} />
            <Route path="/catalogue/*" element={<Catalogue />} />
            <Route path="/report/*" element={<Report />} />
            <Route path="/log" element={<Log />} />
            <Route path="/join" element={<Join />} />
            <Route path="/invitation" element={<Invitation />} />
            <Route path="/claim" element={<Claim />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </FailureBoundary>
    </Frame>
  );
}

function GroupPages({ name, roles }: { name: keyof typeof PAGES; roles: readonly Role[] }) {
  const Pages = PAGES[name];
  return (
    <ForRoles roles={roles}>
      <Pages />
    </ForRoles>
  );
}
