import type { ClientBase } from 'pg';
import type { KeptSeal } from '#libs/audit';
import type { Tile } from '#libs/merkle';
import { type SealRow, toSeal } from '../seals/index.js';
import { listTiles } from './database-tiles.js';
import type { SealSource } from './source.js';

/** Seals that are read at a time. */
const AT_ONCE = 10_000;

/** The seals of a database, within the snapshot of its audit. */
export class DatabaseSeals implements SealSource {
  constructor(private readonly client: ClientBase) {}

  async *list(): AsyncIterable<KeptSeal> {
    let after = -1;
    for (let isMore = true; isMore;) {
      const { rows } = await this.client.query<SealRow>(
        `SELECT number, log, log_size, log_root, accounts, root, sealed_at, tree_root
           FROM public.seal WHERE number > $1 ORDER BY number LIMIT $2`,
        [after, AT_ONCE],
      );
      yield* rows.map(toSeal);
      after = Number(rows.at(-1)?.number ?? after);
      isMore = rows.length === AT_ONCE;
    }
  }

  tiles(): Promise<Tile[]> {
    return listTiles(this.client, 'seal_tile');
  }

  async signedSizes(): Promise<{ witness: string; size: number }[]> {
    const { rows } = await this.client.query<{ witness: string; size: string }>(
      'SELECT witness, max(size) AS size FROM public.seal_cosignature GROUP BY witness ORDER BY 1',
    );
    return rows.map(({ witness, size }) => ({ witness, size: Number(size) }));
  }
}
