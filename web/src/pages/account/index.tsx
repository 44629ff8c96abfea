import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { Loading } from '../../parts/page';
import { OwnRecord } from './record';
import { RecordPages } from './record-pages';

const ActingForChild = lazy(async () => ({
  default: (await import('./acting')).ActingForChild,
}));

/** The learner's own pages, and those of children for whom the learner acts. */
export function Learner() {
  useTranslation('learner');
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="for/:id/*" element={<ActingForChild />} />
        <Route
          path="*"
          element={
            <OwnRecord>
              <RecordPages />
            </OwnRecord>
          }
        />
      </Routes>
    </Suspense>
  );
}
