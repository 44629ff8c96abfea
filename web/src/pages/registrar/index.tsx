import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import type { Role } from '../../api/types';
import { type LocalLink, LocalNav } from '../../parts/local-nav';
import { useOwnKind } from '../../parts/own-kind';
import { useSignedIn } from '../../parts/session';
import { NotFound } from '../not-found';
import { OwnConditionsPage } from './conditions';
import { ImportPage } from './imports/import';
import { Imports } from './imports/imports';
import { MembersPage } from './office/members';
import { OfficePage } from './office/office';
import { EnrolPage } from './pathways/enrol';
import { PathwayLearner } from './pathways/learner';
import { PathwaysPage } from './pathways/pathways';
import { QueriesPage } from './queries/queries';
import { QueryPage } from './queries/query';
import { OutreachPage } from './outreach/outreach';
import { NewRecordPage } from './records/new-record';
import { OutcomePage } from './records/outcome';
import { RecordsPage } from './records/records';
import { KeysPage } from './systems/keys';
import { WorkloadPage } from './workload/workload';
import { WebhookPage } from './systems/webhook';
import { WebhooksPage } from './systems/webhooks';

const POSTING: readonly Role[] = ['registrar', 'issuer'];
const MANAGING: readonly Role[] = ['manager'];
const SCHOOL: readonly Role[] = ['registrar'];
const ALL: readonly Role[] = [...POSTING, ...MANAGING];

const ROOMS = [
  { to: 'imports', roles: POSTING },
  { to: 'records', roles: POSTING },
  { to: 'outreach', roles: POSTING },
  { to: 'queries', roles: POSTING },
  { to: 'conditions', roles: SCHOOL },
  { to: 'workload', roles: ALL },
  { to: 'pathways', roles: SCHOOL },
  { to: 'members', roles: MANAGING },
  { to: 'keys', roles: ALL },
  { to: 'webhooks', roles: POSTING },
  { to: 'office', roles: ALL },
] as const;

/** The pages of everybody who posts outcomes, and of those who manage them. */
export function Registrar() {
  // All at once, so that no page hides again while the texts of a part of it arrive.
  useTranslation([
    'registrar',
    'records',
    'systems',
    'institution',
    'verify',
    'conditions',
    'workload',
    'pathway',
    'enrolment',
    'pathways',
    'role',
    'review',
  ]);
  const { roles } = useSignedIn();
  const isPupilSchool = useOwnKind() === 'pupil-school';
  const rooms = ROOMS.filter(
    ({ to, roles: of }) =>
      of.some((role) => roles.includes(role)) && (to !== 'outreach' || isPupilSchool),
  );
  return (
    <>
      <RegistrarNavigation rooms={rooms.map(({ to }) => to)} />
      <Routes>
        <Route index element={<Navigate to={rooms[0]?.to ?? 'office'} replace />} />
        <Route path="imports" element={<Imports />} />
        <Route path="imports/:id" element={<ImportPage />} />
        <Route path="records" element={<RecordsPage />} />
        <Route path="records/new" element={<NewRecordPage />} />
        <Route path="records/:learner" element={<RecordsPage />} />
        <Route path="records/:learner/:id" element={<OutcomePage />} />
        <Route path="outreach" element={<OutreachPage />} />
        <Route path="workload" element={<WorkloadPage />} />
        <Route path="queries" element={<QueriesPage />} />
        <Route path="queries/:id" element={<QueryPage />} />
        <Route path="conditions" element={<OwnConditionsPage />} />
        <Route path="pathways" element={<PathwaysPage />} />
        <Route path="pathways/:id/enrol" element={<EnrolPage />} />
        <Route path="pathways/:id/learners/:enrolment" element={<PathwayLearner />} />
        <Route path="members" element={<MembersPage />} />
        <Route path="keys" element={<KeysPage />} />
        <Route path="webhooks" element={<WebhooksPage />} />
        <Route path="webhooks/:id" element={<WebhookPage />} />
        <Route path="office" element={<OfficePage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </>
  );
}

function RegistrarNavigation({ rooms }: { rooms: readonly (typeof ROOMS)[number]['to'][] }) {
  const { t } = useTranslation('registrar');
  const links: LocalLink[] = rooms.map((to) => ({ to: `/registrar/${to}`, label: t(`nav.${to}`) }));
  return <LocalNav label={t('nav.label')} links={links} />;
}
