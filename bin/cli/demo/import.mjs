import { keyOf } from '../demo-file.mjs';
import { problemText } from '../service.mjs';
import { uploadFile, watchImport } from '../upload.mjs';
import { makeSheet } from './sheet.mjs';

const SCHOOL = 'qingshan-polytechnic';

/** A school posts a file: dry run, reasons, corrections, commit with progress. */
export async function tellImport(stage, demo) {
  const { service } = stage;
  const key = keyOf(demo, SCHOOL, 'registrar');
  const sheet = await makeSheet();

  const upload = await stage.step(
    `A school uploads its sheet of certificates (XLSX, ${sheet.goodRows + sheet.badRows} rows)`,
    async () => {
      const answer = await uploadFile(service, key, { name: '证书转换.xlsx', bytes: sheet.file });
      stage.expect(answer.status === 202, problemText(answer));
      return answer.body;
    },
  );
  const path = `/v1/imports/${upload.id}`;

  await stage.step('The dry run: nothing is posted yet', async () => {
    await watchImport(service, key, upload.id, { until: ['checked'] });
    const { body } = await service.get(path, { key });
    const { rows } = body;
    stage.say(`${body.shape}: ${rows.fit} rows fit, ${rows.faulty} do not, ${rows.posted} posted`);
    stage.expect(body.state === 'checked', `the import is ${body.state}, not checked`);
    stage.expect(rows.fit === sheet.goodRows, `${sheet.goodRows} rows should fit`);
    stage.expect(rows.faulty === sheet.badRows, `${sheet.badRows} rows should not fit`);
  });

  await tellReasons(stage, { key, path, badRows: sheet.badRows });
  await tellCommit(stage, { key, path, importId: upload.id });
  return { hero: sheet.hero };
}

async function tellReasons(stage, { key, path, badRows }) {
  await stage.step('Why the others do not fit', async () => {
    const { body } = await stage.service.get(`${path}/rows?limit=20`, { key });
    for (const fault of body.items) {
      const { row, column, value, code, message, hint } = fault;
      stage.say(`row ${row}, ${column ?? '-'} (${value ?? '-'}): ${code}`);
      stage.say(`   ${message.zh}。${hint.zh}`);
      stage.say(`   ${message.en}. ${hint.en}`);
    }
    stage.expect(body.items.length >= badRows, `at least ${badRows} reasons should be given`);
  });

  await stage.step('The bad rows come back as a workbook to correct', async () => {
    const answer = await stage.service.get(`${path}/corrections.xlsx`, { key, accept: '*/*' });
    const isWorkbook = answer.body.subarray(0, 2).toString() === 'PK';
    stage.say(`corrections.xlsx, ${answer.body.length} bytes`);
    stage.expect(answer.status === 200 && isWorkbook, 'a workbook should come back');
  });
}

async function tellCommit(stage, { key, path, importId }) {
  await stage.step('The registrar commits; the bank reports progress', async () => {
    const answer = await stage.service.post(`${path}/commit`, { key });
    stage.expect(answer.status === 202, problemText(answer));
    const end = await watchImport(stage.service, key, importId, {
      until: ['committed'],
      onProgress: ({ progress }) =>
        stage.say(`${progress.phase}: ${progress.rowsDone} of ${progress.rowsTotal ?? '?'} rows`),
    });
    stage.say(`${end.state}: ${end.rows.posted} rows posted`);
    stage.expect(end.state === 'committed', `the import is ${end.state}, not committed`);
    stage.expect(end.rows.posted === end.rows.fit, 'every row that fits should be posted');
  });
}
