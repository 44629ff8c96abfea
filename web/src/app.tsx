import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { Home } from './pages/home';
import { NotFound } from './pages/not-found';
import { FailureBoundary } from './parts/failure-boundary';
import { Frame } from './parts/frame';
import { Loading } from './parts/page';
import { ForRoles } from './parts/for-roles';

// One chunk a group of people: nobody downloads the pages of the others.
const SignIn = lazy(async () => ({ default: (await import('./pages/sign-in')).SignIn }));
const Learner = lazy(async () => ({ default: (await import('./pages/account')).Learner }));
const Registrar = lazy(async () => ({ default: (await import('./pages/imports')).Registrar }));
const Review = lazy(async () => ({ default: (await import('./pages/review')).Review }));
const Verify = lazy(async () => ({ default: (await import('./pages/verify')).Verify }));

/** All pages of the site by address. */
export function App() {
  return (
    <Frame>
      <FailureBoundary address={useLocation().pathname}>
        <Suspense fallback={<Loading />}>
          <Routes>
            <Route path="/" element={<Home />} />
            <Route path="/sign-in" element={<SignIn />} />
            <Route
              path="/account/*"
              element={
                <ForRoles roles={['learner']}>
                  <Learner />
                </ForRoles>
              }
            />
            <Route
              path="/imports/*"
              element={
                <ForRoles roles={['registrar', 'issuer']}>
                  <Registrar />
                </ForRoles>
              }
            />
            <Route
              path="/review/*"
              element={
                <ForRoles roles={['admissions', 'registrar']}>
                  <Review />
                </ForRoles>
              }
            />
            <Route path="/verify/:code?" element={<Verify />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </FailureBoundary>
    </Frame>
  );
}
