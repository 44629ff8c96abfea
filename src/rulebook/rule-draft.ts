import type { Text } from '#libs/problems';

/** Where a draft stands. Only `draft` and `rejected` may be rewritten; `published` is the end. */
export const DRAFT_STATES = ['draft', 'submitted', 'approved', 'rejected', 'published'] as const;

export type DraftState = (typeof DRAFT_STATES)[number];

export type DraftAction = 'replace' | 'submit' | 'approve' | 'reject' | 'publish';

/** What is said about the end of a published version. */
export type RetirementAction = 'propose-retirement' | 'reject-retirement' | 'retire';

/** What is written into the history: also the first step, and the end of a published version. */
export type RuleAction = DraftAction | RetirementAction | 'create';

const TRANSITIONS: Record<DraftState, Partial<Record<DraftAction, DraftState>>> = {
  draft: { replace: 'draft', submit: 'submitted' },
  submitted: { approve: 'approved', reject: 'rejected' },
  approved: { publish: 'published', reject: 'rejected' },
  rejected: { replace: 'draft' },
  published: {},
};

/** The state an action leads to; undefined when the state does not allow it. */
export function nextDraftState(state: DraftState, action: DraftAction): DraftState | undefined {
  return TRANSITIONS[state][action];
}

/** A rule document on its way to publication. */
export interface RuleDraft {
  readonly id: string;
  /** The institution that owns the programme. */
  readonly institutionId: string;
  readonly regulationId: string;
  readonly version: number;
  readonly programme: string;
  readonly title: Text;
  /** The window that the document states, `yyyy-mm-dd`; null is open. */
  readonly inForceFrom: string;
  readonly inForceTo: string | null;
  /** SHA-256 of the canonical document, 64 hex digits. */
  readonly hash: string;
  /** The YAML as its author wrote it. */
  readonly source: string;
  readonly state: DraftState;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Who does something to a rule. */
export interface RuleActor {
  readonly id: string;
  readonly institutionId: string | null;
}

/** One step in the life of a rule. */
export interface RuleEvent {
  /** Null for a version that was published without a draft. */
  readonly draftId: string | null;
  readonly regulationId: string;
  readonly version: number;
  readonly action: RuleAction;
  readonly stateBefore: string | null;
  readonly stateAfter: string;
  readonly hashBefore: string | null;
  readonly hashAfter: string;
  /** The YAML that `create` and `replace` wrote; null for the other steps. */
  readonly source: string | null;
  /** First day of a published version, last day of one that is to end; null for the other steps. */
  readonly effectiveOn: string | null;
  readonly actor: RuleActor;
  readonly note: string | null;
  readonly recordedAt: Date;
}

export type NewRuleEvent = Omit<RuleEvent, 'recordedAt'>;
