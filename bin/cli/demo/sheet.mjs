import ExcelJS from 'exceljs';
import { inventPerson, withWrongCheckDigit } from './people.mjs';

const CERTIFICATE = '物流管理职业技能等级证书';
/** What the certificate waives at the school: three courses, so three rows with 原学分 0. */
const WAIVED = [
  ['LOG-BASE', '物流基础', '4'],
  ['LOG-WH', '仓储管理', '4'],
  ['LOG-DIST', '配送管理', '3'],
];
const GOOD_PEOPLE = 20;

/**
 * A sheet as schools really send it: one row per waived course, dates as yyyyMM, level of
 * education "85" and major "待补" where nothing is known, and a few rows that went wrong.
 *
 * @returns the XLSX file, the person the demonstration follows, and how many rows are good and bad
 */
export async function makeSheet() {
  const hero = inventPerson();
  const people = [hero, ...Array.from({ length: GOOD_PEOPLE - 1 }, inventPerson)];
  const goodRows = people.flatMap((person) =>
    WAIVED.map(([code, title, credits]) => rowOf(person, { code, title, credits })),
  );
  const badRows = spoiltRows();
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('证书转换');
  sheet.addRow(Object.keys(goodRows[0]));
  for (const row of [...goodRows, ...badRows]) sheet.addRow(Object.values(row));
  return {
    file: Buffer.from(await workbook.xlsx.writeBuffer()),
    hero,
    goodRows: goodRows.length,
    badRows: badRows.length,
  };
}

/** One row of OpenURP's certificate sheet, with its columns in its order. */
function rowOf(person, waived) {
  return {
    姓名: person.name,
    身份证号: person.residentId,
    转换学校代码: 'QSPOLY',
    原证书来源代码: '02',
    原证书名称: CERTIFICATE,
    原证书类型: '职业技能等级证书',
    原证书等级: '中级',
    原发证机构: '远航职业技能评价中心',
    原教育层次代码: '85',
    原教育类别代码: '',
    原学分: '0',
    原学时: '',
    原成绩: '',
    获得时间: '202606',
    转换后教育层次代码: '21',
    转换后课程代码: waived.code,
    转换后课程名称: waived.title,
    转换后课程学分: waived.credits,
    转换时间: '202609',
    转换后专业: '待补',
  };
}

/** One row for each of five mistakes that real sheets are full of. */
function spoiltRows() {
  const [code, title, credits] = WAIVED[0];
  const row = (change) => {
    const person = inventPerson();
    return { ...rowOf(person, { code, title, credits }), ...change(person) };
  };
  return [
    row(({ residentId }) => ({ 身份证号: withWrongCheckDigit(residentId) })),
    // Typed into a numeric cell, Excel keeps 15 digits and writes zeros for the rest.
    row(({ residentId }) => ({ 身份证号: Number(`${residentId.slice(0, 15)}000`) })),
    row(() => ({ 获得时间: '202613' })),
    row(() => ({ 原证书名称: '物流管理证书（样例）' })),
    row(() => ({ 原证书等级: { formula: 'G2&""', result: '中级' } })),
  ];
}
