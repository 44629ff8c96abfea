import assert from 'node:assert';
import { parseCheckpoint } from './checkpoint.js';
import { type SigningKey, type VerifierKey, isSignedBy, signBytes } from './key.js';
import { type Note, type NoteSignature, signaturesBy } from './note.js';

const TIME_BYTES = 8;

/**
 * A witness's signature under a checkpoint (C2SP cosignature/v1): at this time, this was the
 * largest tree of the log that the witness had seen, and it went on from every one before.
 *
 * @param seconds whole seconds since 1970, told by the caller
 */
export function cosign(checkpointText: string, key: SigningKey, seconds: number): NoteSignature {
  assert(key.purpose === 'cosignature', 'this key signs notes');
  assert(parseCheckpoint(checkpointText) !== undefined, 'only checkpoints are cosigned');
  assert(Number.isSafeInteger(seconds) && seconds >= 0, 'time is in whole seconds');
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = signBytes(key, cosignedMessage(checkpointText, BigInt(seconds)));
  return { name: key.name, keyId: key.id, bytes: Buffer.concat([time, signature]) };
}

/**
 * When the witness cosigned, in whole seconds since 1970; undefined when the signature is not the
 * witness's over this checkpoint.
 */
export function cosignedAt(
  checkpointText: string,
  signature: NoteSignature,
  key: VerifierKey,
): number | undefined {
  const isOwn = signature.name === key.name && signature.keyId === key.id;
  if (key.purpose !== 'cosignature' || !isOwn || signature.bytes.length <= TIME_BYTES) {
    return undefined;
  }
  const seconds = signature.bytes.readBigUInt64BE();
  const message = cosignedMessage(checkpointText, seconds);
  if (!isSignedBy(key, message, signature.bytes.subarray(TIME_BYTES))) return undefined;
  return seconds <= Number.MAX_SAFE_INTEGER ? Number(seconds) : undefined;
}

/** Which of the witnesses cosigned the note. */
export function cosigners(note: Note, witnesses: readonly VerifierKey[]): VerifierKey[] {
  return witnesses.filter((witness) =>
    signaturesBy(note, witness).some(
      (signature) => cosignedAt(note.text, signature, witness) !== undefined,
    ),
  );
}

function cosignedMessage(checkpointText: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpointText}`);
}
