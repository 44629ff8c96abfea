/**
 * What was done to a record.
 * edited: an entry no longer reads as it was logged · deleted: an entry is gone · truncated: all from
 * one entry on are gone · inserted: an entry that was never logged · swapped: entries stand in each
 * other's place · rewritten: the log itself has another history than a checkpoint kept elsewhere ·
 * hash-altered: a stored hash was changed, the entry was not · log-altered: the tiles do not make
 * the signed root · signature: the checkpoint is not by the log's key · seal: a seal of all accounts is
 * not what log and books give · report: a published report, or the log of reports, is not as it was.
 */
export type FindingKind =
  | 'edited'
  | 'deleted'
  | 'truncated'
  | 'inserted'
  | 'swapped'
  | 'rewritten'
  | 'hash-altered'
  | 'log-altered'
  | 'signature'
  | 'seal'
  | 'report';

/** One thing that is wrong, with the first entry that it touches. */
export interface Finding {
  readonly kind: FindingKind;
  /** Place in the log; null for what stands outside it. */
  readonly index: number | null;
  /** How many entries from `index` on are touched. */
  readonly count: number;
  /** `lot.seq` as it reads now; null when the entry is gone. */
  readonly entryId: string | null;
  readonly postingId: string | null;
  readonly postingPos: number | null;
  /** Number of the first seal that is wrong, where one can be named. */
  readonly seal?: number | null;
  readonly detail: string;
}

/** An entry by its place in its posting, and by its own id where it exists. */
export interface EntryName {
  readonly postingId: string | null;
  readonly postingPos: number | null;
  readonly entryId: string | null;
}

/** An entry whose hash is not the one that the log has at its place. */
export interface Differing extends EntryName {
  readonly index: number;
  /** From what the entry says now; undefined when it cannot be made. */
  readonly leaf: Buffer | undefined;
  /** What the posting keeps, where that is known. */
  readonly posted: Buffer | undefined;
  /** What the log keeps. */
  readonly logged: Buffer;
}

/** A place in the log where the books have nothing. */
export interface Missing extends EntryName {
  readonly index: number;
  readonly logged: Buffer;
}

/** An entry for which the log has no place, or none yet. */
export interface Extra extends EntryName {
  readonly kind: 'inserted' | 'edited' | 'deleted';
  readonly leaf: Buffer | undefined;
  readonly detail: string;
}

/** All that a comparison of books and log brought to light. */
export interface Facts {
  readonly logSize: number;
  /** Whether the log's hashes make its signed root; otherwise none of them is believed alone. */
  readonly isLogSound: boolean;
  readonly differing: readonly Differing[];
  readonly missing: readonly Missing[];
  readonly extra: readonly Extra[];
}

/** Says of each fact what was done, first entry first. */
export function classify(facts: Facts): Finding[] {
  const homes = homesOf(facts);
  const moved = new Set<number>();
  const intruded = intrudedPlaces(facts, homes);
  const findings: Finding[] = [];
  for (const one of facts.differing) {
    if (!intruded.has(one.index)) findings.push(judge(one, { homes, moved, facts }));
    else findings.push(finding('inserted', { ...one, index: null }, SECOND_AT_PLACE));
  }
  for (const one of facts.extra) {
    const home = homeOf(one, homes);
    if (home === undefined || !intruded.has(home)) findings.push(judgeExtra(one, home, moved));
  }
  const gone = facts.missing.filter(({ index }) => !moved.has(index));
  findings.push(...rangesOf(gone).map((range) => judgeGone(range, facts.logSize)));
  return findings.sort(byPlace);
}

/** Of two entries at one place of a posting, one is the one that was logged. */
export const SECOND_AT_PLACE = 'a second entry at one place of its posting';

/** Places where the intruder was read first and the rightful entry after it. */
function intrudedPlaces(
  { differing, extra }: Facts,
  homes: ReadonlyMap<string, number>,
): Set<number> {
  const taken = new Set(differing.map(({ index }) => index));
  const claimed = extra.map((one) => homeOf(one, homes));
  return new Set(claimed.filter((home) => home !== undefined && taken.has(home)) as number[]);
}

function homeOf({ leaf }: Extra, homes: ReadonlyMap<string, number>): number | undefined {
  return leaf && homes.get(leaf.toString('latin1'));
}

/** Where each hash that is not at its place belongs. */
function homesOf({ differing, missing }: Facts): Map<string, number> {
  const homes = new Map<string, number>();
  for (const { logged, index } of [...differing, ...missing]) {
    homes.set(logged.toString('latin1'), index);
  }
  return homes;
}

interface Context {
  readonly homes: ReadonlyMap<string, number>;
  readonly moved: Set<number>;
  readonly facts: Facts;
}

function judge(one: Differing, { homes, moved, facts }: Context): Finding {
  const { leaf, posted, logged } = one;
  const found = (kind: FindingKind, detail: string): Finding => finding(kind, one, detail);
  if (!leaf)
    return found('edited', 'it or its posting holds what none can have, or the posting is gone');
  if (leaf.equals(logged)) {
    return found('hash-altered', 'its posting keeps another hash than the log');
  }
  if (posted && leaf.equals(posted) && !facts.isLogSound) {
    return found('hash-altered', 'the log keeps another hash than the entry and its posting');
  }
  const home = homes.get(leaf.toString('latin1'));
  if (home !== undefined) {
    moved.add(home);
    return found('swapped', `what was logged as number ${home} stands here`);
  }
  const isCovered = posted !== undefined && leaf.equals(posted);
  return found(
    'edited',
    isCovered ? 'the hash in its posting was changed with it' : 'does not read as it was logged',
  );
}

function judgeExtra(one: Extra, home: number | undefined, moved: Set<number>): Finding {
  if (home === undefined) return finding(one.kind, { ...one, index: null }, one.detail);
  moved.add(home);
  return finding('swapped', { ...one, index: home }, 'was moved to another place of its posting');
}

function judgeGone(range: readonly Missing[], logSize: number): Finding {
  const [first] = range as readonly [Missing];
  const isTail = first.index + range.length === logSize;
  const count = range.length;
  const detail = isTail
    ? `the books end here; the log goes on to number ${logSize - 1}`
    : count === 1
      ? 'was logged and is gone'
      : `${count} entries were logged and are gone`;
  return { ...finding(isTail ? 'truncated' : 'deleted', first, detail), count };
}

function finding(
  kind: FindingKind,
  { postingId, postingPos, entryId, index }: EntryName & { readonly index: number | null },
  detail: string,
): Finding {
  return { kind, index, count: 1, entryId, postingId, postingPos, detail };
}

function rangesOf(missing: readonly Missing[]): Missing[][] {
  const ranges: Missing[][] = [];
  let last: Missing | undefined;
  for (const one of missing.toSorted((a, b) => a.index - b.index)) {
    if (last && one.index === last.index + 1) ranges.at(-1)?.push(one);
    else ranges.push([one]);
    last = one;
  }
  return ranges;
}

function byPlace(a: Finding, b: Finding): number {
  // Entries that the log never had come last.
  const [left, right] = [a.index ?? Infinity, b.index ?? Infinity];
  return left === right ? 0 : left - right;
}
