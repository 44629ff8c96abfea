import type { components, paths } from './schema';

/** The service's shapes under the names the pages use. Amounts and hours are decimal strings. */
type Schemas = components['schemas'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Account = Schemas['AccountDto'];
export type Role = Account['roles'][number];
export type IdentityKind = Schemas['DocumentDto']['kind'];

export type Balance = Schemas['BalanceDto'];
export type Entry = Schemas['EntryDto'];
export type Statement = Schemas['StatementDto'];
export type OutcomeState = Schemas['OutcomeDto']['state'];

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
export type Share = Schemas['ShareDto'];
export type Proof = Schemas['ProofDto'];
export type DocumentAnswer = Schemas['DocumentAnswerDto'];
export type DocumentCheck = Schemas['DocumentCheckDto'];
export type CheckedCredential = Schemas['CheckedCredentialDto'];

export type Import = Schemas['ImportDto'];
export type ImportState = Import['state'];
export type RowFault = Schemas['RowFaultDto'];

type FaultQuery = NonNullable<paths['/v1/imports/{id}/rows']['get']['parameters']['query']>;
export type FaultCode = NonNullable<FaultQuery['code']>;
