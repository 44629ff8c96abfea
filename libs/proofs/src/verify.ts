import { openCheckpoint, parseCheckpoint, parseNote } from '#libs/merkle';
import { BALANCE_PROOF_FORMAT, judgeBalanceProof } from './balance-proof.js';
import { parseJson } from './checks.js';
import { RECEIPT_FORMAT, judgeReceipt } from './receipt.js';
import { type Line, type Report, fails, holds, open, reportOf } from './report.js';
import { type Trust, judgeAbsent, judgeCheckpoint } from './trust.js';

/** What checks a file says it has, by the name of its format. */
type Judge = (value: unknown, trust: Trust, today: string) => Line[];

const JUDGES: Readonly<Record<string, Judge>> = {
  [RECEIPT_FORMAT]: judgeReceipt,
  [BALANCE_PROOF_FORMAT]: judgeBalanceProof,
};

const CHECKPOINT_FORMAT = 'c2sp.org/tlog-checkpoint';

/**
 * Checks a file of proofs, or a checkpoint, with nothing but the file and the keys that the reader
 * trusts. What a stranger sends is answered with a report, never with an exception.
 *
 * @param today the reader's day, `yyyy-mm-dd`: credit past its last day is told apart
 */
export function verifyFile(bytes: Buffer, trust: Trust, today: string): Report {
  const source = decodeUtf8(bytes);
  if (source === undefined) return reportOf(null, [fails('form', 'it is no text in UTF-8')]);
  if (!source.trimStart().startsWith('{')) return verifyCheckpoint(source, trust);
  const parsed = parseJson(source);
  if (!parsed.ok) return reportOf(null, [fails('form', parsed.fault)]);
  const stated = (parsed.value as { format?: unknown }).format;
  const judge = typeof stated === 'string' && Object.hasOwn(JUDGES, stated) && JUDGES[stated];
  if (!judge || typeof stated !== 'string') {
    const known = Object.keys(JUDGES).join(', ');
    return reportOf(null, [fails('form', `format: it must be one of ${known}`)]);
  }
  return reportOf(stated, judge(parsed.value, trust, today));
}

/** Whether {@link verifyFile} is the one to ask: a file that names a format of the bank, or a checkpoint. */
export function isProofFile(bytes: Buffer): boolean {
  const source = decodeUtf8(bytes);
  if (source === undefined) return false;
  if (!source.trimStart().startsWith('{')) return parseNote(source) !== undefined;
  const parsed = parseJson(source);
  const format = parsed.ok && (parsed.value as { format?: unknown }).format;
  return typeof format === 'string' && format.startsWith('creditbank-');
}

/** A checkpoint alone: it names no key, so without a trusted one nothing is known of it. */
function verifyCheckpoint(signed: string, trust: Trust): Report {
  const note = parseNote(signed);
  const checkpoint = note && parseCheckpoint(note.text);
  if (!note || !checkpoint) {
    return reportOf(null, [fails('form', 'it is neither a JSON file of proofs nor a checkpoint')]);
  }
  const said = `${checkpoint.origin} with ${checkpoint.size} entries`;
  const report = (lines: readonly Line[]): Report => reportOf(CHECKPOINT_FORMAT, lines);
  if (trust.logs.length === 0) {
    return report([open('key', `${said}: give the key of the log with --key, it names none`)]);
  }
  const known = trust.logs.find(({ key }) => openCheckpoint(signed, key).ok);
  if (!known) return report([fails('key', `${said}: not signed by a key that you trust`)]);
  const { key } = known;
  const witnesses = trust.witnesses.map((trusted) => trusted.key);
  const signers = { key, witnesses, trust, strangers: 'open' } as const;
  return report([
    holds('key', `${key.name} is trusted: ${known.because}`),
    ...judgeCheckpoint('checkpoint', signed, signers).lines,
    ...judgeAbsent([signed], [], trust),
  ]);
}

function decodeUtf8(bytes: Buffer): string | undefined {
  const source = bytes.toString('utf8');
  return Buffer.from(source, 'utf8').equals(bytes) ? source : undefined;
}
