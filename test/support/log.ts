import {
  type Checkpoint,
  HASH_BYTES,
  type ReadTiles,
  TILE_WIDTH,
  type TilePath,
  type VerifierKey,
  decodeBundle,
  openCheckpoint,
  parseVerifierKey,
  tilePath,
  tileWidth,
} from '#libs/merkle';
import type { TestApp } from './app.js';
import { until } from './until.js';

/** The public log as anybody sees it: over HTTP and without a credential. */
export class OutsideLog {
  constructor(private readonly http: TestApp['http']) {}

  async key(): Promise<VerifierKey> {
    const { body } = await this.http.get('/v1/log/key');
    const key = parseVerifierKey(body.key);
    if (!key) throw new Error(`no key: ${JSON.stringify(body)}`);
    return key;
  }

  /** The newest checkpoint; throws when its signature is not the log's. */
  async checkpoint(): Promise<Checkpoint & { readonly signed: string }> {
    const { text } = await this.http.get('/v1/log/checkpoint');
    const opened = openCheckpoint(text, await this.key());
    if (!opened.ok) throw new Error(`${opened.fault}: ${text}`);
    return { ...opened.checkpoint, signed: text };
  }

  /** Waits until the log holds at least so many entries. */
  async waitFor(size: number): Promise<Checkpoint & { readonly signed: string }> {
    return until(`the log holds ${size}`, async () => {
      const checkpoint = await this.checkpoint();
      return checkpoint.size >= size && checkpoint;
    });
  }

  async tile(tile: TilePath): Promise<Buffer> {
    const answer = await this.http.get(`/v1/log/${tilePath(tile)}`).responseType('blob');
    if (answer.status !== 200) throw new Error(`${tilePath(tile)}: ${answer.status}`);
    return answer.body as Buffer;
  }

  readonly readTiles: ReadTiles = (tiles) => Promise.all(tiles.map((tile) => this.tile(tile)));

  /** All leaf hashes of a tree, from the tiles of level 0. */
  async leaves(size: number): Promise<Buffer> {
    return Buffer.concat(await this.#all(size, 0));
  }

  /** All entries of a tree as the books have them now. */
  async entries(size: number): Promise<Buffer[]> {
    const bundles = await this.#all(size, 'entries');
    return bundles.flatMap((bundle) => decodeBundle(bundle) ?? []);
  }

  /** One leaf hash. */
  async leaf(index: number, size: number): Promise<Buffer> {
    const tile = Math.floor(index / TILE_WIDTH);
    const hashes = await this.tile({ level: 0, index: tile, width: tileWidth(size, 0, tile) });
    const from = (index % TILE_WIDTH) * HASH_BYTES;
    return hashes.subarray(from, from + HASH_BYTES);
  }

  async #all(size: number, level: 0 | 'entries'): Promise<Buffer[]> {
    const tiles: Buffer[] = [];
    for (let index = 0; index * TILE_WIDTH < size; index += 1) {
      tiles.push(await this.tile({ level, index, width: tileWidth(size, 0, index) }));
    }
    return tiles;
  }
}
