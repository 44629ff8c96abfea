import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellText } from '#libs/exchange';
import { Catalogue } from '../../src/catalogue/index.js';
import { readDistrict } from '../../src/demonstration/district.js';
import type { ImportDto, RowFaultDto } from '../../src/imports/imports.dto.js';
import { Institutions } from '../../src/institutions/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { until } from '../support/until.js';

/** The real institutions and catalogue of the demonstration, and the fixtures that fit them. */
let app: TestApp;
const keys = new Map<string, string>();

beforeAll(async () => {
  app = await startTestApp();
  const district = readDistrict();
  const institutions = app.app.get(Institutions);
  await app.app.get(Database).transaction(async (tx) => {
    for (const institution of district.institutions) {
      const { id, code } = await institutions.create(tx, institution);
      const roles = ['registrar' as const];
      const { key } = await institutions.issueKey(tx, { institutionId: id, roles, label: 'test' });
      keys.set(code, key);
    }
    await app.app.get(Catalogue).create(tx, district.catalogue);
  });
});

afterAll(() => app.close());

const auth = (sender: string) => ({ authorization: `Bearer ${keys.get(sender)}` });

async function send(sender: string, file: string): Promise<ImportDto> {
  const bytes = readFileSync(join(__dirname, '../fixtures/files', file));
  const sent = await app.http.post('/v1/imports').set(auth(sender)).attach('file', bytes, file);
  expect(sent.status).toBe(202);
  return settled(sender, sent.body.id as string);
}

async function settled(sender: string, id: string): Promise<ImportDto> {
  return until('the import settles', async () => {
    const { body } = await app.http.get(`/v1/imports/${id}`).set(auth(sender));
    return ['checked', 'committed', 'failed'].includes(body.state) && (body as ImportDto);
  });
}

async function commit(sender: string, id: string): Promise<ImportDto> {
  await app.http.post(`/v1/imports/${id}/commit`).set(auth(sender)).expect(202);
  return settled(sender, id);
}

async function faultsOf(sender: string, id: string): Promise<RowFaultDto[]> {
  const { body } = await app.http.get(`/v1/imports/${id}/rows?limit=100`).set(auth(sender));
  return body.items as RowFaultDto[];
}

const SCHOOL = 'qingshan-vocational';
const COLLEGE = 'qingshan-polytechnic';
const OPEN = 'district-open';

describe('files of every shape', () => {
  // file | sender | shape | encoding | rows fit, faulty, known before | outcomes that fit
  it.each([
    ['template.csv', SCHOOL, 'template', 'utf-8', [5, 0, 0], 5],
    ['template-gb18030.csv', SCHOOL, 'template', 'gb18030', [0, 0, 5], 0],
    ['template.xlsx', SCHOOL, 'template', null, [3, 0, 0], 3],
    ['openurp-certificate.xlsx', COLLEGE, 'openurp-certificate', null, [4, 0, 0], 2],
    ['openurp-certificate.csv', COLLEGE, 'openurp-certificate', 'gb18030', [0, 0, 4], 0],
    ['openurp-course.csv', COLLEGE, 'openurp-course', 'gb18030', [2, 0, 0], 2],
    ['shanghai-profiles.json', OPEN, 'shanghai-profile', 'utf-8', [1, 1, 0], 2],
    ['shanghai-profiles.ndjson', OPEN, 'shanghai-profile', 'utf-8', [1, 1, 0], 0],
    ['nad.csv', OPEN, 'nad', 'utf-8', [1, 1, 0], 2],
    ['completions.ndjson', SCHOOL, 'completions', 'utf-8', [1, 1, 0], 1],
  ] as const)('%s from %s', async (file, sender, shape, encoding, rows, outcomes) => {
    const checked = await send(sender, file);
    const faults = await faultsOf(sender, checked.id);
    const [fit, faulty, alreadyPosted] = rows;
    expect([checked.problem, faults.map((f) => [f.row, f.column, f.code])]).toEqual([
      null,
      faulty === 0 ? [] : expect.any(Array),
    ]);
    expect(checked).toMatchObject({
      state: 'checked',
      shape,
      encoding,
      rows: { fit, faulty, alreadyPosted },
      outcomes: { fit: outcomes },
    });
    const committed = await commit(sender, checked.id);
    expect(committed).toMatchObject({
      state: 'committed',
      rows: { posted: fit, faulty, alreadyPosted },
      outcomes: { posted: outcomes },
    });
  });

  it('keeps what the sheets know and nothing they do not', async () => {
    const rows = await app.app.get(Database).read((tx) =>
      tx.query<Record<string, unknown>[]>(
        `SELECT external_id, completed_on, grade, level, minutes, credit_millicredits AS credits
           FROM learning_outcome WHERE note LIKE '原%' OR external_id LIKE 'credit:%'
          ORDER BY completed_on, level`,
      ),
    );
    expect(rows).toMatchObject([
      { completed_on: '2024-06', grade: null, credits: null, minutes: null },
      { completed_on: '2025-01', grade: '88', credits: '2000' },
      { completed_on: '2025-07-01', external_id: 'credit:90001', credits: '3000', minutes: '3240' },
      { completed_on: '2026-03', credits: null, level: '中级' },
      { completed_on: '2026-03', credits: null, level: '初级' },
    ]);
    const exemptions = await app.app
      .get(Database)
      .read((tx) =>
        tx.query<unknown[]>(`SELECT course_code FROM recorded_exemption ORDER BY course_code`),
      );
    expect(exemptions).toEqual(
      ['QP-LOGINFO', 'QP-W', 'QP-WH', 'QP-WH', 'QP-WRITING'].map((course_code) => ({
        course_code,
      })),
    );
    const deposits = await app.app.get(Database).read((tx) =>
      tx.query<unknown[]>(
        `SELECT e.amount FROM entry e JOIN learning_outcome o USING (bucket, learner_id, lot_id)
          WHERE o.level IN ('中级', '初级') AND o.note LIKE '原%' ORDER BY e.amount`,
      ),
    );
    expect(deposits).toEqual([{ amount: '4000' }, { amount: '7000' }]);
  });
});

describe('files with traps', () => {
  it.each(['template-traps.csv', 'template-traps.xlsx'])(
    '%s: every row names the code that its remark expects',
    async (file) => {
      const checked = await send(SCHOOL, file);
      const expected = await expectedCodes(file);
      const found = new Map<number, string[]>();
      for (const fault of await faultsOf(SCHOOL, checked.id)) {
        found.set(fault.row, [...(found.get(fault.row) ?? []), fault.code]);
      }
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(
          expected.filter(([, code]) => code !== '').map(([row, code]) => [row, [code]]),
        ),
      );
    },
  );

  it.each([
    ['unknown-column.csv', 'unknown-column'],
    ['mixed-encodings.csv', 'encoding-mixed'],
    ['cut.xlsx', 'file-damaged'],
  ])('%s is refused as a whole: %s', async (file, code) => {
    expect(await send(SCHOOL, file)).toMatchObject({ state: 'failed', problem: { code } });
  });
});

/** The remark of each row, by row number. */
async function expectedCodes(file: string): Promise<[number, string][]> {
  const { openFile } = await import('../../src/imports/files/open-file.js');
  const { bufferSource } = await import('../../src/imports/files/byte-source.js');
  const bytes = readFileSync(join(__dirname, '../fixtures/files', file));
  const opened = await openFile(bufferSource(bytes));
  const remarks: [number, string][] = [];
  for await (const row of opened.rows()) {
    if ('cells' in row && row.rowNumber > 1) remarks.push([row.rowNumber, cellText(row.cells[11])]);
  }
  opened.close();
  return remarks;
}
