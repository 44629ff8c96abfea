import type { components, paths } from './schema';

/** The service's shapes under the names the pages use. Amounts and hours are decimal strings. */
type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Session = Schemas['SessionDto'];
export type Account = Schemas['AccountDto'];
export type Role = Account['roles'][number];
export type IdentityKind = Schemas['DocumentDto']['kind'];

export type PasskeyOptions = Schemas['PasskeyOptionsDto'];
export type PasskeyAnswer = Schemas['PasskeyAttestationAnswerDto'];

export type Balance = Schemas['BalanceDto'];
export type Entry = Schemas['EntryDto'];
export type Statement = Schemas['StatementDto'];
export type OutcomeState = Schemas['OutcomeDto']['state'];

export type Outcome = Schemas['OutcomeDto'];
export type OutcomeDefinition = Schemas['OutcomeDefinitionDto'];

export type Gap = Schemas['GapDto'];
export type Plan = Schemas['PlanDto'];
export type Standing = Schemas['StandingDto'];
export type Representation = Schemas['RepresentationDto'];
export type CounterSession = Schemas['CounterSessionDto'];
export type Act = Representation['acts'][number];
export type NewCounterSession = Schemas['NewCounterSessionDto'];
export type NewGuardianship = Schemas['NewGuardianshipDto'];
export type PresentPerson = Schemas['PresentPersonDto'];
export type AccountClaim = Schemas['ClaimDto'];
export type NewLearnerQuery = Schemas['NewLearnerQueryDto'];
export type LearnerQuery = Schemas['LearnerQueryDto'];
export type LearnerQuerySummary = Schemas['LearnerQuerySummaryDto'];
export type AccessEntry = Schemas['AccessEntryDto'];
export type Consent = Schemas['ConsentDto'];
export type NewConsent = Schemas['NewConsentDto'];
export type Erasure = Schemas['ErasureDto'];
export type ErasureGround = Schemas['ErasureRequestDto']['ground'];

export type Programme = Schemas['ProgrammeDto'];
export type Decision = Schemas['DecisionDto'];
export type Grant = Schemas['GrantDto'];
export type CapUse = Schemas['CapUseDto'];
export type Requirement = Schemas['RequirementDto'];
export type ReasonNode = Schemas['ReasonNodeDto'];
export type Waiting = Schemas['WaitingDto'];

export type Application = Schemas['ApplicationDto'];
export type ApplicationEvent = Schemas['ApplicationEventDto'];
export type ApplicationState = Application['state'];
export type ApplicationSummary = Schemas['ApplicationSummaryDto'];
export type Finding = Schemas['FindingDto'];
export type Review = Schemas['ReviewDto'];

export type NewShare = Schemas['NewShareDto'];
export type ShareChange = Schemas['ShareChangeDto'];
export type ShareDetail = Schemas['ShareDetailDto'];
export type ShareView = Schemas['ShareViewDto'];
export type Share = Schemas['ShareDto'];
export type Proof = Schemas['OpenedProofDto'];
export type DocumentAnswer = Schemas['DocumentAnswerDto'];
export type DocumentCheck = Schemas['DocumentCheckDto'];
export type CheckedCredential = Schemas['CheckedCredentialDto'];

export type EquivalenceQuestion = Schemas['EquivalenceQuestionDto'];
export type EquivalenceAnswer = Schemas['EquivalenceAnswerDto'];
export type EquivalenceClause = Schemas['AnswerClauseDto'];
export type EquivalenceBatch = Schemas['EquivalenceBatchDto'];
export type EquivalenceRow = Schemas['BatchRowDto'];
export type NewSchoolQuery = Schemas['NewQueryDto'];
export type SchoolQuery = Schemas['QueryDto'];
export type SchoolQuerySummary = Schemas['QuerySummaryDto'];
export type SchoolQueryEvent = Schemas['QueryEventDto'];

export type Import = Schemas['ImportDto'];
export type ImportState = Import['state'];
export type RowFault = Schemas['RowFaultDto'];

type FaultQuery = NonNullable<paths['/v1/imports/{id}/rows']['get']['parameters']['query']>;
export type FaultCode = NonNullable<FaultQuery['code']>;
