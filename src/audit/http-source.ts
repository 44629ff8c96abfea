import { setTimeout as sleep } from 'node:timers/promises';
import type { Comparison, EntryName } from '#libs/audit';
import {
  HASH_BYTES,
  TILE_WIDTH,
  type Tile,
  type TilePath,
  decodeBundle,
  edgeTiles,
  hashesAtLevel,
  leafHash,
  parseCheckpoint,
  parseNote,
  tilePath,
  tileWidth,
} from '#libs/merkle';
import { AuditError, type AuditSource, type LeafRow, type StoredHead } from './source.js';
import type { SeenCheckpoint, Stretch } from './source.js';

const TIMEOUT_MS = 60_000;
const STRETCH = 64 * TILE_WIDTH;
const AT_ONCE = 8;
const ATTEMPTS = 3;
/** A service that limits its callers lets a whole log through all the same, if one waits as told. */
const MOST_WAITS = 60;
const LONGEST_WAIT_S = 120;

/**
 * Reads the log as anybody can: signed checkpoint, tiles of hashes, and bundles of entries, which
 * the service makes from its books at that moment.
 */
export class HttpSource implements AuditSource {
  readonly stretch = STRETCH;
  readonly seals = undefined;
  readonly reports = undefined;
  #size = 0;

  /** @param base address of the log, for example `https://bank.example/v1/log` */
  constructor(private readonly base: string) {}

  async head(): Promise<StoredHead | undefined> {
    const checkpoint = (await this.#get('checkpoint')).toString('utf8');
    const text = parseNote(checkpoint)?.text;
    this.#size = (text && parseCheckpoint(text)?.size) || 0;
    return { checkpoint, size: this.#size, root: undefined };
  }

  /** The log's public key as the service tells it: to be trusted at first sight only. */
  async toldKey(): Promise<string> {
    const { key } = JSON.parse((await this.#get('key')).toString('utf8')) as { key: string };
    return key;
  }

  async seen(): Promise<SeenCheckpoint[]> {
    const response = await this.#fetch('checkpoint/cosigned');
    if (response.status !== 200) return [];
    return [{ witness: 'the newest', checkpoint: await response.text() }];
  }

  async leaves(start: number, count: number): Promise<LeafRow> {
    const leaves = Buffer.alloc(count * HASH_BYTES);
    const lacking: number[] = [];
    await this.#eachTile(start, count, async ({ index, width }) => {
      const found = await this.#tryGet({ level: 0, index, width });
      if (found?.length !== width * HASH_BYTES) lacking.push(index);
      found?.copy(leaves, (index * TILE_WIDTH - start) * HASH_BYTES);
    });
    return { leaves, lacking: lacking.sort((a, b) => a - b) };
  }

  async upperTiles(size: number): Promise<Tile[]> {
    const tiles: Tile[] = [];
    for (let level = 1; hashesAtLevel(size, level) > 0; level += 1) {
      const full = Math.floor(hashesAtLevel(size, level) / TILE_WIDTH);
      const edge = edgeTiles(size).filter((tile) => tile.level === level);
      const wanted = Array.from({ length: full }, (_, index) => ({ index, width: TILE_WIDTH }));
      for (const { index, width } of [...wanted, ...edge]) {
        const hashes = await this.#tryGet({ level, index, width });
        if (hashes) tiles.push({ level, index, width, hashes });
      }
    }
    return tiles;
  }

  async compare(comparison: Comparison, { start, leaves }: Stretch): Promise<void> {
    comparison.open(start, leaves, []);
    await this.#eachTile(start, leaves.length / HASH_BYTES, async ({ index, width }) => {
      const bundle = await this.#tryGet({ level: 'entries', index, width });
      const entries = (bundle && decodeBundle(bundle)) ?? [];
      entries.slice(0, width).forEach((digest, at) => {
        // Without bytes: the service's books have no such entry, or one that cannot be read.
        if (digest.length === 0) return;
        const place = index * TILE_WIDTH + at;
        const leaf = leafHash(digest);
        if (!comparison.fits(place, leaf)) comparison.differs(place, leaf, NAMELESS);
      });
    });
    comparison.close();
  }

  /** What the log does not have cannot be seen from here. */
  async compareRest(): Promise<number> {
    return Promise.resolve(0);
  }

  async nameOf(): Promise<EntryName | undefined> {
    return Promise.resolve(undefined);
  }

  async close(): Promise<void> {}

  /** Calls `work` for the tiles of a stretch, some at a time. */
  async #eachTile(
    start: number,
    count: number,
    work: (tile: { index: number; width: number }) => Promise<void>,
  ): Promise<void> {
    const last = Math.ceil((start + count) / TILE_WIDTH);
    let next = start / TILE_WIDTH;
    const worker = async (): Promise<void> => {
      for (let index = (next += 1) - 1; index < last; index = (next += 1) - 1) {
        await work({ index, width: tileWidth(this.#size, 0, index) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** Undefined where the service has no such tile or fails over it. */
  async #tryGet(tile: TilePath): Promise<Buffer | undefined> {
    const response = await this.#fetch(tilePath(tile));
    return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  }

  async #get(path: string): Promise<Buffer> {
    const response = await this.#fetch(path);
    if (response.ok) return Buffer.from(await response.arrayBuffer());
    throw new AuditError(`${this.base}/${path} answers ${response.status}.`);
  }

  async #fetch(path: string): Promise<Response> {
    let waits = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        const response = await fetch(`${this.base}/${path}`, { signal });
        if (response.status === 429 && waits < MOST_WAITS) {
          waits += 1;
          attempt -= 1;
          await response.body?.cancel();
          await sleep(waitOf(response));
          continue;
        }
        if (response.status !== 503 || attempt === ATTEMPTS) return response;
      } catch (error) {
        if (attempt < ATTEMPTS) continue;
        const { cause, message } = error as Error & { cause?: { code?: string } };
        throw new AuditError(`${this.base} does not answer (${cause?.code ?? message}).`);
      }
    }
  }
}

/** Milliseconds; a service that names no time is asked again after a second. */
function waitOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 1);
  return Math.min(LONGEST_WAIT_S, Math.max(1, seconds || 1)) * 1000;
}

const NAMELESS: EntryName = { postingId: null, postingPos: null, entryId: null };
