import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CompletionDraft,
  type RowFault,
  TEMPLATE_COLUMNS,
  type TableRow,
  cellText,
  recogniseTable,
} from '#libs/exchange';
import { RESULT_HEADERS, askedRows, headFaults } from '../../src/equivalence/sheet.js';
import { bufferSource } from '../../src/imports/files/byte-source.js';
import { openFile } from '../../src/imports/files/open-file.js';
import { readSheet } from '../../src/imports/index.js';

const PUBLIC = join(process.cwd(), 'web/public');

/** What the import would make of a template that is uploaded as it is. */
async function read(name: string) {
  const file = await openFile(bufferSource(readFileSync(join(PUBLIC, name))));
  const rows: TableRow[] = [];
  for await (const row of file.rows()) rows.push(row as TableRow);
  file.close();
  const headers = rows[0]!.cells.map(cellText);
  const recognised = recogniseTable(headers);
  if (!recognised.ok) throw new Error(JSON.stringify(recognised.faults));
  const mapper = recognised.shape.mapper(headers, { today: '2026-11-23' });
  const mapped = [...rows.slice(1).map((row) => mapper.push(row)), mapper.end()];
  const faults: RowFault[] = mapped.flatMap((one) => one.faults);
  const drafts: CompletionDraft[] = mapped.flatMap(({ outcomes }) => outcomes.map((o) => o.draft));
  return { shape: recognised.shape.id, headers, faults, drafts };
}

describe.each(['template.csv', 'template.xlsx'])('%s, as the upload page offers it', (name) => {
  it('is read as our own sheet, with every column and no fault', async () => {
    const { shape, headers, faults, drafts } = await read(name);
    expect(shape).toBe('template');
    const offered = Object.values(TEMPLATE_COLUMNS).filter((column) => !column.extra);
    expect(headers).toEqual(offered.map((column) => column.names[0]));
    expect(faults).toEqual([]);
    expect(drafts.map((draft) => [draft.completedOn, draft.grade])).toEqual([
      ['2026-06-30', null],
      ['2026-06', '85'],
      ['2026', '合格'],
    ]);
  });
});

it('the two templates say the same', async () => {
  expect((await read('template.xlsx')).drafts).toEqual((await read('template.csv')).drafts);
});

it('the list template of admissions offices has every column of a list, in its order', async () => {
  const sheet = await readSheet(readFileSync(join(PUBLIC, 'list-template.xlsx')), {
    rows: 10,
    columns: 20,
  });
  expect(headFaults(sheet.headers)).toEqual([]);
  const [, ...columns] = RESULT_HEADERS;
  expect(sheet.headers).toEqual(columns.slice(0, sheet.headers.length));
  expect(sheet.headers).toHaveLength(8);
  const defaults = { programme: 'P', on: '2026-11-23', today: '2026-11-23' };
  const asked = askedRows(sheet, defaults).map((row) => [row.asked?.by, row.fault]);
  expect(asked).toEqual([
    ['document', null],
    ['code', null],
  ]);
});
