import type { StructureElement } from 'pdfkit';
import type { Block, Words } from './paper.js';
import { type Passage, type Style, heightOf } from './pen.js';
import { MARGIN, PAGE, Sheet, WIDTH } from './sheet.js';

type Table = Extract<Block, { kind: 'table' }>;

const PADDING = { x: 4, y: 3 } as const;
const CELL: Style = { size: 8.5 };
const HEAD: Style = { size: 8, isBold: true };
const TOTAL: Style = { size: 8.5, isBold: true };
const RULE = '#9a9a9a';
const BAND = '#eef2f7';

/** A row, measured. */
interface Row {
  readonly cells: readonly (readonly Passage[])[];
  readonly height: number;
}

/** A table over as many pages as it needs; its head is printed again on each. */
export function drawTable(sheet: Sheet, table: Table): void {
  const widths = widthsOf(table);
  const aligned = (style: Style, place: number): Style => ({
    ...style,
    align: table.columns[place]?.align ?? 'left',
  });
  const measure = (cells: readonly Words[], style: Style): Row => {
    const set = cells.map((words, place) =>
      sheet.pen.set(words, aligned(style, place), (widths[place] ?? 0) - 2 * PADDING.x),
    );
    return { cells: set, height: Math.max(0, ...set.map(heightOf)) + 2 * PADDING.y };
  };
  const head = measure(
    table.columns.map((column) => column.head),
    HEAD,
  );
  const last = table.hasTotal === true ? table.rows.length - 1 : -1;
  const rows = table.rows.map((row, place) => measure(row, place === last ? TOTAL : CELL));
  sheet.require(head.height + (rows[0]?.height ?? 0) + PADDING.y);

  const element = sheet.open('Table', sheet.root, { title: table.summary });
  const headElement = sheet.open('THead', element);
  drawBand(sheet, head);
  drawRow(sheet, { row: head, widths, parent: headElement, isHead: true });
  headElement.end();
  const body = sheet.open('TBody', element);
  for (const row of rows) {
    if (sheet.room < Math.min(row.height, PAGE.height / 2)) {
      sheet.newPage();
      drawBand(sheet, head);
      sheet.artifact(() => drawPlain(sheet, head, widths));
    }
    drawRow(sheet, { row, widths, parent: body, isHead: false });
  }
  body.end();
  element.end();
  sheet.skip(8);
}

function widthsOf({ columns }: Table): number[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  return columns.map(({ share }) => (WIDTH * share) / whole);
}

function drawBand(sheet: Sheet, { height }: Row): void {
  const { doc, y } = sheet;
  sheet.artifact(() => doc.rect(MARGIN.side, y, WIDTH, height).fill(BAND));
}

function drawRow(
  sheet: Sheet,
  {
    row,
    widths,
    parent,
    isHead,
  }: { row: Row; widths: number[]; parent: StructureElement; isHead: boolean },
): void {
  const line = sheet.open('TR', parent);
  const top = sheet.y;
  eachCell(row, widths, (passages, x, width, place) => {
    const isHeader = isHead || place === 0;
    const scope = isHeader ? { scope: isHead ? 'Column' : 'Row' } : {};
    const cell = { type: isHeader ? 'TH' : 'TD', parent: line, options: scope };
    sheet.passages(passages, { x, y: top + PADDING.y, width }, cell);
  });
  line.end();
  closeRow(sheet, row);
}

/** The head again, for the eye only: a reader of the tree has heard it. */
function drawPlain(sheet: Sheet, row: Row, widths: number[]): void {
  const top = sheet.y;
  eachCell(row, widths, (passages, x, width) => {
    let y = top + PADDING.y;
    for (const passage of passages) {
      sheet.pen.draw(passage.lines, { x, y, width });
      y += heightOf([passage]);
    }
  });
  sheet.y += row.height;
}

function eachCell(
  { cells }: Row,
  widths: readonly number[],
  draw: (passages: readonly Passage[], x: number, width: number, place: number) => void,
): void {
  let x: number = MARGIN.side;
  cells.forEach((passages, place) => {
    const width = widths[place] ?? 0;
    draw(passages, x + PADDING.x, width - 2 * PADDING.x, place);
    x += width;
  });
}

function closeRow(sheet: Sheet, { height }: Row): void {
  sheet.y += height;
  const { doc, y } = sheet;
  sheet.artifact(() => {
    doc
      .moveTo(MARGIN.side, y)
      .lineTo(MARGIN.side + WIDTH, y)
      .lineWidth(0.4)
      .strokeColor(RULE)
      .stroke();
  });
}
