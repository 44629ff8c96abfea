import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  GrowingTree,
  edgeTiles,
  formatNote,
  proveInclusion,
  signCheckpoint,
  signingKey,
} from '#libs/merkle';
import { type ReportFile, makeReportFile, reportLeaf, reportsName } from '#libs/reports';
import {
  type ConsistencyProofDto,
  LogIdentity,
  endOf,
  proveGrowth,
  readTiles,
  tilesIn,
  writeTiles,
} from '../../transparency/index.js';
import { ReportsStore, type StoredReport } from '../reports.store.js';

/**
 * The log of reports, beside those of entries and of seals: its name is the log's with `/reports`
 * behind it, its key the same. A report stands in it from the transaction that published it.
 */
@Injectable()
export class ReportLog {
  constructor(
    private readonly store: ReportsStore,
    private readonly identity: LogIdentity,
  ) {}

  /**
   * Takes a report in. Whoever calls holds the lock of publishing.
   *
   * @returns the root of the log with this report as its last
   */
  async append(
    tx: EntityManager,
    last: Pick<StoredReport, 'number' | 'treeRoot'> | undefined,
    report: { readonly number: number; readonly hash: Buffer },
  ): Promise<Buffer> {
    const edge = await readTiles(tx, 'report_tile', edgeTiles(report.number));
    const tree = GrowingTree.resume(
      report.number,
      edge.map((hashes) => hashes ?? Buffer.alloc(0)),
    );
    assert(
      !last || tree.root().equals(last.treeRoot),
      'the stored tiles do not give the root of the last report',
    );
    tree.append(reportLeaf(report.number, report.hash));
    await writeTiles(tx, 'report_tile', tree.takeTiles());
    return tree.root();
  }

  /** The newest checkpoint, signed (C2SP tlog-checkpoint). */
  async checkpoint(tx: EntityManager): Promise<string> {
    const end = endOf(await this.store.findLast(tx));
    const key = await this.identity.keyBeside(tx, reportsName);
    return formatNote(signCheckpoint({ origin: key.name, ...end }, key));
  }

  /**
   * A report as a file that stands alone, with its way to the root of the log as it was when the
   * report was published: the same bytes for ever.
   */
  async fileOf(tx: EntityManager, { number, body, treeRoot }: StoredReport): Promise<ReportFile> {
    const key = await this.identity.key(tx);
    const own = signingKey(reportsName(key.name), key.seed);
    const size = number + 1;
    return makeReportFile(key, JSON.parse(body) as ReportFile['report'], {
      path: await proveInclusion(number, size, tilesIn(tx, 'report_tile')),
      checkpoint: formatNote(signCheckpoint({ origin: own.name, size, root: treeRoot }, own)),
    });
  }

  /** The proof that the log of size `to` only added to that of size `from`. */
  async consistency(tx: EntityManager, from: number, to: number): Promise<ConsistencyProofDto> {
    const { size } = endOf(await this.store.findLast(tx));
    return proveGrowth(tx, { table: 'report_tile', size }, { from, to });
  }
}
