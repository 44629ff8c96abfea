import { hash, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Three words of a key, its row, and two words of what was said about it. */
const RECORD_WORDS = 6;
const RECORD_BYTES = RECORD_WORDS * 4;
const ROW = 3;
const NOTE = 4;
/** Slots of the table of the latest keys; three quarters of them are used before it is written out. */
const SLOTS = 32_768;
const MOST_IN_MEMORY = (SLOTS / 4) * 3;

/** Three words of 32 bits that stand for a key; all bits of the first two are as good as random. */
export type SeenKey = readonly [number, number, number];

export function keyOfDigest(digest: Buffer): SeenKey {
  return [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)];
}

/** Ids of one run begin alike, so the words are taken from the end on. */
export function keyOfId(uuid: string): SeenKey {
  return [
    ((half(uuid, 28) << 16) | half(uuid, 32)) >>> 0,
    ((half(uuid, 24) << 16) | half(uuid, 19)) >>> 0,
    ((half(uuid, 4) << 16) | half(uuid, 14)) >>> 0,
  ];
}

/** The 16 bits of four lower-case hexadecimal digits: letters lie nine beyond their low bits. */
function half(text: string, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i += 1) {
    const code = text.charCodeAt(i);
    value = (value << 4) | ((code & 0xf) + (code >> 6) * 9);
  }
  return value;
}

export interface Seen {
  /** The row that used the key first. */
  readonly row: number;
  /** Whether that row said the same about it. */
  readonly saidSame: boolean;
}

/**
 * The keys a file has used so far, each with the row that used it first and a fingerprint of what
 * that row said. A key is 96 bits of a digest: at a million rows two different ones meet with
 * probability 1 in 10^17. Memory does not grow with the file: the latest keys are in a table of
 * fixed size, older ones in a file without a name, which is gone when the process is, however that
 * ends. A filter of fixed size tells nearly every new key without a look at the disk.
 */
export class SeenTable {
  readonly #salt = randomBytes(16).toString('latin1');
  readonly #latest = new Uint32Array(SLOTS * RECORD_WORDS);
  readonly #record = new Uint32Array(RECORD_WORDS);
  #inMemory = 0;
  #older: OlderKeys | undefined;

  /** @param folder where a file may be made */
  constructor(private readonly folder: string) {}

  /**
   * Remembers a key. Answers who used it before, or undefined when it is new.
   *
   * @param key of {@link keyOfDigest} or {@link keyOfId}; of personal data only a keyed one
   * @param said what the row says about it
   */
  add(key: SeenKey, row: number, said = ''): Seen | undefined {
    const record = this.#record;
    for (let word = 0; word < ROW; word += 1) record[word] = key[word] as number;
    record[ROW] = row;
    // Salted: the fingerprints reach the disk, and what was said may be a name.
    const digest = said === '' ? null : hash('sha256', this.#salt + said, 'buffer');
    record[NOTE] = digest?.readUInt32LE(0) ?? 0;
    record[NOTE + 1] = digest?.readUInt32LE(4) ?? 0;

    const at = this.#find(record);
    if (this.#latest[at + ROW] !== 0) return seenIn(this.#latest, at, record);
    const older = this.#older?.find(record);
    if (older) return older;
    this.#latest.set(record, at);
    this.#inMemory += 1;
    if (this.#inMemory === MOST_IN_MEMORY) this.#writeOut();
    return undefined;
  }

  close(): void {
    this.#older?.close();
  }

  /** Where the key stands in the table, or the free place where it belongs. Row 0 marks a free one. */
  #find(record: Uint32Array): number {
    const table = this.#latest;
    for (let slot = (record[0] as number) % SLOTS; ; slot = (slot + 1) % SLOTS) {
      const at = slot * RECORD_WORDS;
      if (table[at + ROW] === 0 || isSameKey(table, at, record)) return at;
    }
  }

  #writeOut(): void {
    this.#older ??= new OlderKeys(this.folder);
    this.#older.take(this.#latest);
    this.#latest.fill(0);
    this.#inMemory = 0;
  }
}

const FILTER_BITS = 2 ** 25;
/** Of a million keys 240 new ones are looked for on the disk in vain. */
const FILTER_PROBES = 4;
/** Keys are spread over so many places of the file by their second word. */
const BUCKETS = 1_024;
/** Room of a bucket in one file; four million keys fill half of it. Unused room takes no space. */
const BUCKET_RECORDS = 8_192;

/** Keys on disk: few writes when they come, one read when a key is looked for. */
class OlderKeys {
  readonly #filter = new Uint32Array(FILTER_BITS / 32);
  readonly #counts = new Uint32Array(BUCKETS);
  readonly #files: number[] = [];
  readonly #words = new Uint32Array(BUCKET_RECORDS * RECORD_WORDS);
  readonly #bytes = new Uint8Array(this.#words.buffer);

  constructor(private readonly folder: string) {}

  find(record: Uint32Array): Seen | undefined {
    if (!this.#mayHold(record)) return undefined;
    const bucket = bucketOf(record);
    const count = this.#counts[bucket] as number;
    for (let from = 0; from < count; from += BUCKET_RECORDS) {
      const records = Math.min(count - from, BUCKET_RECORDS);
      const file = this.#files[from / BUCKET_RECORDS] as number;
      readSync(file, this.#bytes, 0, records * RECORD_BYTES, placeOf(bucket, 0));
      for (let at = 0; at < records * RECORD_WORDS; at += RECORD_WORDS) {
        if (isSameKey(this.#words, at, record)) return seenIn(this.#words, at, record);
      }
    }
    return undefined;
  }

  /** Takes over all records of a table, bucket by bucket. */
  take(table: Uint32Array): void {
    const byBucket = new Map<number, number[]>();
    for (let at = 0; at < table.length; at += RECORD_WORDS) {
      if (table[at + ROW] === 0) continue;
      const bucket = bucketOf(table.subarray(at, at + RECORD_WORDS));
      const own = byBucket.get(bucket);
      if (own) own.push(at);
      else byBucket.set(bucket, [at]);
    }
    for (const [bucket, places] of byBucket) this.#append(bucket, table, places);
  }

  close(): void {
    for (const file of this.#files) closeSync(file);
  }

  #append(bucket: number, table: Uint32Array, places: readonly number[]): void {
    let next = 0;
    while (next < places.length) {
      const count = this.#counts[bucket] as number;
      const room = BUCKET_RECORDS - (count % BUCKET_RECORDS);
      const some = places.slice(next, next + room);
      some.forEach((at, i) => {
        const record = table.subarray(at, at + RECORD_WORDS);
        this.#words.set(record, i * RECORD_WORDS);
        this.#mark(record);
      });
      const file = this.#fileOf(Math.floor(count / BUCKET_RECORDS));
      const place = placeOf(bucket, count % BUCKET_RECORDS);
      writeSync(file, this.#bytes, 0, some.length * RECORD_BYTES, place);
      this.#counts[bucket] = count + some.length;
      next += some.length;
    }
  }

  #fileOf(number: number): number {
    let file = this.#files[number];
    if (file === undefined) {
      const path = join(this.folder, `.import-${randomUUID()}`);
      file = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      this.#files[number] = file;
    }
    return file;
  }

  #mark(record: Uint32Array): void {
    for (let probe = 0; probe < FILTER_PROBES; probe += 1) {
      const bit = filterBit(record, probe);
      this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }

  #mayHold(record: Uint32Array): boolean {
    for (let probe = 0; probe < FILTER_PROBES; probe += 1) {
      const bit = filterBit(record, probe);
      if (((this.#filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** The words of a digest are random, so sums of them do for independent hashes. */
function filterBit(record: Uint32Array, probe: number): number {
  return ((record[0] as number) + probe * (record[2] as number)) % FILTER_BITS;
}

function bucketOf(record: Uint32Array): number {
  return (record[1] as number) % BUCKETS;
}

function placeOf(bucket: number, record: number): number {
  return (bucket * BUCKET_RECORDS + record) * RECORD_BYTES;
}

function isSameKey(words: Uint32Array, at: number, record: Uint32Array): boolean {
  return words[at] === record[0] && words[at + 1] === record[1] && words[at + 2] === record[2];
}

function seenIn(words: Uint32Array, at: number, record: Uint32Array): Seen {
  const saidSame = words[at + NOTE] === record[NOTE] && words[at + NOTE + 1] === record[NOTE + 1];
  return { row: words[at + ROW] as number, saidSame };
}
