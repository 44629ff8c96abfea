import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { parse as parseCsv } from 'csv-parse/sync';
import { Follower } from '../indicators/index.js';
import type { Principal } from '../platform/auth/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { Conditions, ReportPublisher, ReportSchedules } from '../reports/index.js';
import { AUTHORITY_CODE } from './district.js';
import type { SeededIds } from './sign-in.seeder.js';

/** What a school of the district states, and against which standard it is held. */
interface Line {
  readonly institution: string;
  /** Empty where the authority has not said any. */
  readonly standard: string;
  readonly code: string;
  readonly on: string;
  readonly value: string;
  readonly source: string;
  /** `yes`: it was stated after the report was frozen. */
  readonly late: string;
}

const STANDARDS_FROM = '2022-11-01';
const SCHEDULE = { days: ['01-15', '07-15'], periodKind: 'year' } as const;
/** The year that is over, and the running one. */
const PERIODS = ['2025', '2026'];

/** School conditions, the schedule of reports, and reports that are frozen already. */
@Injectable()
export class ReportsSeeder {
  readonly #logger = new Logger('demonstration');

  constructor(
    private readonly database: Database,
    private readonly follower: Follower,
    private readonly conditions: Conditions,
    private readonly schedules: ReportSchedules,
    private readonly publisher: ReportPublisher,
  ) {}

  /** A service without them is still worth starting. */
  async fill({ institutionIds }: SeededIds): Promise<void> {
    const by: Principal = {
      id: 'demonstration-authority',
      name: '示范区教育委员会',
      roles: ['authority'],
      institutionId: institutionIds.get(AUTHORITY_CODE) ?? null,
      learnerId: null,
    };
    try {
      const lines = readLines();
      await this.#state(
        by,
        lines.filter(({ late }) => late === ''),
      );
      await this.schedules.set(by, { ...SCHEDULE, days: [...SCHEDULE.days] });
      await this.follower.catchUp();
      for (const period of PERIODS) await this.publisher.publish(by, period);
      await this.#state(
        by,
        lines.filter(({ late }) => late === 'yes'),
      );
    } catch (error) {
      this.#logger.warn(`the reports were not seeded: ${(error as Error).message}`);
    }
  }

  #state(by: Principal, lines: readonly Line[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      for (const { late: _, standard: __, ...line } of lines) {
        await this.conditions.stateWithin(tx, by, line);
      }
      const standards = new Map(
        lines
          .filter(({ standard }) => standard !== '')
          .map((one) => [one.institution, one.standard]),
      );
      for (const [institution, standard] of standards) {
        const wanted = { institution, standard, from: STANDARDS_FROM };
        await this.conditions.setStandardWithin(tx, by, wanted);
      }
    });
  }
}

function readLines(): Line[] {
  const path = findInCheckout(join('src/demonstration/district', 'conditions.csv'));
  return parseCsv(readFileSync(path, 'utf8'), { columns: true, skip_empty_lines: true });
}
