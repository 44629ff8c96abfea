import {
  type Checkpoint,
  type Note,
  type VerifierKey,
  cosignedAt,
  isNoteSignedBy,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
} from '#libs/merkle';
import { type Line, fails, holds, open } from './report.js';

/** A key that the reader has from somewhere else than the file. */
export interface TrustedKey {
  readonly key: VerifierKey;
  /** Why it is trusted: "the option --key", "the file keys.txt". */
  readonly because: string;
}

/** Whose signatures the reader believes. */
export interface Trust {
  readonly logs: readonly TrustedKey[];
  readonly witnesses: readonly TrustedKey[];
}

export const NO_TRUST: Trust = { logs: [], witnesses: [] };

/** The log of seals has the log's name with this behind it, and the same key. */
export const SEALS = '/seals';

/** The key under whose name seals are signed. */
export function sealsName(logName: string): string {
  return `${logName}${SEALS}`;
}

/**
 * Whether the reader knows the key that a file names. A key that stands in the file alone proves
 * only that the file agrees with itself: whoever made it up could have made up the key.
 */
export function judgeKey(stated: string, { logs }: Trust): Line {
  if (logs.length === 0) {
    return open(
      'key',
      `it stands in this file only, so anybody could have made it: compare ${stated} with the key ` +
        'that the bank publishes elsewhere, and give it with --key',
    );
  }
  const key = parseVerifierKey(stated);
  const known = logs.find((trusted) => key !== undefined && isSameKey(trusted.key, key));
  if (known) return holds('key', `${known.key.name} is trusted: ${known.because}`);
  const names = logs.map(({ key: { name, id }, because }) => `${name}+${id} (${because})`);
  return fails('key', `the file is signed by ${stated}; you trust ${names.join(', ')}`);
}

/** A signed checkpoint: who signed it, and what it says when it holds. */
export interface JudgedCheckpoint {
  readonly lines: readonly Line[];
  readonly checkpoint: Checkpoint | undefined;
}

/** By which keys a checkpoint is judged. */
export interface Signers {
  readonly key: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
  readonly trust: Trust;
  /** What to say of the line of anybody else, which could be altered without being noticed. */
  readonly strangers?: 'fails' | 'open';
}

/** A checkpoint under the key of its log and those of its witnesses. */
export function judgeCheckpoint(
  check: string,
  signed: string,
  { key, witnesses, trust, strangers = 'fails' }: Signers,
): JudgedCheckpoint {
  const note = parseNote(signed);
  const checkpoint = note && parseCheckpoint(note.text);
  const refuse = (detail: string): JudgedCheckpoint => ({
    lines: [fails(check, detail)],
    checkpoint: undefined,
  });
  if (!note || !checkpoint) return refuse('it is no signed checkpoint');
  if (checkpoint.origin !== key.name) return refuse(`it is of ${checkpoint.origin}`);
  if (!isNoteSignedBy(note, key)) return refuse(`it is not signed by ${key.name}+${key.id}`);
  const others = note.signatures.filter(
    ({ name, keyId }) => ![key, ...witnesses].some((one) => one.name === name && one.id === keyId),
  );
  const detail = `${checkpoint.origin} with ${checkpoint.size} entries, signed by ${key.id}`;
  return {
    lines: [
      holds(check, detail),
      ...witnesses.flatMap((one) => judgeWitness(note, one, trust)),
      ...others.map(({ name, keyId }) => ({
        check: `signature of ${name}`,
        verdict: strangers,
        detail: `nothing is known of ${name}+${keyId}: neither the file nor you name its key`,
      })),
    ],
    checkpoint,
  };
}

/** When a witness says it saw a checkpoint; nothing is said of one that did not sign. */
function judgeWitness(note: Note, witness: VerifierKey, trust: Trust): Line[] {
  const own = note.signatures.filter(
    ({ name, keyId }) => name === witness.name && keyId === witness.id,
  );
  const check = `witness ${witness.name}`;
  return own.map((signature) => {
    const seconds = cosignedAt(note.text, signature, witness);
    if (seconds === undefined) return fails(check, 'its signature is wrong');
    const seen = `it saw this checkpoint at ${momentOf(seconds)}`;
    const known = trust.witnesses.find((trusted) => isSameKey(trusted.key, witness));
    if (known) return holds(check, `${seen}; trusted: ${known.because}`);
    return holds(check, `${seen}, by a key that stands in this file only`);
  });
}

/** Witnesses that are named, by the file or by the reader, and did not sign. */
export function judgeAbsent(
  signed: readonly string[],
  witnesses: readonly VerifierKey[],
  trust: Trust,
): Line[] {
  const signers = signed.flatMap((text) => parseNote(text)?.signatures ?? []);
  const hasSigned = ({ name, id }: VerifierKey): boolean =>
    signers.some((one) => one.name === name && one.keyId === id);
  const named = witnesses
    .filter((witness) => !hasSigned(witness))
    .map(({ name }) => fails(`witness ${name}`, 'the file names it, and it signed nothing'));
  const wanted = trust.witnesses
    .filter(({ key }) => !hasSigned(key))
    .map(({ key }) => open(`witness ${key.name}`, 'you trust it, and it has not signed this'));
  return [...named, ...wanted];
}

export function isSameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.purpose === b.purpose && a.publicKey.equals(b.publicKey);
}

const SECOND_MS = 1000;
/** The last second that a date can tell. */
const LAST_SECOND = 8.64e12;

function momentOf(seconds: number): string {
  return seconds > LAST_SECOND ? `second ${seconds}` : new Date(seconds * SECOND_MS).toISOString();
}
