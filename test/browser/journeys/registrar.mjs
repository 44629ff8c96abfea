import ExcelJS from 'exceljs';
import { must } from '../lib/scene.mjs';

const FILE = { name: '春季结业名单.csv', mimeType: 'text/csv' };

/** Uploads a list with a bad row, downloads the bad rows, mends them, uploads again and commits. */
export async function registrarFixesAndCommits(scene) {
  const registrar = await scene.person();
  const { keyboard } = registrar;
  const { world } = scene;
  const right = world.row(52).split(',')[3];
  const text = await world.sheet([world.row(51), world.row(52, { number: '50019819800101' })]);

  scene.step('signs in');
  await registrar.signIn('registrar.qingshan');
  await registrar.sees('h1', /上传|名单/);

  scene.step('uploads a list');
  await registrar.chooseFile(/选择文件/, { ...FILE, buffer: Buffer.from(text) });
  await registrar.sees('h1', FILE.name);
  await registrar.sees('dd', '1 行');
  await registrar.sees('tbody td', /证件/);

  scene.step('commits what fits');
  await commit(registrar);

  scene.step('downloads the rows at fault and mends them');
  const path = await registrar.download(/下载/);
  const mended = await mend(path, right);

  scene.step('uploads the mended file');
  await keyboard.activate(/返回全部文件/);
  await registrar.sees('.drop');
  await registrar.chooseFile(/选择文件/, {
    name: '春季结业名单-改.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: mended,
  });
  await registrar.sees('h1', '春季结业名单-改.xlsx');

  scene.step('commits the rest');
  await commit(registrar);
  must(keyboard.stops > 20, `only ${keyboard.stops} stops were looked at`);
}

/** The one button, and the question that it asks. */
async function commit(registrar) {
  await registrar.sees('button.main', /入账/);
  await registrar.keyboard.activate(/行.*入账|入账.*行/);
  await registrar.sees('dialog[open]');
  await registrar.keyboard.activate(/入账/);
  await registrar.sees('.note-title', /入账/);
}

/** As a person does it in a spreadsheet: the bad cell is written over, all else stays. */
async function mend(path, right) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const [sheet] = book.worksheets;
  const column = sheet.getRow(1).values.indexOf('证件号码');
  must(column > 0, 'the file has no column of numbers');
  sheet.getRow(2).getCell(column).value = right;
  return Buffer.from(await book.xlsx.writeBuffer());
}
