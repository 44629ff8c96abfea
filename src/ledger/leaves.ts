import { hash } from 'node:crypto';
import type { Millicredits } from '#libs/credit';
import { type PostingFacts, depositTextOf, headText, lineText } from '#libs/double-entry';
import type { DepositHead, DepositLine, EntryRecord, NewPosting } from './ledger.types.js';

const HASH_BYTES = 32;

/** The leaf hashes of a posting's entries, 32 bytes each in the order given. */
export function leavesOf(posting: PostingFacts, entries: readonly EntryRecord[]): Buffer {
  const head = headText(posting);
  return hashLeaves(entries, (entry) => `${head}\n${lineText(entry)}`);
}

/** The same of lots about to be opened. A line without credit leaves zeros, which nobody stores. */
export function leavesOfDeposits(
  posting: DepositHead & NewPosting,
  lines: readonly DepositLine[],
): Buffer {
  const textOf = depositTextOf(posting);
  return hashLeaves(lines, (line) => (isCredit(line) ? textOf(line) : null));
}

/**
 * RFC 6962: SHA-256 over a zero byte and the digest, which is the SHA-256 of the text.
 *
 * Hashes travel as latin1 text: a buffer for each costs twice the time and most of the garbage of a
 * bulk file (0.8 against 1.6 µs a digest on the machine of docs/benchmarks.md).
 */
function hashLeaves<Line>(lines: readonly Line[], textOf: (line: Line) => string | null): Buffer {
  const leaves = Buffer.alloc(lines.length * HASH_BYTES);
  const leaf = Buffer.alloc(1 + HASH_BYTES);
  for (let i = 0; i < lines.length; i += 1) {
    const text = textOf(lines[i] as Line);
    if (text === null) continue;
    leaf.write(hash('sha256', text, 'binary'), 1, 'latin1');
    leaves.write(hash('sha256', leaf, 'binary'), i * HASH_BYTES, 'latin1');
  }
  return leaves;
}

type CreditLine = DepositLine & { readonly amount: Millicredits };

function isCredit(line: DepositLine): line is CreditLine {
  return line.amount !== null;
}
