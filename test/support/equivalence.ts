import type supertest from 'supertest';
import { openFile } from '../../src/imports/files/open-file.js';
import { bufferSource, writeXlsx } from '../../src/imports/index.js';
import type { EquivalenceBatchDto } from '../../src/equivalence/equivalence.dto.js';
import { cellText } from '#libs/exchange';
import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  startConversionWorld,
} from './conversions.js';
import { withClient } from './database.js';
import { type Caller, residentId } from './world.js';
import { until } from './until.js';

/** Only a certificate of the highest level counts. */
export const HIGHEST = {
  id: 'highest',
  when: { has: 'X-LOG-2', level: { scale: 'x-cert', atLeast: '高级' } },
  grants: [{ course: 'C1', credits: 'of-target' }],
};

/** The small district with an admissions office, and what it does there. */
export interface OfficeWorld extends ConversionWorld {
  readonly office: Caller;
  /** The base course counts. */
  readonly matching: string;
  /** {@link HIGHEST} */
  readonly strict: string;
  query<T>(sql: string, values?: unknown[]): Promise<T[]>;
  /** The person that the small district posted a learner as. */
  personOf(
    learner: LearnerCaller,
  ): Promise<{ name: string; document: { kind: string; number: string } }>;
  send(who: Caller, file: Buffer, fields?: Record<string, string>): supertest.Test;
  setQuota(code: string, rowsPerDay: number): Promise<void>;
}

export async function startOfficeWorld(): Promise<OfficeWorld> {
  const world = await startConversionWorld();
  try {
    return await furnish(world);
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function furnish(world: ConversionWorld): Promise<OfficeWorld> {
  const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    withClient(world.config.databaseUrl, async (client) => {
      return (await client.query(sql, values)).rows as T[];
    });
  return {
    ...world,
    office: await world.caller('adm-office', 'admissions-office', ['admissions']),
    matching: await world.publish({ rules: [BASE_TO_C1] }),
    strict: await world.publish({ rules: [HIGHEST] }),
    query,
    personOf: async (learner) => {
      const [row] = await query<{ external: string }>(
        `SELECT external_id AS external FROM learning_outcome o JOIN institution i
           ON i.id = o.institution_id WHERE learner_id = $1 AND i.code = 'school'`,
        [learner.id],
      );
      const serial = Number(row?.external.replace('rec-', ''));
      return { name: '王小明', document: { kind: 'resident-id', number: residentId(serial) } };
    },
    send: (who, file, fields = {}) => {
      const request = world.http
        .post('/v1/equivalence/batches')
        .set('authorization', `Bearer ${who.key}`)
        .attach('file', file, 'list.xlsx');
      for (const [name, value] of Object.entries(fields)) void request.field(name, value);
      return request;
    },
    setQuota: async (code, rowsPerDay) => {
      await world.http
        .put(`/v1/equivalence/quotas/${code}`)
        .set('authorization', `Bearer ${world.authority.key}`)
        .send({ rowsPerDay })
        .expect(200);
    },
  };
}

/** A consent to everything that an answer needs. */
export function consent(learner: LearnerCaller, over: object = {}): supertest.Test {
  return learner.post('/v1/consents', {
    receiver: 'adm-office',
    purpose: '招生',
    fields: ['outcomes', 'balance', 'birth-date'],
    days: 9,
    ...over,
  });
}

export async function share(learner: LearnerCaller): Promise<{ id: string; code: string }> {
  const { body } = await learner.post('/v1/shares', { purpose: '报考' }).expect(201);
  return body as { id: string; code: string };
}

/** The rights under which offices looked, newest first. */
export async function groundsOf(learner: LearnerCaller): Promise<string[]> {
  const { body } = await learner.get('/v1/learners/me/access-log').expect(200);
  return (body.items as { purpose: string; ground: string }[])
    .filter(({ purpose }) => purpose === 'equivalence')
    .map(({ ground }) => ground);
}

export async function sheetOf(headers: string[], rows: string[][]): Promise<Buffer> {
  const cells = (async function* () {
    for (const row of rows) yield row.map((text) => ({ text }));
  })();
  const pieces: Buffer[] = [];
  for await (const piece of writeXlsx({ name: '名单', headers, rows: cells })) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function ended(who: Caller, id: string): Promise<EquivalenceBatchDto> {
  return until('the list has ended', async () => {
    const { body } = await who.get(`/v1/equivalence/batches/${id}`).expect(200);
    return !['queued', 'running'].includes(body.state as string) && (body as EquivalenceBatchDto);
  });
}

/** The lines of a result, by their head line. */
export async function resultOf(who: Caller, id: string): Promise<Record<string, string>[]> {
  const { body } = await who
    .get(`/v1/equivalence/batches/${id}/result.xlsx`)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    })
    .expect(200);
  const file = await openFile(bufferSource(body as Buffer));
  const rows: string[][] = [];
  if (file.kind === 'table')
    for await (const row of file.rows()) rows.push(row.cells.map(cellText));
  file.close();
  const [headers = [], ...rest] = rows;
  return rest.map((row) => Object.fromEntries(headers.map((head, i) => [head, row[i] ?? ''])));
}
