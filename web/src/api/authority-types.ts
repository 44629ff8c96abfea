import type { components, paths } from './schema';

/** The service's shapes on the pages of the authority, the log and of who asks to join. */
type Schemas = components['schemas'];

export type Institution = Schemas['InstitutionDto'];
export type InstitutionKind = Institution['kind'];
export type Tier = Institution['tier'];
export type OutcomeForm = Institution['awards'][number];
export type Penalty = Schemas['PenaltySpanDto']['penalty'];
export type PenaltySpan = Schemas['PenaltySpanDto'];
export type NewInstitution = Schemas['NewInstitutionDto'];
export type Placement = Schemas['PlacementDto'];
export type OpenedInstitution = Schemas['OpenedInstitutionDto'];
export type InstitutionRequest = Schemas['InstitutionRequestDto'];
export type NewInstitutionRequest = Schemas['NewInstitutionRequestDto'];
export type RequestState = InstitutionRequest['state'];
export type Member = Schemas['MemberDto'];
export type Demerit = Schemas['DemeritDto'];
export type NewDemerit = Schemas['NewDemeritDto'];
export type ReversalOfDemerit = Schemas['DemeritReversalDto'];

export type Agreement = Schemas['AgreementDto'];
export type SignedAgreement = Schemas['SignedAgreementDto'];
export type SignedParty = Schemas['SignedPartyDto'];
export type AgreementState = SignedAgreement['state'];
export type NewAgreement = Schemas['NewAgreementDto'];
export type EndOfAgreement = Schemas['AgreementEndDto'];

export type Proposal = Schemas['ProposalDto'];
export type ProposalDetail = Schemas['ProposalDetailDto'];
export type ProposalState = Proposal['state'];
export type RevocationPreview = Schemas['RevokedOutcomeDto'];

export type AuditRun = Schemas['AuditRunDto'];
export type AuditFinding = Schemas['AuditFindingDto'];
export type Task = Schemas['TaskDto'];
export type KindOfWork = Schemas['TaskKindDto'];
export type EncryptionKey = Schemas['EncryptionKeyDto'];
export type AdministrativeEvent = Schemas['AdministrativeEventDto'];
export type OfficeQuota = Schemas['OfficeQuotaDto'];
export type HolidayNotice = Schemas['HolidayNoticeDto'];
export type NewHolidayNotice = Schemas['NewHolidayNoticeDto'];
export type OverdueInstitution = Schemas['OverdueInstitutionDto'];
export type OverdueApplication = Schemas['OverdueApplicationDto'];

type EventQuery = NonNullable<paths['/v1/administrative-events']['get']['parameters']['query']>;
export type EventFilter = Omit<EventQuery, 'limit' | 'after'>;

export type LogHead = Schemas['LogHeadDto'];
export type LogKey = Schemas['LogKeyDto'];
