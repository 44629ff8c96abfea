import { createHash } from 'node:crypto';
import { parseCredits } from '#libs/credit';
import { type Decision, type LearnerFacts, canonicalJson } from '#libs/rules';

/** What a publication makes of the learners it touches, and how far it has come. */
export interface Reevaluation {
  readonly id: string;
  readonly regulationId: string;
  readonly version: number;
  /** The owner of the programme. */
  readonly institutionId: string;
  readonly programme: string;
  /** Hash of the published version, and of the one that governed before; null when none did. */
  readonly ruleHash: string;
  readonly replacedHash: string | null;
  /** The day for which learners are looked at: the first of the version, or today. */
  readonly on: string;
  readonly state: 'queued' | 'running' | 'done';
  /** Learners; null before it began. */
  readonly total: number | null;
  readonly done: number;
  /** Learners to whom the new rules would grant more or less than the old ones. */
  readonly gained: number;
  readonly lost: number;
  /** Undecided applications that are decided again. */
  readonly reconsidered: number;
  /** Everybody up to this learner is done; null before the first. */
  readonly cursor: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly elapsedMs: number;
}

/** What a programme would grant a learner now, beyond what is decided. */
export interface Standing {
  readonly learnerId: string;
  readonly inputHash: Buffer;
  readonly resultHash: Buffer;
  readonly millicredits: bigint;
  readonly millicreditsBefore: bigint;
}

/** Compares what two versions say of the same facts. */
export function standingOf(
  learnerId: string,
  facts: LearnerFacts,
  decisions: { before: Decision | null; after: Decision },
): Standing {
  const { before, after } = decisions;
  return {
    learnerId,
    inputHash: sha256(canonicalJson(facts)),
    resultHash: sha256(canonicalJson({ credits: after.credits, granted: after.granted })),
    millicredits: amountOf(after.credits),
    millicreditsBefore: before ? amountOf(before.credits) : 0n,
  };
}

function amountOf(credits: string): bigint {
  const parsed = parseCredits(credits);
  if (!parsed.ok) throw new Error(`a decision speaks of "${credits}" credits`);
  return parsed.amount;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
