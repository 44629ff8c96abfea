import type { KeptSeal } from '#libs/audit';
import { HASH_BYTES, type Tile } from '#libs/merkle';
import type { SealSource } from './source.js';
import { type Field, bytesOf } from './text-rows.js';

/** What an audit keeps of the seals in an archive. */
export interface KeptSealRows {
  readonly seals: KeptSeal[];
  readonly tiles: Tile[];
  readonly sizes: { readonly witness: string; readonly size: number }[];
}

export type Reader = (columns: readonly string[]) => (fields: readonly Field[]) => void;
/** Makes a reader of rows whose values are asked for by the names of their columns. */
export type Keep = (onRow: (value: (name: string) => string) => void) => Reader;

/** The seals of an archive, which were read with it. */
export class KeptSeals implements SealSource {
  constructor(private readonly rows: KeptSealRows) {}

  async *list(): AsyncIterable<KeptSeal> {
    yield* this.rows.seals.toSorted((a, b) => a.number - b.number);
  }

  tiles(): Promise<readonly Tile[]> {
    return Promise.resolve(this.rows.tiles);
  }

  signedSizes(): Promise<KeptSealRows['sizes']> {
    return Promise.resolve(this.rows.sizes);
  }
}

/** Who keeps the rows of which table. */
export function sealKeepers(kept: KeptSealRows, keep: Keep): Record<string, Reader> {
  return {
    seal: keep((value) => kept.seals.push(sealOf(value))),
    seal_tile: keep((value) => kept.tiles.push(tileOf(value))),
    seal_cosignature: keep((value) =>
      kept.sizes.push({ witness: value('witness'), size: Number(value('size')) }),
    ),
  };
}

/** A row of a table of tiles. */
export function tileOf(value: (name: string) => string): Tile {
  const hashes = bytesOf(value('hashes'));
  const [level, index] = [Number(value('level')), Number(value('index'))];
  return { level, index, width: hashes.length / HASH_BYTES, hashes };
}

function sealOf(value: (name: string) => string): KeptSeal {
  const base64 = (name: string): string => bytesOf(value(name)).toString('base64');
  // Archives are written in UTC: `2026-11-23 09:30:00.123+00`.
  const sealedAt = new Date(value('sealed_at').replace(' ', 'T').replace(/\+00$/, 'Z'));
  return {
    number: Number(value('number')),
    log: value('log'),
    logSize: Number(value('log_size')),
    logRoot: base64('log_root'),
    accounts: Number(value('accounts')),
    root: base64('root'),
    sealedAt: sealedAt.toISOString(),
    treeRoot: bytesOf(value('tree_root')),
  };
}
