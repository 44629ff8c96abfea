import assert from 'node:assert';
import type { BookedEntry } from '#libs/double-entry';
import { type Checkpoint, decodeBase64, verifyInclusion } from '#libs/merkle';
import * as check from './checks.js';
import { ENTRY_FIELDS, type EntryFile, leafOf, toBookedEntry, toEntryFile } from './entries.js';
import { type Line, fails, holds } from './report.js';

/** An entry with its place in the log and the way from it to the root. */
export interface PlacedEntryFile extends EntryFile {
  /** Its place in the log, from 0. */
  readonly index: number;
  /** Places in the list of hashes, from the leaf's neighbour up to the root. */
  readonly path: readonly number[];
}

/**
 * Entries with one list of hashes for all: the ways of two entries to the root meet, and a hash that
 * both need stands there once.
 */
export interface PlacedEntries {
  readonly entries: readonly PlacedEntryFile[];
  readonly hashes: readonly string[];
}

/** An entry as it is booked, and its proof of inclusion. */
export interface ProvenEntry {
  readonly entry: BookedEntry;
  readonly index: number;
  readonly proof: readonly Buffer[];
}

/** More entries than this stand in no file. */
export const MOST_ENTRIES = 100_000;
const MOST_HASHES = 2_000_000;
/** Deeper than any tree of safe size. */
const MOST_STEPS = 64;

export const PLACED_FIELDS: Readonly<Record<keyof PlacedEntries, check.Check>> = {
  entries: check.list(
    check.record({
      index: check.count,
      path: check.list(check.count, MOST_STEPS),
      ...ENTRY_FIELDS,
    }),
    MOST_ENTRIES,
  ),
  hashes: check.list(check.hash, MOST_HASHES),
};

/** Puts proven entries together, in the order of the log. */
export function placeEntries(proven: readonly ProvenEntry[]): PlacedEntries {
  assert(proven.length <= MOST_ENTRIES, 'so many entries stand in no file');
  const places = new Map<string, number>();
  const placeOf = (hash: Buffer): number => {
    const text = hash.toString('base64');
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  };
  const entries = proven
    .toSorted((a, b) => a.index - b.index)
    .map(({ entry, index, proof }) => ({
      index,
      path: proof.map(placeOf),
      ...toEntryFile(entry),
    }));
  return { entries, hashes: [...places.keys()] };
}

/** Whether a hash of the list is one that no entry needs: it could say anything. */
export function judgeHashes({ entries, hashes }: PlacedEntries): Line {
  const needed = new Set(entries.flatMap(({ path }) => path));
  const beyond = [...needed].find((place) => place >= hashes.length);
  if (beyond !== undefined) return fails('hashes', `number ${beyond} is asked for and not there`);
  const spare = hashes.findIndex((_, place) => !needed.has(place));
  if (spare >= 0) return fails('hashes', `no entry needs number ${spare}`);
  if (new Set(hashes).size < hashes.length) return fails('hashes', 'one stands there twice');
  return holds('hashes', `${hashes.length} hashes, and each is needed`);
}

/** One line an entry: its text makes the leaf, and its way leads to the root of the checkpoint. */
export function judgeEntries(placed: PlacedEntries, checkpoint: Checkpoint): Line[] {
  const hashes = placed.hashes.map((hash) => decodeBase64(hash) ?? Buffer.alloc(0));
  const { size, root } = checkpoint;
  return placed.entries.map((file, place) => {
    const name = `entry ${file.lotId}.${file.lotSeq}`;
    const { index, path } = file;
    const before = placed.entries[place - 1];
    if (before && before.index >= index) {
      return fails(name, `number ${index} of the log stands behind number ${before.index}`);
    }
    const proof = path.map((at) => hashes[at] ?? Buffer.alloc(0));
    if (verifyInclusion({ leaf: leafOf(toBookedEntry(file)), index, size, root, proof })) {
      return holds(name, `${file.kind} of ${file.amount}, number ${index} of the log`);
    }
    return fails(
      name,
      `it is not what the log holds as number ${index}: the entry, its number or its hashes were changed`,
    );
  });
}
