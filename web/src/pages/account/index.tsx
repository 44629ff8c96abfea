import { useTranslation } from 'react-i18next';
import { NavLink, Route, Routes } from 'react-router';
import { NotFound } from '../not-found';
import { ApplicationPage } from './application';
import { Applications } from './applications';
import { Convert } from './convert';
import { Overview } from './overview';
import { Sharing } from './sharing';
import { StatementPage } from './statement';

/** The learner's own pages. */
export function Learner() {
  // Both at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation(['learner', 'decision']);
  return (
    <>
      <LearnerNavigation />
      <Routes>
        <Route index element={<Overview />} />
        <Route path="statement" element={<StatementPage />} />
        <Route path="convert" element={<Convert />} />
        <Route path="applications" element={<Applications />} />
        <Route path="applications/:id" element={<ApplicationPage />} />
        <Route path="sharing" element={<Sharing />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}

function LearnerNavigation() {
  const { t } = useTranslation('learner');
  return (
    <nav className="local-nav" aria-label={t('nav.label')}>
      <ul>
        <li>
          <NavLink to="/account" end>
            {t('nav.overview')}
          </NavLink>
        </li>
        <li>
          <NavLink to="/account/statement">{t('nav.statement')}</NavLink>
        </li>
        <li>
          <NavLink to="/account/convert">{t('nav.convert')}</NavLink>
        </li>
        <li>
          <NavLink to="/account/applications">{t('nav.applications')}</NavLink>
        </li>
        <li>
          <NavLink to="/account/sharing">{t('nav.sharing')}</NavLink>
        </li>
      </ul>
    </nav>
  );
}
