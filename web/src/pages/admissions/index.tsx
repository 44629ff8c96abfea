import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { LocalNav } from '../../parts/local-nav';
import { NotFound } from '../not-found';
import { ListPage } from './list';
import { ListsPage } from './lists';
import { OfflinePage } from './offline';
import { PersonPage } from './person';
import { QueriesPage } from './queries';
import { QueryPage } from './query';
import { CandidatePage } from './candidate';
import { OfficeScheme, OfficeSchemes } from './schemes';
import { StartPage } from './start';

/** The pages of an admissions office: is this true, does it count, and whom to ask. */
export function Admissions() {
  // All at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation(['admissions', 'verify', 'schemes', 'candidates', 'review']);
  return (
    <Room>
      <Routes>
        <Route index element={<StartPage />} />
        <Route path="person" element={<PersonPage />} />
        <Route path="lists" element={<ListsPage />} />
        <Route path="lists/:id" element={<ListPage />} />
        <Route path="queries" element={<QueriesPage />} />
        <Route path="queries/:id" element={<QueryPage />} />
        <Route path="schemes" element={<OfficeSchemes />} />
        <Route path="schemes/:code" element={<OfficeScheme />} />
        <Route path="candidates/:id" element={<CandidatePage />} />
        <Route path="offline" element={<OfflinePage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Room>
  );
}

function Room({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['admissions', 'candidates']);
  const links = [
    { to: '/admissions', label: t('nav.verify'), exact: true },
    { to: '/admissions/person', label: t('nav.person') },
    { to: '/admissions/lists', label: t('nav.lists') },
    {
      to: '/admissions/schemes',
      label: t('candidates:office.nav'),
      also: ['/admissions/candidates'],
    },
    { to: '/admissions/queries', label: t('nav.queries') },
    { to: '/admissions/offline', label: t('nav.offline') },
  ];
  return (
    <>
      <LocalNav label={t('nav.label')} links={links} />
      {children}
    </>
  );
}
