import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { NotFound } from '../not-found';
import { ComparisonPage } from './comparison';
import { IndicatorPage } from './indicator';
import { Overview } from './overview';
import { PublishedPage } from './published';

/** The plan's targets for everybody: figures of now, what they are made of, published reports. */
export function Report() {
  // All at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation(['report', 'conditions']);
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="indicators/:id" element={<IndicatorPage />} />
      <Route path="reports/:id" element={<PublishedPage />} />
      <Route path="reports/:id/comparison/:other" element={<ComparisonPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
