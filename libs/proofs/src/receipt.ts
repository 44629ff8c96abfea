import { type VerifierKey, formatVerifierKey, parseVerifierKey } from '#libs/merkle';
import * as check from './checks.js';
import {
  PLACED_FIELDS,
  type PlacedEntries,
  type ProvenEntry,
  judgeEntries,
  judgeHashes,
  placeEntries,
} from './placed.js';
import { type Line, fails } from './report.js';
import { type Trust, judgeCheckpoint, judgeKey, judgeAbsent } from './trust.js';

export const RECEIPT_FORMAT = 'creditbank-receipt/v1';

/** A receipt that stands alone: entries, their way to the root, and the root as the log signed it. */
export interface ReceiptFile extends PlacedEntries {
  readonly format: typeof RECEIPT_FORMAT;
  /** The log's public key. Nobody needs to believe it because it stands here. */
  readonly key: string;
  /** The public keys of the witnesses whose signatures the checkpoint carries. */
  readonly witnesses: readonly string[];
  readonly checkpoint: string;
}

/** Who signed a checkpoint, and the checkpoint. */
export interface SignedRoot {
  readonly key: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
  readonly checkpoint: string;
}

const MOST_WITNESSES = 100;

/** What every file of proofs begins with. */
export const SIGNED_FIELDS: Readonly<Record<'key' | 'witnesses' | 'checkpoint', check.Check>> = {
  key: check.publicKey,
  witnesses: check.list(check.publicKey, MOST_WITNESSES),
  checkpoint: check.signedNote,
};

const SHAPE = check.record({
  format: check.oneOf([RECEIPT_FORMAT]),
  ...SIGNED_FIELDS,
  ...PLACED_FIELDS,
});

export function makeReceipt(root: SignedRoot, proven: readonly ProvenEntry[]): ReceiptFile {
  return {
    format: RECEIPT_FORMAT,
    key: formatVerifierKey(root.key),
    witnesses: root.witnesses.map(formatVerifierKey),
    ...placeEntries(proven),
    checkpoint: root.checkpoint,
  };
}

/** Checks a receipt that says it is one. */
export function judgeReceipt(value: unknown, trust: Trust): Line[] {
  const fault = SHAPE(value, '');
  if (fault !== undefined) return [fails('form', fault)];
  const receipt = value as ReceiptFile;
  if (receipt.entries.length === 0) return [fails('form', 'entries: a receipt has one at least')];
  const lines = [judgeKey(receipt.key, trust)];
  const { key, witnesses } = keysOf(receipt);
  const judged = judgeCheckpoint('checkpoint', receipt.checkpoint, { key, witnesses, trust });
  lines.push(...judged.lines, ...judgeAbsent([receipt.checkpoint], witnesses, trust));
  lines.push(judgeHashes(receipt));
  if (judged.checkpoint) lines.push(...judgeEntries(receipt, judged.checkpoint));
  return lines;
}

/** The keys of a file whose shape was checked. */
export function keysOf(file: { readonly key: string; readonly witnesses: readonly string[] }): {
  key: VerifierKey;
  witnesses: VerifierKey[];
} {
  const read = (text: string): VerifierKey => parseVerifierKey(text) as VerifierKey;
  return { key: read(file.key), witnesses: file.witnesses.map(read) };
}
