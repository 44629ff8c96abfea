import { cellName } from '#libs/exchange';
import { type ZipPart, writeZip } from './zip-writer.js';

/** A cell to write: its text, and whether it is painted as the cell at fault. */
export interface OutputCell {
  readonly text: string;
  readonly isMarked?: boolean;
  /** Whether the text is a decimal number that a reader of the sheet may reckon with. */
  readonly isNumber?: boolean;
}

export interface OutputSheet {
  readonly name: string;
  readonly headers: readonly string[];
  readonly rows: AsyncIterable<readonly OutputCell[]> | Iterable<readonly OutputCell[]>;
  /** Widths of the columns in characters, where they are known. */
  readonly widths?: readonly number[];
}

/** Indices of the cell styles that `STYLES` declares. */
const STYLE = { text: 1, head: 2, marked: 3, number: 4 } as const;
const USUAL_WIDTH = 18;
const PIECE_CHARACTERS = 32 * 1024;

/**
 * A workbook of one sheet as a stream of bytes. Every cell is an inline string under the text
 * format: nothing in it is ever computed, and an identity number keeps all its digits when the file
 * is opened, edited and saved again. Only what says that it is a number is written as one.
 */
export function writeXlsx(sheet: OutputSheet): AsyncGenerator<Buffer> {
  return writeWorkbook([sheet]);
}

/** {@link writeXlsx} for several sheets, in their order. */
export function writeWorkbook(sheets: readonly OutputSheet[]): AsyncGenerator<Buffer> {
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', content: [contentTypes(sheets.length)] },
    { name: '_rels/.rels', content: [PACKAGE_RELATIONS] },
    { name: 'xl/workbook.xml', content: [workbookXml(sheets.map(({ name }) => name))] },
    { name: 'xl/_rels/workbook.xml.rels', content: [workbookRelations(sheets.length)] },
    { name: 'xl/styles.xml', content: [STYLES] },
    ...sheets.map((sheet, place) => ({
      name: `xl/worksheets/sheet${place + 1}.xml`,
      content: sheetXml(sheet),
    })),
  ];
  return writeZip(parts);
}

async function* sheetXml(sheet: OutputSheet): AsyncGenerator<string> {
  const { headers } = sheet;
  let text =
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>` +
    columnsXml(sheet) +
    `</cols><sheetData>${rowXml(1, headers.map(plainCell), STYLE.head)}`;
  let rowNumber = 1;
  for await (const row of sheet.rows) {
    rowNumber += 1;
    text += rowXml(rowNumber, row, STYLE.text);
    if (text.length >= PIECE_CHARACTERS) {
      yield text;
      text = '';
    }
  }
  yield `${text}</sheetData></worksheet>`;
}

function columnsXml({ headers, widths }: OutputSheet): string {
  const column = (from: number, to: number, width: number): string =>
    `<col min="${from}" max="${to}" width="${width}" style="${STYLE.text}" customWidth="1"/>`;
  if (!widths) return column(1, Math.max(headers.length, 1), USUAL_WIDTH);
  return widths.map((width, place) => column(place + 1, place + 1, width)).join('');
}

function plainCell(text: string): OutputCell {
  return { text };
}

/** Some readers insist that every row and cell says where it is. */
function rowXml(rowNumber: number, cells: readonly OutputCell[], style: number): string {
  const content = cells.map(({ text, isMarked, isNumber }, column) => {
    const place = cellName(column, rowNumber);
    if (isNumber && text !== '') return `<c r="${place}" s="${STYLE.number}"><v>${text}</v></c>`;
    const start = `<c r="${place}" s="${isMarked ? STYLE.marked : style}"`;
    return text === ''
      ? `${start}/>`
      : `${start} t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
  });
  return `<row r="${rowNumber}">${content.join('')}</row>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Characters that XML cannot hold are written as the workbook's own escape, `_x0000_`. */
function escapeXml(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c)
    .replace(
      // oxlint-disable-next-line no-control-regex -- escaping control characters is the purpose
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/gu,
      (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function contentTypes(sheets: number): string {
  const own = Array.from(
    { length: sheets },
    (_, place) =>
      `<Override PartName="/xl/worksheets/sheet${place + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
    `${own.join('')}</Types>`
  );
}

const PACKAGE_RELATIONS =
  `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
  `Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

function workbookRelations(sheets: number): string {
  const own = Array.from(
    { length: sheets },
    (_, place) =>
      `<Relationship Id="rId${place + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${place + 1}.xml"/>`,
  );
  return (
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${own.join('')}` +
    `<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`
  );
}

/** Number format 49 is "@", text. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill></fills>' +
  '<borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/>' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '</cellXfs></styleSheet>';

function workbookXml(sheetNames: readonly string[]): string {
  const sheets = sheetNames.map((sheetName, place) => {
    const usual = `Sheet${place + 1}`;
    const name = escapeXml(sheetName.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || usual);
    return `<sheet name="${name}" sheetId="${place + 1}" r:id="rId${place + 1}"/>`;
  });
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`;
}
