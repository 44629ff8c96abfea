import { zip } from './zip.mjs';

const HEADERS = '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,成绩,等级,学时,学分,出勤率,备注';
const MIB = 1024 * 1024;

/** A row of the template that fits. */
function row(serial, person, over = {}) {
  const cells = {
    外部编号: `h-${serial}`,
    姓名: person.name,
    证件类型: '居民身份证',
    证件号码: person.number,
    成果代码: over.成果代码,
    完成日期: '2026-06-30',
    成绩: '85',
    ...over,
  };
  return HEADERS.split(',')
    .map((header) => cells[header] ?? '')
    .join(',');
}

const cell = (text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const SHEET = `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`;
const SHEET_END = '</sheetData></worksheet>';
const HEAD_ROW = `<row>${HEADERS.split(',').map(cell).join('')}</row>`;

/** The parts that make a zip file a workbook, around one sheet. */
function workbook(sheet, more = []) {
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const rels = 'http://schemas.openxmlformats.org';
  const office = `${rels}/officeDocument/2006/relationships`;
  return [
    {
      name: '[Content_Types].xml',
      content:
        `${XML}<Types xmlns="${rels}/package/2006/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
        `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content:
        `${XML}<Relationships xmlns="${rels}/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content:
        `${XML}<workbook xmlns="${rels}/spreadsheetml/2006/main" xmlns:r="${office}">` +
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        `${XML}<Relationships xmlns="${rels}/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>` +
        `<Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', ...(sheet.content ? sheet : { content: sheet }) },
    ...more,
  ];
}

function xlsxRow(text) {
  return `<row>${text.split(',').map(cell).join('')}</row>`;
}

/**
 * The files of notes/assurance.md sections 6 and 7, and some more. `wants`: the codes one of which has to
 * be the answer; `rows` when the file is to be read and how many rows are to be found in it.
 */
export function hostileFiles({ course, person }) {
  const fit = (serial, over) => row(serial, person(serial), { 成果代码: course, ...over });
  const good = SHEET + HEAD_ROW + xlsxRow(fit(1)) + SHEET_END;
  const bomb = (block, size) => ({
    before: SHEET + HEAD_ROW,
    block,
    times: Math.ceil(size / block.length),
  });
  const name = (text) => Buffer.from([HEADERS, fit(2, { 姓名: text })].join('\n'));
  const entities = Array.from(
    { length: 9 },
    (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
  ).join('');
  return [
    {
      name: '1 GB in one cell.xlsx',
      bytes: () => {
        const content = { ...bomb('A'.repeat(MIB), 1024 * MIB), after: SHEET_END };
        return zip(workbook({ content: { ...content, before: `${SHEET}<row><c><v>` } }));
      },
      wants: ['file-too-complex'],
    },
    {
      name: 'a sheet of 945 MB.xlsx',
      bytes: () => zip(workbook({ content: bomb(xlsxRow(fit(3)).repeat(500), 945 * MIB) })),
      wants: ['file-too-complex'],
    },
    {
      name: 'a sheet that claims 1 KB and holds 500 MB.xlsx',
      bytes: () =>
        zip(workbook({ content: bomb('A'.repeat(MIB), 500 * MIB), over: { size: 1024 } })),
      wants: ['file-damaged'],
    },
    {
      name: 'shared strings of 800 MB.xlsx',
      bytes: () =>
        zip(
          workbook(good, [
            {
              name: 'xl/sharedStrings.xml',
              content: {
                before: `${XML}<sst>`,
                block: '<si><t>abc</t></si>'.repeat(50_000),
                times: 840,
              },
            },
          ]),
        ),
      wants: ['file-too-complex'],
    },
    {
      name: 'entities that grow to 10 GB.xlsx',
      bytes: () =>
        zip(
          workbook(
            `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lollollollol">${entities}]>` +
              `<worksheet><sheetData><row><c><v>&e9;</v></c></row></sheetData></worksheet>`,
          ),
        ),
      wants: ['file-has-doctype'],
    },
    {
      name: 'a part outside of the archive.xlsx',
      bytes: () => zip(workbook(good, [{ name: '../../../../tmp/evil.sh', content: 'evil' }])),
      wants: ['file-damaged'],
    },
    {
      name: 'a program.csv',
      bytes: () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200_000, 7)]),
      wants: ['shape-unknown'],
    },
    {
      name: 'a document.xlsx',
      bytes: () => Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'),
      wants: ['file-not-supported'],
    },
    {
      name: 'macros.xlsm',
      bytes: () => zip(workbook(good, [{ name: 'xl/vbaProject.bin', content: 'Sub AutoOpen()' }])),
      wants: ['file-has-macros'],
    },
    {
      name: 'locked with a password.xlsx',
      bytes: () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100_000)]),
      wants: ['file-not-supported'],
    },
    {
      name: 'encrypted parts.xlsx',
      bytes: () => zip(workbook({ content: good, over: { flags: 0x0801 } })),
      wants: ['file-not-supported'],
    },
    {
      name: '16,384 columns.csv',
      bytes: () => Buffer.from([`${HEADERS}${',x'.repeat(16_372)}`, fit(4)].join('\n')),
      wants: ['too-many-columns'],
    },
    {
      name: 'a million empty rows.xlsx',
      bytes: () =>
        zip(
          workbook({
            content: {
              before: SHEET + HEAD_ROW + xlsxRow(fit(5)),
              block: '<row/>'.repeat(10_000),
              times: 100,
              after: SHEET_END,
            },
          }),
        ),
      wants: ['file-too-complex'],
    },
    {
      name: 'the same part twice.xlsx',
      bytes: () => zip(workbook(good, [{ name: 'xl/worksheets/sheet1.xml', content: good }])),
      wants: ['file-damaged'],
    },
    {
      name: '60,000 parts.xlsx',
      bytes: () => {
        const parts = Array.from({ length: 60_000 }, (_, i) => ({ name: `x${i}`, content: '' }));
        return zip(workbook(good, parts));
      },
      wants: ['file-too-complex'],
    },
    { name: 'NUL in a name.csv', bytes: () => name('王\u0000明'), wants: ['encoding-undecidable'] },
    {
      name: 'two encodings.csv',
      bytes: () =>
        Buffer.concat([
          Buffer.from(`${HEADERS}\n${fit(6)}\n`),
          Buffer.from('h-7,', 'utf8'),
          Buffer.from([0xcd, 0xf5, 0xc3, 0xf7, 0xff, 0xfe]),
          Buffer.from('\n'),
        ]),
      wants: ['encoding-mixed'],
    },
    {
      name: 'a byte order mark twice.csv',
      bytes: () => Buffer.from(`\ufeff\ufeff${HEADERS}\n${fit(8)}`),
      rows: 1,
    },
    {
      name: 'a name that runs backwards.csv',
      bytes: () => name('王\u202e明\u200b'),
      faults: ['control-character'],
    },
    {
      name: 'a quote that never ends.csv',
      bytes: () => Buffer.concat([Buffer.from(`${HEADERS}\n"`), Buffer.alloc(8 * MIB, 'a,\n')]),
      wants: ['quote-not-closed'],
    },
    {
      name: '100,000 brackets.json',
      bytes: () => Buffer.from(`[${'{"a":'.repeat(100_000)}`),
      wants: ['json-malformed'],
    },
    {
      name: 'cut in the middle.xlsx',
      bytes: () => zip(workbook(good)).subarray(0, 900),
      wants: ['file-damaged'],
    },
  ];
}
