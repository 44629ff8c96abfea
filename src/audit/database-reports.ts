import type { ClientBase } from 'pg';
import type { KeptReport } from '#libs/audit';
import type { Tile } from '#libs/merkle';
import { listTiles } from './database-tiles.js';
import type { ReportSource } from './source.js';

/** Reports that are read at a time: one is some hundred kilobytes at most. */
const AT_ONCE = 100;

interface Row extends Omit<KeptReport, 'number'> {
  readonly number: string;
}

/** The published reports of a database, within the snapshot of its audit. */
export class DatabaseReports implements ReportSource {
  constructor(private readonly client: ClientBase) {}

  async *list(): AsyncIterable<KeptReport> {
    let after = -1;
    for (let isMore = true; isMore;) {
      const { rows } = await this.client.query<Row>(
        `SELECT number, id, period, body, hash, tree_root AS "treeRoot"
           FROM public.report WHERE number > $1 ORDER BY number LIMIT $2`,
        [after, AT_ONCE],
      );
      yield* rows.map((row) => ({ ...row, number: Number(row.number) }));
      after = Number(rows.at(-1)?.number ?? after);
      isMore = rows.length === AT_ONCE;
    }
  }

  tiles(): Promise<Tile[]> {
    return listTiles(this.client, 'report_tile');
  }
}
