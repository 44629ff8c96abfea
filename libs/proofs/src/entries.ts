import { type Millicredits, formatCredits, parseCredits } from '#libs/credit';
import {
  ACCOUNTS,
  type Account,
  type BookedEntry,
  ENTRY_KINDS,
  type EntryKind,
  entryDigest,
} from '#libs/double-entry';
import { leafHash } from '#libs/merkle';
import * as check from './checks.js';

/** An entry as proofs carry it: all that its digest covers, and nothing else. */
export interface EntryFile {
  readonly postingId: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly institutionId: string | null;
  readonly learnerId: string;
  readonly lotId: string;
  readonly lotSeq: number;
  readonly kind: EntryKind;
  readonly from: Account;
  readonly to: Account;
  readonly amount: string;
  readonly availableAfter: string;
  readonly heldAfter: string;
  readonly settlesSeq: number | null;
  readonly reference: string | null;
  readonly programme: string | null;
  readonly categoryId: number;
  readonly issuerId: string;
  readonly occurredOn: string;
  readonly expiresOn: string | null;
  readonly ruleHash: string | null;
  readonly commitment: string;
  readonly reason: string | null;
}

/** What an entry must look like in a file. */
export const ENTRY_FIELDS: Readonly<Record<keyof EntryFile, check.Check>> = {
  postingId: check.uuid,
  recordedAt: check.moment,
  actor: check.line,
  institutionId: check.nullable(check.uuid),
  learnerId: check.uuid,
  lotId: check.uuid,
  lotSeq: check.count,
  kind: check.oneOf(ENTRY_KINDS),
  from: check.oneOf(ACCOUNTS),
  to: check.oneOf(ACCOUNTS),
  amount: check.credits,
  availableAfter: check.credits,
  heldAfter: check.credits,
  settlesSeq: check.nullable(check.count),
  reference: check.nullable(check.line),
  programme: check.nullable(check.line),
  categoryId: check.count,
  issuerId: check.uuid,
  occurredOn: check.line,
  expiresOn: check.nullable(check.day),
  ruleHash: check.nullable(check.hex),
  commitment: check.hex,
  reason: check.nullable(check.line),
};

/** An entry for a file. */
export function toEntryFile(entry: BookedEntry): EntryFile {
  return {
    postingId: entry.postingId,
    recordedAt: entry.recordedAt.toISOString(),
    actor: entry.actor,
    institutionId: entry.institutionId,
    learnerId: entry.learnerId,
    lotId: entry.lotId,
    lotSeq: entry.lotSeq,
    kind: entry.kind,
    from: entry.debit,
    to: entry.credit,
    amount: formatCredits(entry.amount),
    availableAfter: formatCredits(entry.availableAfter),
    heldAfter: formatCredits(entry.heldAfter),
    settlesSeq: entry.settlesSeq,
    reference: entry.reference,
    programme: entry.programme,
    categoryId: entry.categoryId,
    issuerId: entry.issuerId,
    occurredOn: entry.occurredOn,
    expiresOn: entry.expiresOn,
    ruleHash: entry.ruleHash?.toString('hex') ?? null,
    commitment: entry.commitment.toString('hex'),
    reason: entry.reason,
  };
}

/** The entry of a file that was checked against {@link ENTRY_FIELDS}. */
export function toBookedEntry(file: EntryFile): BookedEntry {
  return {
    postingId: file.postingId,
    recordedAt: new Date(file.recordedAt),
    actor: file.actor,
    institutionId: file.institutionId,
    learnerId: file.learnerId,
    lotId: file.lotId,
    lotSeq: file.lotSeq,
    kind: file.kind,
    debit: file.from,
    credit: file.to,
    amount: amountOf(file.amount),
    availableAfter: amountOf(file.availableAfter),
    heldAfter: amountOf(file.heldAfter),
    settlesSeq: file.settlesSeq,
    reference: file.reference,
    programme: file.programme,
    categoryId: file.categoryId,
    issuerId: file.issuerId,
    occurredOn: file.occurredOn,
    expiresOn: file.expiresOn,
    ruleHash: file.ruleHash === null ? null : Buffer.from(file.ruleHash, 'hex'),
    commitment: Buffer.from(file.commitment, 'hex'),
    reason: file.reason,
  };
}

/** The hash under which the public log holds an entry. */
export function leafOf(entry: BookedEntry): Buffer {
  return leafHash(entryDigest(entry));
}

function amountOf(text: string): Millicredits {
  const parsed = parseCredits(text);
  // The shape was checked before, and there amounts are parsed.
  return parsed.ok ? parsed.amount : (0n as Millicredits);
}
