import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { NotFound } from '../not-found';
import { Queue } from './queue';
import { ReviewPage } from './review';

/** The pages of the receiving school: applications to decide on. */
export function Review() {
  // Both at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation(['review', 'decision']);
  return (
    <Routes>
      <Route index element={<Queue />} />
      <Route path=":id" element={<ReviewPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
