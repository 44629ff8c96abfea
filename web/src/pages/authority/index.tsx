import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { SectionedNav } from '../../parts/local-nav';
import { useSignedIn } from '../../parts/session';
import { NotFound } from '../not-found';
import { AgreementPage } from './agreements/agreement';
import { AgreementList } from './agreements/list';
import { ProposeAgreement } from './agreements/propose';
import { Books } from './books/books';
import { Events } from './events';
import { HolidaysPage } from './holidays';
import { IndicatorInputs } from './indicators';
import { InstitutionPage } from './institutions/institution';
import { InstitutionList } from './institutions/list';
import { OpenInstitution } from './institutions/open';
import { Requests } from './institutions/requests';
import { Operations } from './operations/operations';
import { Overdue, OverdueOf } from './overdue';
import { AuthorityPathways } from './pathways';
import { NewPlan } from './plans/new-plan';
import { PublishPathway } from './publishing/publish';
import { Quotas } from './quotas';
import { RevocationOrderPage } from './revocations/order';
import { RevocationOrders } from './revocations/orders';
import { ConditionsPage } from './reports/conditions';
import { ReportsPage } from './reports/reports';
import { SourcesPage } from './reports/sources';
import { AuthorityScheme, AuthoritySchemes } from './schemes';
import { Today } from './today';
import { WorkloadOfAll } from './workload';

const BASE = '/authority';

/** The pages of the authority and of those who keep the bank running. */
export function Authority() {
  // All at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation([
    'authority',
    'operations',
    'institution',
    'decision',
    'revocations',
    'conditions',
    'report',
    'workload',
    'schemes',
    'candidates',
    'pathway',
    'plans',
    'publishing',
    'pathways',
    'role',
    'records',
  ]);
  const { roles } = useSignedIn();
  const isAuthority = roles.includes('authority');
  return (
    <>
      <Navigation isAuthority={isAuthority} />
      <Routes>
        <Route index element={<Today />} />
        <Route path="institutions" element={<InstitutionList />} />
        <Route path="institutions/new" element={<OpenInstitution />} />
        <Route path="institutions/:id" element={<InstitutionPage />} />
        <Route path="requests" element={<Requests />} />
        <Route path="agreements" element={<AgreementList />} />
        <Route path="agreements/new" element={<ProposeAgreement />} />
        <Route path="agreements/:id" element={<AgreementPage />} />
        <Route path="proposals/*" element={<Navigate to="/proposals" replace />} />
        {isAuthority && (
          <>
            <Route path="overdue" element={<Overdue />} />
            <Route path="workload" element={<WorkloadOfAll />} />
            <Route path="pathways" element={<AuthorityPathways />} />
            <Route path="pathways/new" element={<PublishPathway />} />
            <Route path="schemes/new" element={<NewPlan />} />
            <Route path="overdue/:institution" element={<OverdueOf />} />
            <Route path="revocations" element={<RevocationOrders />} />
            <Route path="revocations/:id" element={<RevocationOrderPage />} />
          </>
        )}
        <Route path="indicators" element={<IndicatorInputs />} />
        {isAuthority && <Route path="indicators/:id" element={<SourcesPage />} />}
        <Route path="reports" element={<ReportsPage />} />
        <Route path="conditions" element={<ConditionsPage />} />
        <Route path="schemes" element={<AuthoritySchemes />} />
        <Route path="schemes/:code" element={<AuthorityScheme />} />
        <Route path="books" element={<Books />} />
        <Route path="operations" element={<Operations />} />
        <Route path="events" element={<Events />} />
        <Route path="quotas" element={<Quotas />} />
        <Route path="holidays/:year?" element={<HolidaysPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}

/** What only an authority does is left out for those who keep the bank running. */
function Navigation({ isAuthority }: { isAuthority: boolean }) {
  const { t } = useTranslation(['authority', 'revocations', 'candidates', 'pathways']);
  const institutions = [
    { to: `${BASE}/institutions`, label: t('nav.institutions') },
    { to: `${BASE}/requests`, label: t('nav.requests') },
    { to: `${BASE}/agreements`, label: t('nav.agreements') },
    { to: `${BASE}/quotas`, label: t('nav.quotas') },
  ];
  // What waits for a second person is a place of its own in the main navigation.
  const dueToday = [
    { to: BASE, label: t('nav.today'), exact: true },
    ...(isAuthority
      ? [
          { to: `${BASE}/overdue`, label: t('nav.overdue') },
          { to: `${BASE}/revocations`, label: t('revocations:title') },
        ]
      : []),
  ];
  const plan = [
    { to: `${BASE}/indicators`, label: t('nav.indicators') },
    { to: `${BASE}/reports`, label: t('nav.reports') },
    { to: `${BASE}/conditions`, label: t('nav.conditions') },
    ...(isAuthority ? [{ to: `${BASE}/workload`, label: t('nav.workload') }] : []),
    { to: `${BASE}/schemes`, label: t('candidates:authority.nav') },
    ...(isAuthority ? [{ to: `${BASE}/pathways`, label: t('pathways:open.nav') }] : []),
  ];
  const running = [
    { to: `${BASE}/books`, label: t('nav.books') },
    { to: `${BASE}/operations`, label: t('nav.operations') },
    { to: `${BASE}/events`, label: t('nav.events') },
    { to: `${BASE}/holidays`, label: t('nav.holidays') },
  ];
  return (
    <SectionedNav
      label={t('nav.label')}
      sections={[
        { label: t('sections.today'), links: dueToday },
        { label: t('sections.institutions'), links: institutions },
        { label: t('sections.plan'), links: plan },
        { label: t('sections.running'), links: running },
      ]}
    />
  );
}
