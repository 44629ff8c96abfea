import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { NotFound } from '../not-found';
import { ProposalList } from './list';
import { ProposalPage } from './proposal';

/** What takes two people: for all staff, whichever group of pages they work in. */
export function Proposals() {
  // All at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation(['proposals', 'institution', 'role', 'pathway', 'pathways', 'publishing']);
  return (
    <Routes>
      <Route index element={<ProposalList />} />
      <Route path=":id" element={<ProposalPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
