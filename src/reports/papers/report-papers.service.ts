import { Inject, Injectable } from '@nestjs/common';
import { sealPaper } from '#libs/paper-seal';
import { writeWorkbook } from '../../imports/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { printPaper } from '../../platform/paper/index.js';
import { LogIdentity } from '../../transparency/index.js';
import { Reports } from '../reports.service.js';
import { reportPaperOf } from './report-paper.js';
import { reportSheetsOf } from './report-workbook.js';
import type { ReportLanguage } from './words.js';

/** Reports on paper and as workbooks: of what was frozen, and of nothing else. */
@Injectable()
export class ReportPapers {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly reports: Reports,
    private readonly identity: LogIdentity,
  ) {}

  /** A sealed PDF; the same bytes each time. Throws `not-found`. */
  async print(id: string, language: ReportLanguage): Promise<Buffer> {
    const { content, stored } = await this.reports.content(id);
    const file = await this.reports.file(id);
    const hash = stored.hash.toString('hex');
    const origin = this.config.publicUrl;
    const paper = await printPaper(reportPaperOf({ content, hash, file, origin, language }));
    const key = await this.database.read((tx) => this.identity.key(tx));
    return sealPaper(paper, key);
  }

  /** Throws `not-found`. */
  async workbook(id: string, language: ReportLanguage): Promise<Buffer> {
    const { content, stored } = await this.reports.content(id);
    const sheets = reportSheetsOf({ content, hash: stored.hash.toString('hex') }, language);
    const pieces: Buffer[] = [];
    for await (const piece of writeWorkbook(sheets)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}
