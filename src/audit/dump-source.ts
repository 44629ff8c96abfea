import { type Comparison, type EntryName } from '#libs/audit';
import { HASH_BYTES, TILE_WIDTH, type Tile } from '#libs/merkle';
import { type Manifest, openArchive } from '../platform/backup/index.js';
import { bucketOf } from '../platform/ids/index.js';
import { type KeptReportRows, KeptReports, reportKeepers } from './dump-reports.js';
import { type KeptSealRows, KeptSeals, sealKeepers } from './dump-seals.js';
import type { Owners } from './owners.js';
import { type PostingFacts, headOf, leafOf, postedLeaf } from './posting-head.js';
import {
  AuditError,
  type AuditSource,
  type LeafRow,
  type ReportSource,
  type SealSource,
  type SeenCheckpoint,
  type StoredHead,
  type Stretch,
} from './source.js';
import { type Field, bytesOf, readTextRows } from './text-rows.js';

/** The values of an entry that its digest covers, in the order of its text, after the posting's. */
const LINES = [
  'learner_id',
  'lot_id',
  'lot_seq',
  'kind',
  'debit',
  'credit',
  'amount',
  'available_after',
  'held_after',
  'settles_seq',
  'reference',
  'programme',
  'category_id',
  'issuer_id',
  'occurred_on',
  'expires_on',
  'rule_hash',
  'commitment',
  'reason',
] as const;

const HEX = new Set(['rule_hash', 'commitment']);

/** What an audit keeps of an archive: the log (32 bytes an entry) and the postings. */
interface Kept {
  head: StoredHead | undefined;
  readonly seen: SeenCheckpoint[];
  readonly leafTiles: Map<number, Buffer>;
  readonly upperTiles: Tile[];
  readonly places: Map<string, { firstIndex: number; entries: number }>;
  readonly feed: Set<string>;
  readonly postings: Map<string, Omit<PostingFacts, 'firstIndex'>>;
  readonly seals: KeptSealRows;
  readonly reports: KeptReportRows;
}

/**
 * Reads books and log from a backup, without any server. An archive is read from front to back, so
 * this goes through it twice, with the log in memory: 32 bytes an entry, and the postings.
 */
export class DumpSource implements AuditSource {
  /** The whole log at once: the entries of an archive come in no order of the log. */
  readonly stretch = Number.MAX_SAFE_INTEGER;
  readonly seals: SealSource;
  readonly reports: ReportSource;

  private constructor(
    private readonly file: string,
    private readonly kept: Kept,
  ) {
    this.seals = new KeptSeals(kept.seals);
    this.reports = new KeptReports(kept.reports);
  }

  static async open(file: string): Promise<DumpSource> {
    const kept: Kept = {
      head: undefined,
      seen: [],
      leafTiles: new Map(),
      upperTiles: [],
      places: new Map(),
      feed: new Set(),
      postings: new Map(),
      seals: { seals: [], tiles: [], sizes: [] },
      reports: { reports: [], tiles: [] },
    };
    await readArchive(file, keepers(kept));
    return new DumpSource(file, kept);
  }

  head(): Promise<StoredHead | undefined> {
    return Promise.resolve(this.kept.head);
  }

  seen(): Promise<readonly SeenCheckpoint[]> {
    return Promise.resolve(this.kept.seen);
  }

  leaves(start: number, count: number): Promise<LeafRow> {
    const leaves = Buffer.alloc(count * HASH_BYTES);
    const lacking: number[] = [];
    for (let at = 0; at < count; at += TILE_WIDTH) {
      const index = (start + at) / TILE_WIDTH;
      const wanted = Math.min(TILE_WIDTH, count - at) * HASH_BYTES;
      const found = this.kept.leafTiles.get(index)?.copy(leaves, at * HASH_BYTES, 0, wanted) ?? 0;
      if (found < wanted) lacking.push(index);
    }
    return Promise.resolve({ leaves, lacking });
  }

  upperTiles(): Promise<readonly Tile[]> {
    return Promise.resolve(this.kept.upperTiles);
  }

  async compare(comparison: Comparison, { start, leaves, owners }: Stretch): Promise<void> {
    const places = [...this.kept.places]
      .map(([postingId, place]) => {
        return { postingId, ...place, leaves: this.kept.postings.get(postingId)?.leaves };
      })
      .sort((a, b) => a.firstIndex - b.firstIndex);
    comparison.open(start, leaves, places);
    await this.#eachEntry((entry) => this.#compareEntry(comparison, entry, owners));
    comparison.close();
  }

  /** {@link compare} has seen them all; what is left are postings that wait. */
  compareRest(comparison: Comparison): Promise<number> {
    let waiting = 0;
    for (const postingId of this.kept.feed) {
      const posting = this.kept.postings.get(postingId);
      if (!posting || this.kept.places.has(postingId)) continue;
      waiting += posting.entries;
      const found = this.#waiting.get(postingId) ?? 0;
      if (found >= posting.entries) continue;
      const name = { postingId, postingPos: null, entryId: null };
      const detail = `its posting waits for the log with ${posting.entries} entries`;
      comparison.isExtra({ ...name, kind: 'deleted', leaf: undefined, detail });
    }
    return Promise.resolve(waiting);
  }

  async nameOf(index: number): Promise<EntryName | undefined> {
    let found: EntryName | undefined;
    await this.#eachEntry((entry) => {
      const name = nameIn(entry);
      const place = this.kept.places.get(entry.postingId);
      if (place && place.firstIndex + entry.pos === index) found = name;
    });
    return found;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  readonly #waiting = new Map<string, number>();

  #compareEntry(comparison: Comparison, entry: DumpedEntry, owners: Owners | undefined): void {
    const { postingId, pos } = entry;
    const posting = this.kept.postings.get(postingId);
    const place = this.kept.places.get(postingId);
    const leaf = posting && leafIn(entry, posting);
    if (!place) {
      this.#compareUnlogged(comparison, { entry, posting, leaf });
      return;
    }
    const index = place.firstIndex + pos;
    if (pos < 0 || pos >= place.entries || !comparison.covers(index)) {
      const detail = 'its posting was logged without it';
      comparison.isExtra({ ...nameIn(entry), kind: 'inserted', leaf, detail });
      return;
    }
    // The whole log is one stretch.
    owners?.set(index, Buffer.from((entry.lines[0] ?? '').replaceAll('-', ''), 'hex'), 0);
    if (!leaf || !comparison.fits(index, leaf)) comparison.differs(index, leaf, nameIn(entry));
  }

  #compareUnlogged(
    comparison: Comparison,
    found: {
      entry: DumpedEntry;
      posting: Omit<PostingFacts, 'firstIndex'> | undefined;
      leaf: Buffer | undefined;
    },
  ): void {
    const { entry, posting, leaf } = found;
    const name = nameIn(entry);
    if (!posting || !this.kept.feed.has(entry.postingId)) {
      const detail = 'the log never had it';
      comparison.isExtra({ ...name, kind: 'inserted', leaf: undefined, detail });
      return;
    }
    this.#waiting.set(entry.postingId, (this.#waiting.get(entry.postingId) ?? 0) + 1);
    if (leaf && postedLeaf(posting, entry.pos)?.equals(leaf)) return;
    const detail = 'waits for the log and does not read as it was booked';
    comparison.isExtra({ ...name, kind: 'edited', leaf: undefined, detail });
  }

  #eachEntry(onEntry: (entry: DumpedEntry) => void): Promise<void> {
    return readArchive(this.file, {
      entry: (columns) => {
        const at = (name: string): number => columns.indexOf(name);
        const lines = LINES.map((name) => ({ at: at(name), isHex: HEX.has(name) }));
        const [id, pos, time, bucket] = [
          at('posting_id'),
          at('posting_pos'),
          at('recorded_at'),
          at('bucket'),
        ];
        return (fields) =>
          onEntry({
            postingId: fields[id] ?? '',
            pos: Number(fields[pos]),
            recordedAt: fields[time] ?? '',
            bucket: Number(fields[bucket]),
            lines: lines.map((line) => textOf(fields[line.at] ?? null, line.isHex)),
          });
      },
    });
  }
}

interface DumpedEntry {
  readonly postingId: string;
  readonly pos: number;
  readonly recordedAt: string;
  readonly bucket: number;
  /** In the order of {@link LINES}; the first three name learner, lot and number. */
  readonly lines: readonly string[];
}

function textOf(field: Field, isHex: boolean): string {
  if (field === null) return '';
  return isHex ? field.slice(2) : field;
}

function nameIn({ postingId, pos, lines: [, lotId, lotSeq] }: DumpedEntry): EntryName {
  return { postingId, postingPos: pos, entryId: `${lotId}.${lotSeq}` };
}

function leafIn(
  { recordedAt, bucket, lines }: DumpedEntry,
  posting: Omit<PostingFacts, 'firstIndex'>,
): Buffer | undefined {
  const isSameTime = posting.recordedAt.toString('latin1') === recordedAt;
  if (!posting.head || !isSameTime || bucketOf(lines[0] ?? '') !== bucket) return undefined;
  const text = Buffer.from(lines.join('\n'));
  return leafOf(posting.head, text, 0, text.length);
}

type Keeper = (columns: readonly string[]) => (fields: readonly Field[]) => void;

async function readArchive(file: string, keepers: Record<string, Keeper>): Promise<void> {
  const archive = await openArchive(file);
  try {
    requireLog(archive.manifest);
    await readTextRows(archive, keepers);
  } finally {
    await archive.close();
  }
}

function requireLog({ tables }: Manifest): void {
  if (tables.some(({ name }) => name === 'log_head')) return;
  throw new AuditError('The archive is from before there was a log; restore it with this version.');
}

function keepers(kept: Kept): Record<string, Keeper> {
  const keep =
    (onRow: (value: (name: string) => string) => void): Keeper =>
    (columns) =>
    (fields) =>
      onRow((name) => fields[columns.indexOf(name)] ?? '');
  return {
    ...sealKeepers(kept.seals, keep),
    ...reportKeepers(kept.reports, keep),
    feed: keep((value) => kept.feed.add(value('posting_id'))),
    log_head: keep((value) => {
      const root = bytesOf(value('root'));
      kept.head = { checkpoint: value('checkpoint'), size: Number(value('size')), root };
    }),
    log_cosignature: keep((value) =>
      kept.seen.push({ witness: value('witness'), checkpoint: value('checkpoint') }),
    ),
    log_posting: keep((value) =>
      kept.places.set(value('posting_id'), {
        firstIndex: Number(value('first_index')),
        entries: Number(value('entries')),
      }),
    ),
    log_tile: keep((value) => {
      const [level, index] = [Number(value('level')), Number(value('index'))];
      const hashes = bytesOf(value('hashes'));
      if (level === 0) kept.leafTiles.set(index, hashes);
      else kept.upperTiles.push({ level, index, width: hashes.length / HASH_BYTES, hashes });
    }),
    posting: (columns) => (fields) => {
      const value = (name: string): Field => fields[columns.indexOf(name)] ?? null;
      const postingId = value('posting_id') ?? '';
      kept.postings.set(postingId, postingOf(postingId, value));
    },
  };
}

function postingOf(
  postingId: string,
  value: (name: string) => Field,
): Omit<PostingFacts, 'firstIndex'> {
  const spelled = value('recorded_at') ?? '';
  // Archives are written in UTC: `2026-11-23 09:30:00.123+00`.
  const recordedAt = new Date(spelled.replace(' ', 'T').replace(/\+00$/, 'Z'));
  // A time between two milliseconds was never written by the service.
  const isWhole = !/\.\d{4,}/.test(spelled);
  const [actor, institutionId] = [value('actor') ?? '', value('institution_id')];
  return {
    postingId,
    entries: Number(value('entries')),
    leaves: bytesOf(value('leaves') ?? ''),
    recordedAt: Buffer.from(spelled, 'latin1'),
    head: isWhole ? headOf({ postingId, recordedAt, actor, institutionId }) : undefined,
  };
}
