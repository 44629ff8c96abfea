import type { KeptReport } from '#libs/audit';
import type { Tile } from '#libs/merkle';
import { type Keep, type Reader, tileOf } from './dump-seals.js';
import type { ReportSource } from './source.js';
import { bytesOf } from './text-rows.js';

/** What an audit keeps of the reports in an archive: a handful a year, each some kilobytes. */
export interface KeptReportRows {
  readonly reports: KeptReport[];
  readonly tiles: Tile[];
}

/** The published reports of an archive, which were read with it. */
export class KeptReports implements ReportSource {
  constructor(private readonly rows: KeptReportRows) {}

  async *list(): AsyncIterable<KeptReport> {
    yield* this.rows.reports.toSorted((a, b) => a.number - b.number);
  }

  tiles(): Promise<readonly Tile[]> {
    return Promise.resolve(this.rows.tiles);
  }
}

/** Who keeps the rows of which table. */
export function reportKeepers(kept: KeptReportRows, keep: Keep): Record<string, Reader> {
  return {
    report: keep((value) =>
      kept.reports.push({
        number: Number(value('number')),
        id: value('id'),
        period: value('period'),
        body: value('body'),
        hash: bytesOf(value('hash')),
        treeRoot: bytesOf(value('tree_root')),
      }),
    ),
    report_tile: keep((value) => kept.tiles.push(tileOf(value))),
  };
}
