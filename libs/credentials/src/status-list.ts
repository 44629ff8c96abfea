import assert from 'node:assert';
import { gunzipSync, gzipSync } from 'node:zlib';
import { CREDENTIALS_V2 } from './bundled/contexts.js';
import { formatMoment } from './dates.js';
import type { JsonObject } from './json.js';

/** Fewest entries of a list, so that one entry hides among many (Bitstring Status List 1.0, 3.1). */
export const MIN_STATUS_BITS = 131_072;

/** Largest list that is unpacked: 16 MiB hold 134 million entries. Beyond it stands a zip bomb. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

/** Longest packed list that is read at all. */
const MAX_PACKED_CHARACTERS = 8 * 1024 * 1024;

/** What a set bit means: gone for good, or not to be relied on for now. */
export type StatusPurpose = 'revocation' | 'suspension';

/** Bits by number, the first one leftmost. */
export class StatusBits {
  private constructor(private readonly bytes: Buffer) {}

  /** @param size number of entries, at least {@link MIN_STATUS_BITS} and a multiple of eight */
  static withSize(size: number, set: Iterable<number> = []): StatusBits {
    assert(size >= MIN_STATUS_BITS && size % 8 === 0, 'a status list has at least 131,072 bits');
    const bytes = Buffer.alloc(size / 8);
    for (const index of set) {
      assert(Number.isInteger(index) && index >= 0 && index < size, 'the index is in the list');
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
    }
    return new StatusBits(bytes);
  }

  /** Reads {@link encode}; undefined when it is not such a list, too short, or a zip bomb. */
  static decode(text: unknown): StatusBits | undefined {
    if (typeof text !== 'string' || text.length > MAX_PACKED_CHARACTERS) return undefined;
    if (!/^u[A-Za-z0-9_-]+$/.test(text)) return undefined;
    try {
      const packed = Buffer.from(text.slice(1), 'base64url');
      const bytes = gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });
      return bytes.length * 8 < MIN_STATUS_BITS ? undefined : new StatusBits(bytes);
    } catch {
      return undefined;
    }
  }

  get size(): number {
    return this.bytes.length * 8;
  }

  /** Undefined when the list does not reach that far. */
  at(index: number): boolean | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) return undefined;
    return ((this.bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
  }

  /** GZIP, base64url without padding, a `u` before it. */
  encode(): string {
    return `u${gzipSync(this.bytes).toString('base64url')}`;
  }
}

export interface StatusListInput {
  /** Public address of the list. */
  readonly url: string;
  readonly issuer: string;
  readonly purpose: StatusPurpose;
  readonly bits: StatusBits;
  readonly validFrom: Date;
  /** Until when a copy may be relied on. */
  readonly validUntil?: Date;
}

/** An unsigned status list credential. */
export function statusListCredential(input: StatusListInput): JsonObject {
  return {
    '@context': [CREDENTIALS_V2],
    id: input.url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: input.issuer,
    validFrom: formatMoment(input.validFrom),
    ...(input.validUntil ? { validUntil: formatMoment(input.validUntil) } : {}),
    credentialSubject: {
      id: `${input.url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: input.purpose,
      encodedList: input.bits.encode(),
    },
  };
}

/** Where the status of one credential stands: a member `credentialStatus`. */
export interface StatusEntry {
  readonly listUrl: string;
  readonly index: number;
  readonly purpose: StatusPurpose;
}

export function statusEntry({ listUrl, index, purpose }: StatusEntry): JsonObject {
  return {
    id: `${listUrl}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: listUrl,
  };
}

/**
 * A free place of a list, drawn at random so that places do not tell who came after whom.
 * @param random answers an integer from 0 to one below its argument
 * @param isTaken whether a place is given away already
 * @returns undefined when no free place was drawn: the list is too full, begin another one
 */
export async function drawStatusIndex(
  size: number,
  random: (below: number) => number,
  isTaken: (index: number) => Promise<boolean>,
): Promise<number | undefined> {
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const index = random(size);
    if (!(await isTaken(index))) return index;
  }
  return undefined;
}

/** In a list that is half full, one search in a million ends without a place. */
const MAX_DRAWS = 20;
