import type { Decision, Grant } from '#libs/rules';
import type { ApplicationAction, ApplicationState } from './application-states.js';

/** A learner's request that a programme recognises what the learner has. */
export interface Application {
  readonly id: string;
  readonly learnerId: string;
  readonly programme: string;
  /** The receiving institution: it decides. */
  readonly institutionId: string;
  readonly state: ApplicationState;
  /** The day the rules are read for, `yyyy-mm-dd`. */
  readonly on: string;
  /** The month, `yyyy-mm`, in which the learner intends to graduate; null when nobody said. */
  readonly graduates: string | null;
  /** Account or key that asked. */
  readonly requestedBy: string;
  /** The institution that asked on the learner's behalf; null when the learner asked. */
  readonly requestingInstitution: string | null;
  /** Opens the facts of its decisions. */
  readonly wrappedKey: Buffer;
  /** How many people decide where it stands now. */
  readonly panelSize: number;
  /** The promised day, `yyyy-mm-dd`, by which somebody acts; null while nobody has to. */
  readonly dueOn: string | null;
  /** Last day for an appeal, `yyyy-mm-dd`; null when there can be none. */
  readonly appealUntil: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Who does something to an application. */
export interface Actor {
  readonly id: string;
  readonly institutionId: string | null;
}

/** The queue as an actor. */
export const QUEUE: Actor = { id: 'queue', institutionId: null };

/** One line of an application's history. */
export interface ApplicationEvent {
  readonly action: ApplicationAction | 'draft';
  /** The state the action led to. */
  readonly state: ApplicationState;
  readonly actor: Actor;
  readonly note: string | null;
  readonly recordedAt: Date;
}

/** Which panel speaks: the first, or the one of an appeal. */
export type Round = 1 | 2;

export const VERDICTS = ['approve', 'reject', 'return'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What one reviewer said about one decision. */
export interface Vote {
  readonly round: Round;
  readonly decisionSeq: number;
  readonly reviewer: string;
  readonly institutionId: string;
  readonly verdict: Verdict;
  readonly note: string | null;
  readonly recordedAt: Date;
}

/** The one appeal of an application. */
export interface Appeal {
  /** Its panel decides about decisions with a greater number. */
  readonly afterSeq: number;
  readonly reason: string;
  readonly recordedAt: Date;
}

/** A decision as stored: its document is canonical JSON and never changes. */
export interface StoredDecision {
  readonly applicationId: string;
  readonly seq: number;
  readonly document: string;
  readonly hash: Buffer;
  readonly ruleHash: Buffer;
  readonly factsSealed: Buffer;
  readonly recordedAt: Date;
}

/** A grant that was booked, with the application that gave it. */
export interface BookedGrant {
  readonly applicationId: string;
  readonly programme: string;
  readonly grant: Grant;
}

/** What a person at the receiving institution found, for example 80 percent content overlap. */
export interface RecordedFinding {
  readonly id: string;
  readonly learnerId: string;
  readonly programme: string;
  readonly lotId: string;
  /** Course of the programme; null when the finding is about the outcome alone. */
  readonly course: string | null;
  readonly what: string;
  readonly value: string;
  readonly actor: Actor & { readonly institutionId: string };
  readonly recordedAt: Date;
}

/** The decision inside a stored decision. */
export function decisionOf(stored: Pick<StoredDecision, 'document'>): Decision {
  return JSON.parse(stored.document) as Decision;
}

/** Whether an application on appeal has been evaluated since the appeal or a change behind it. */
export function isOffered(events: readonly ApplicationEvent[]): boolean {
  const last = events.findLast(({ action }) => ['appeal', 'reconsider', 'offer'].includes(action));
  return last?.action === 'offer';
}
