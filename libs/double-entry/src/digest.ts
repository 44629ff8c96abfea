import assert from 'node:assert';
import { hash } from 'node:crypto';
import { ACCOUNTS, type Entry, ENTRY_KINDS } from './model.js';

/** What the digests of all entries of a posting share. */
export interface PostingFacts {
  readonly postingId: string;
  readonly recordedAt: Date;
  readonly actor: string;
  readonly institutionId: string | null;
}

/** What an entry's digest covers of its own: for whom, of what, by which rule. */
export interface EntryFacts extends Entry {
  readonly learnerId: string;
  readonly categoryId: number;
  readonly issuerId: string;
  /** Partial date of what happened. */
  readonly occurredOn: string;
  /** Last usable day, `yyyy-mm-dd`; null when the credit never expires. */
  readonly expiresOn: string | null;
  /** SHA-256 of the rule version that decided, when a rule did. */
  readonly ruleHash: Buffer | null;
  /** 32 bytes that commit to the outcome's content under a salt. */
  readonly commitment: Buffer;
  readonly reason: string | null;
}

/** An entry with all that its digest covers. */
export type BookedEntry = EntryFacts & PostingFacts;

/** The first line of every digested text; another layout gets another version. */
export const DIGEST_VERSION = 'creditbank-entry/v1';

/**
 * SHA-256 over an entry in full, 32 bytes: the line that the public log holds for it. The text is
 * the values in a fixed order, one a line, with nothing for null, so that an auditor can make it in
 * SQL (docs/ledger-tables.md). No value may be empty or hold a line break: two entries could then
 * have one text.
 */
export function entryDigest(entry: BookedEntry): Buffer {
  return hash('sha256', entryText(entry), 'buffer');
}

/** The text under {@link entryDigest}. */
export function entryText(entry: BookedEntry): string {
  return `${headText(entry)}\n${lineText(entry)}`;
}

/** The lines that all entries of a posting share. */
export function headText({ postingId, recordedAt, actor, institutionId }: PostingFacts): string {
  assertLine(actor);
  return `${DIGEST_VERSION}\n${postingId}\n${recordedAt.toISOString()}\n${actor}\n${institutionId ?? ''}`;
}

/** The lines that are an entry's own. */
export function lineText(entry: EntryFacts): string {
  const { programme, occurredOn, reason, reference } = entry;
  assertLine(occurredOn);
  if (programme !== null) assertLine(programme);
  if (reference !== null) assertLine(reference);
  if (reason !== null) assertLine(reason);
  const { kind, debit, credit } = entry;
  return (
    `${entry.learnerId}\n${entry.lotId}\n${entry.lotSeq}\n` +
    `${ENTRY_KINDS.indexOf(kind)}\n${ACCOUNTS.indexOf(debit)}\n${ACCOUNTS.indexOf(credit)}\n` +
    `${entry.amount}\n${entry.availableAfter}\n${entry.heldAfter}\n` +
    `${entry.settlesSeq ?? ''}\n${reference ?? ''}\n${programme ?? ''}\n` +
    `${entry.categoryId}\n${entry.issuerId}\n${occurredOn}\n${entry.expiresOn ?? ''}\n` +
    `${entry.ruleHash?.toString('hex') ?? ''}\n${entry.commitment.toString('hex')}\n${reason ?? ''}`
  );
}

/** What differs between the deposits of one posting. */
export type DepositFacts = Pick<
  EntryFacts,
  'learnerId' | 'lotId' | 'amount' | 'categoryId' | 'occurredOn' | 'expiresOn' | 'commitment'
>;

/** What the deposits of one posting share: the institution that posts is the issuer of all. */
export interface DepositorFacts extends PostingFacts {
  readonly institutionId: string;
  readonly ruleHash: Buffer | null;
  readonly reason: string | null;
}

/**
 * {@link entryText} of deposits, for files of millions of them: what is the same for all is put
 * together once, and no entry has to be made first.
 */
export function depositTextOf(depositor: DepositorFacts): (deposit: DepositFacts) => string {
  const { institutionId: issuerId, ruleHash, reason } = depositor;
  if (reason !== null) assertLine(reason);
  const head = headText(depositor);
  const movement = [
    0,
    ENTRY_KINDS.indexOf('deposit'),
    ACCOUNTS.indexOf('issuer'),
    ACCOUNTS.indexOf('available'),
  ].join('\n');
  const rule = ruleHash?.toString('hex') ?? '';
  return ({ learnerId, lotId, amount, categoryId, occurredOn, expiresOn, commitment }) => {
    assertLine(occurredOn);
    const digits = String(amount);
    return (
      `${head}\n${learnerId}\n${lotId}\n${movement}\n${digits}\n${digits}\n0\n\n\n\n` +
      `${categoryId}\n${issuerId}\n${occurredOn}\n${expiresOn ?? ''}\n` +
      `${rule}\n${commitment.toString('hex')}\n${reason ?? ''}`
    );
  };
}

function assertLine(value: string): void {
  assert(value !== '' && !value.includes('\n'), 'a digested value is one line and not empty');
}
