import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { LocalNav } from '../../parts/local-nav';
import { NotFound } from '../not-found';
import { DraftPage } from './draft';
import { Drafts } from './drafts';
import { EditDraft, NewDraft } from './editor-page';
import { RulePage } from './rule';
import { Rules } from './rules';
import { SimulationPage } from './simulation';

/** The rulebook of who writes, approves and publishes rules. */
export function Rulebook() {
  // Both at once, so that no page hides again while the texts of a part of it arrive.
  const { t } = useTranslation(['rulebook', 'rules']);
  return (
    <>
      <LocalNav
        label={t('title')}
        links={[
          { to: '/rulebook', label: t('nav.rules'), exact: true, also: ['/rulebook/rules'] },
          { to: '/rulebook/drafts', label: t('nav.drafts'), also: ['/rulebook/simulations'] },
        ]}
      />
      <Routes>
        <Route index element={<Rules />} />
        <Route path="rules/:id" element={<RulePage />} />
        <Route path="drafts" element={<Drafts />} />
        <Route path="drafts/new" element={<NewDraft />} />
        <Route path="drafts/:id" element={<DraftPage />} />
        <Route path="drafts/:id/text" element={<EditDraft />} />
        <Route path="simulations/:id" element={<SimulationPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}
