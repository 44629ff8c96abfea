import type { Pathway, PathwayEvent } from '#libs/pathways';

/** A published version of a pathway. */
export interface PathwayRecord {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly pathway: Pathway;
  /** SHA-256 of the document. */
  readonly hash: string;
  /** Where the first stage is studied. */
  readonly senderId: string;
  /** Where the last stage is studied. */
  readonly receiverId: string;
  readonly publishedAt: Date;
}

/** A learner in a pathway. */
export interface Enrolment {
  readonly id: string;
  readonly learnerId: string;
  readonly pathwayId: string;
  readonly code: string;
  /** Year of the September in which the learner began. */
  readonly intake: number;
  readonly enrolledAt: Date;
}

/** An event as it is stored, with what the gate said. */
export interface StoredEvent extends PathwayEvent {
  readonly enrolmentId: string;
  /** {@link GateAnswer} in the words of the API; null for events of no gate, and once erased. */
  readonly answer: object | null;
  readonly institutionId: string | null;
  readonly recordedAt: Date;
}

/** An event on its way in. */
export type NewEvent = Omit<StoredEvent, 'seq' | 'recordedAt'> & { readonly actor: string };
