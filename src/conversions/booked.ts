import type { Text } from '#libs/problems';
import type { Grant } from '#libs/rules';
import { type EntryRecord, entryId } from '../ledger/index.js';
import { type Application, type StoredDecision, decisionOf } from './application.js';

/** A decision that was booked, as proofs and pages tell it. */
export interface BookedConversion {
  readonly applicationId: string;
  readonly programme: string;
  readonly title: Text;
  /** The institution that decided. */
  readonly institutionId: string;
  readonly bookedAt: Date;
  /** Sum of the credits of its grants. */
  readonly credits: string;
  readonly rule: { readonly id: string; readonly version: number; readonly hash: string };
  /** SHA-256 of the decision document, in hex. */
  readonly decisionHash: string;
  readonly grants: readonly Grant[];
  /** Ids of the ledger entries that used the credit. */
  readonly entryIds: readonly string[];
}

export function bookedConversion(
  application: Application,
  stored: StoredDecision,
  rest: { title: Text; entries: readonly EntryRecord[] },
): BookedConversion {
  const decision = decisionOf(stored);
  return {
    applicationId: application.id,
    programme: application.programme,
    title: rest.title,
    institutionId: application.institutionId,
    bookedAt: application.changedAt,
    credits: decision.credits,
    rule: decision.rulebook,
    decisionHash: stored.hash.toString('hex'),
    grants: decision.granted,
    entryIds: rest.entries.filter((entry) => entry.kind === 'use').map(entryId),
  };
}
