import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { LocalNav } from '../../parts/local-nav';
import { NotFound } from '../not-found';
import { OutcomePage } from './outcome';
import { Outcomes } from './outcomes';
import { PublicPathway, PublicPathways } from './pathways';
import { PublicRule } from './rule';
import { PublicRules } from './rules';
import { PublicScheme, PublicSchemes } from './schemes';

/** What can be learned and what it counts for, for everybody. */
export function Catalogue() {
  // Both at once, so that no page hides again while the texts of a part of it arrive.
  const { t } = useTranslation(['catalogue', 'rules', 'schemes', 'pathways']);
  return (
    <>
      <LocalNav
        label={t('title')}
        links={[
          { to: '/catalogue', label: t('nav.outcomes'), exact: true },
          { to: '/catalogue/rules', label: t('nav.rules') },
          { to: '/catalogue/admission', label: t('schemes:navPublic') },
          { to: '/catalogue/pathways', label: t('pathways:open.nav') },
        ]}
      />
      <Routes>
        <Route index element={<Outcomes />} />
        <Route path="rules" element={<PublicRules />} />
        <Route path="rules/:id" element={<PublicRule />} />
        <Route path="admission" element={<PublicSchemes />} />
        <Route path="admission/:code" element={<PublicScheme />} />
        <Route path="pathways" element={<PublicPathways />} />
        <Route path="pathways/:id" element={<PublicPathway />} />
        <Route path=":code" element={<OutcomePage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}
