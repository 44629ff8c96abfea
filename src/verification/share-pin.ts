import assert from 'node:assert';
import { timingSafeEqual } from 'node:crypto';
import { type DataKey, type Keyring, sha256 } from '../platform/crypto/index.js';
import type { Share } from './share.js';

/**
 * What is stored of a PIN: its hash with the share's id, sealed with the share's own key. Six digits
 * are guessed from a bare hash in a moment, however slow it is; without the key outside the database
 * this one tells nothing.
 */
export function sealedPin(keyring: Keyring, key: DataKey, shareId: string, pin: string): Buffer {
  return keyring.seal(key, hashOf(shareId, pin), contextOf(shareId));
}

/** The PIN of a share that has one, to compare with. */
export function pinOf(
  keyring: Keyring,
  { id, wrappedKey, pinSealed }: Share,
): { isRight(pin: string): boolean } {
  assert(pinSealed !== null, 'the share has a PIN');
  const hash = keyring.open(keyring.unwrap(wrappedKey), pinSealed, contextOf(id));
  return { isRight: (pin) => timingSafeEqual(hash, hashOf(id, pin)) };
}

function hashOf(shareId: string, pin: string): Buffer {
  return sha256(Buffer.from(`share-pin|${shareId}|${pin}`));
}

function contextOf(shareId: string): string {
  return `share:${shareId}:pin`;
}
