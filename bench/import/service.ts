import { millicredits } from '#libs/credit';
import { residentIdCheckDigit } from '#libs/identity';
import { Catalogue } from '../../src/catalogue/index.js';
import { ImportFiles } from '../../src/imports/import.files.js';
import type { Phase, PhaseProgress } from '../../src/imports/import.js';
import { ImportRun } from '../../src/imports/import.run.js';
import { ImportsStore } from '../../src/imports/imports.store.js';
import { Institutions } from '../../src/institutions/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type BenchApplication, startApplication } from '../support/application.js';

/** Rows that one learner has in a file. */
export const ROWS_A_LEARNER = 10;

export interface FilePlan {
  /** Begins the external ids; another prefix is other outcomes of the same people. */
  readonly prefix: string;
  readonly rows: number;
  /** The first learner of the file; another number is other people. */
  readonly firstLearner: number;
}

/**
 * One school and its files, through the same classes that the service runs. The queue is left out:
 * whoever has the run does what a worker does.
 */
export class ImportService {
  private constructor(
    private readonly application: BenchApplication,
    private readonly institutionId: string,
  ) {}

  static async start(databaseUrl: string): Promise<ImportService> {
    const application = await startApplication(databaseUrl, 'app');
    const { context } = application;
    const institutionId = await context.get(Database).transaction(async (tx) => {
      const name = { zh: '学校', en: 'school' };
      const school = { code: 'school', kind: 'school' as const, name, region: 'x' };
      const { id } = await context.get(Institutions).create(tx, school);
      await context.get(Catalogue).create(tx, [
        {
          code: 'LOG-BASE',
          kind: 'degree-course',
          form: 'course',
          institutionCode: 'school',
          title: { zh: '物流基础', en: 'Logistics basics' },
          categoryCode: 'major-basic',
          source: 'course',
          credits: millicredits(4000),
          gradeScale: 'percent',
          passGrade: '60',
        },
      ]);
      return id;
    });
    return new ImportService(application, institutionId);
  }

  /** Stores a file as an upload does. @returns the id of its import */
  async receive(plan: FilePlan): Promise<string> {
    const { context } = this.application;
    const { importId, ...file } = await context
      .get(ImportFiles)
      .keep(
        { name: 'bench.csv', stream: csvOf(plan), isWhole: () => true },
        { institutionId: this.institutionId, actor: 'bench' },
      );
    const asked = { askedFormat: null, askedEncoding: null };
    await context
      .get(Database)
      .transaction((tx) => context.get(ImportsStore).receive(tx, importId, { ...file, ...asked }));
    return importId;
  }

  check(importId: string): Promise<PhaseProgress> {
    return this.#run(importId, 'check');
  }

  /** From the stored bytes to committed entries. */
  async commit(importId: string): Promise<PhaseProgress> {
    const { context } = this.application;
    await context
      .get(Database)
      .transaction((tx) => context.get(ImportsStore).beginCommit(tx, importId, 'bench'));
    return this.#run(importId, 'commit');
  }

  close(): Promise<void> {
    return this.application.close();
  }

  async #run(importId: string, phase: Phase): Promise<PhaseProgress> {
    const { context } = this.application;
    const [database, store] = [context.get(Database), context.get(ImportsStore)];
    const taken = await database.transaction((tx) => store.takeUp(tx, importId, phase));
    const record = await database.read((tx) => store.find(tx, importId));
    if (!taken || !record) throw new Error(`import ${importId} cannot be taken up`);
    await context.get(ImportRun).run(record, taken, phase, new AbortController().signal);
    const done = (await database.read((tx) => store.find(tx, importId)))?.[phase];
    if (!done) throw new Error(`import ${importId} has not run`);
    return done;
  }
}

const LINES_A_PIECE = 5_000;

/** A sheet as a school exports it, by learner, made while it is sent. */
async function* csvOf({ prefix, rows, firstLearner }: FilePlan): AsyncGenerator<Buffer> {
  yield Buffer.from('外部编号,姓名,证件类型,证件号码,成果代码,完成日期,成绩\r\n');
  for (let from = 0; from < rows; from += LINES_A_PIECE) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(rows, from + LINES_A_PIECE); i += 1) {
      const learner = firstLearner + Math.floor(i / ROWS_A_LEARNER);
      const key = `${prefix}/${String(i).padStart(9, '0')}`;
      const person = `学员${learner},居民身份证,${residentId(learner)}`;
      lines.push(`${key},${person},LOG-BASE,2026-06-30,${60 + (i % 40)}`);
    }
    yield Buffer.from(`${lines.join('\r\n')}\r\n`);
  }
}

/** A fictional number with a right check digit; 500198 is the code of no place. */
function residentId(serial: number): string {
  const year = 1940 + (Math.floor(serial / 280_000) % 60);
  const month = String((Math.floor(serial / 28_000) % 10) + 1).padStart(2, '0');
  const day = String((Math.floor(serial / 1000) % 28) + 1).padStart(2, '0');
  const body = `500198${year}${month}${day}${String(serial % 1000).padStart(3, '0')}`;
  return body + residentIdCheckDigit(body);
}
