import type { Text } from '../parts/format';

/** Shapes of the service's answers. Amounts and hours are decimal strings. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Account {
  id: string;
  name: string;
  roles: string[];
  institutionId: string | null;
  learnerId: string | null;
}

export interface Session {
  account: Account;
}

export interface Institution {
  id: string;
  code: string;
  kind: string;
  name: Text;
}

export interface Learner {
  id: string;
  name: string | null;
}

export interface Balances {
  available: string;
  held: string;
  used: string;
  expired: string;
  revoked: string;
}

export interface Balance {
  learnerId: string;
  asOf: string;
  total: Balances;
  categories: (Balances & { code: string; title: Text })[];
  expiringSoon: { outcomeId: string; amount: string; expiresOn: string }[];
}

export interface Entry {
  id: string;
  outcomeId: string;
  kind: 'deposit' | 'hold' | 'release' | 'use' | 'expiry' | 'revocation' | 'reversal';
  amount: string;
  occurredOn: string;
  recordedAt: string;
  institutionId: string;
  reason: string | null;
}

export interface Statement extends Page<Entry> {
  opening: Balances;
  closing: Balances;
}

export interface Outcome {
  id: string;
  code: string;
  title: Text;
  /** The institution that posted it. */
  institutionId: string;
  completedOn: string;
  credits: string | null;
  grade: string | null;
  level: string | null;
  noCreditReason: string | null;
  expiresOn: string | null;
  state: OutcomeState;
}

export type OutcomeState = 'available' | 'held' | 'used' | 'revoked' | 'expired' | 'registered';

export interface Programme {
  code: string;
  title: Text;
  institutionId: string;
}

export interface LotUse {
  lot: string;
  amount: string;
  forfeited: string;
}

export interface Grant {
  rule: string;
  ruleTitle: Text;
  basis: string | null;
  effect: 'credit' | 'exemption' | 'score' | 'right';
  course: string | null;
  courseTitle: Text | null;
  elective: string | null;
  credits: string;
  value: string | null;
  uses: LotUse[];
  lots: string[];
  grade: string | null;
}

/** A reason as the service words it. */
export interface Reason {
  basis?: string | null;
  text: Text;
}

export interface Waiting {
  what: string;
  lot: string | null;
  course: string | null;
  finding: string | null;
  wanted: string;
}

export interface Pending extends Reason {
  waitsFor: Waiting[];
}

export interface CapUse {
  cap: string;
  title: Text | null;
  basis: string | null;
  counts: 'credits' | 'applications' | 'lots';
  limit: string;
  before: string;
  used: string;
}

export interface Requirement {
  requirement: string;
  title: Text;
  basis: string | null;
  needed: string;
  have: string;
  short: string;
  met: boolean;
}

export interface ReasonNode {
  path: string;
  rule: string;
  operator: string;
  wanted: string;
  read: string | null;
  lot: string | null;
  verdict: 'true' | 'false' | 'not-evaluated';
  children: ReasonNode[];
}

export interface Decision {
  rulebook: { id: string; version: number; hash: string };
  programme: string;
  on: string;
  credits: string;
  granted: Grant[];
  refused: Reason[];
  pending: Pending[];
  caps: CapUse[];
  requirements: Requirement[];
  award: 'met' | 'not-met' | 'none';
  proven: boolean;
  bound: string;
  reasons: ReasonNode[];
  missing: Reason[];
}

export const APPLICATION_STATES = [
  'submitted',
  'evaluating',
  'in-review',
  'booked',
  'rejected',
  'returned',
  'withdrawn',
  'refused',
] as const;

export type ApplicationState = (typeof APPLICATION_STATES)[number];

export interface InstitutionName {
  code: string;
  name: Text;
}

/** An application in a list. */
export interface ApplicationSummary {
  id: string;
  learnerId: string;
  learnerName: string | null;
  programme: string;
  institution: InstitutionName;
  state: ApplicationState;
  on: string;
  requestedBy: InstitutionName | null;
  createdAt: string;
  changedAt: string;
}

export interface ApplicationEvent {
  at: string;
  action: string;
  state: ApplicationState;
  by: 'learner' | 'institution' | 'service';
  institution: InstitutionName | null;
  note: string | null;
}

export interface ApplicationOutcome {
  id: string;
  code: string;
  title: Text;
  institution: InstitutionName;
  completedOn: string;
  grade: string | null;
  level: string | null;
  credits: string | null;
  state: OutcomeState;
}

export interface Application extends ApplicationSummary {
  history: ApplicationEvent[];
  decision: Decision | null;
  decisionHash: string | null;
  outcomes: ApplicationOutcome[];
}

export interface AcceptedApplication {
  id: string;
  state: ApplicationState;
}

export interface Review {
  verdict: 'approve' | 'reject' | 'return';
  note?: string;
  /** The decision that was read: the review is refused when there is a newer one. */
  decisionHash?: string;
}

/** What a person at the receiving institution judged. */
export interface Finding {
  programme: string;
  outcome: string;
  course?: string;
  what: string;
  value: string;
}

export interface Evaluated {
  programme: string;
  on: string;
  decision: Decision;
}

export interface Share {
  id: string;
  code: string;
  url: string;
  purpose: string;
  receiver: string | null;
  state: 'active' | 'expired' | 'revoked';
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  opened: number;
  lastOpenedAt: string | null;
}

export interface ProofOutcome extends ApplicationOutcome {
  hours: string | null;
}

export interface ProofConversion {
  applicationId: string;
  programme: string;
  title: Text;
  institution: InstitutionName;
  bookedAt: string;
  credits: string;
  rule: { id: string; version: number; hash: string };
}

export type IdentityKind =
  | 'resident-id'
  | 'passport'
  | 'hk-macao-permit'
  | 'taiwan-permit'
  | 'foreign-student-number'
  | 'sh-credit-bank-id'
  | 'abc-account-id';

export interface Proof {
  status: string;
  checks: { line: string; result: 'pass' | 'fail' | 'not-applicable'; text: Text }[];
  learner: { name: string | null; documents: { kind: IdentityKind; masked: string }[] };
  purpose: string;
  receiver: string | null;
  sharedAt: string;
  expiresAt: string;
  outcomes: ProofOutcome[];
  conversions: ProofConversion[];
  balance: { asOf: string; total: Balances };
  checkedAt: string;
}

export const IMPORT_STATES = [
  'received',
  'checking',
  'checked',
  'committing',
  'committed',
  'failed',
] as const;

export type ImportState = (typeof IMPORT_STATES)[number];

export interface Import {
  id: string;
  fileName: string;
  format: string | null;
  encoding: string | null;
  sheet: string | null;
  ignoredSheets: string[];
  ignoredColumns: string[];
  state: ImportState;
  /** Why a whole file was refused. */
  problem: { code: string; title: Text; change: Text } | null;
  faultsListed: number;
  rows: {
    total: number | null;
    read: number;
    fit: number;
    faulty: number;
    alreadyPosted: number;
    posted: number;
  };
  progress: {
    phase: string;
    rowsDone: number;
    rowsTotal: number | null;
    rowsPerSecond: number;
    secondsLeft: number | null;
  };
  createdAt: string;
}

export interface RowFault {
  row: number;
  column: string | null;
  value: string | null;
  code: string;
  message: Text;
  hint: Text;
}
