import type PDFDocument from 'pdfkit';
import { drawChart } from './chart.js';
import type { Block, Pair, Words } from './paper.js';
import { type Style, heightOf } from './pen.js';
import { QUIET_MODULES, type QrCode } from './qr.js';
import { MARGIN, Sheet, WIDTH } from './sheet.js';
import { drawTable } from './table.js';

type Heading = Extract<Block, { kind: 'heading' }>;
type Code = Extract<Block, { kind: 'code' }>;

const BODY: Style = { size: 9.5 };
const LABEL: Style = { size: 9, colour: '#333333' };
const VALUE: Style = { size: 10 };
const STRONG: Style = { size: 13, isBold: true };
const HEADINGS: Record<Heading['level'], { style: Style; before: number; after: number }> = {
  1: { style: { size: 20, isBold: true }, before: 0, after: 8 },
  2: { style: { size: 12.5, isBold: true }, before: 8, after: 4 },
  3: { style: { size: 10.5, isBold: true }, before: 5, after: 3 },
};
/** What has to fit under a heading, so that none stands alone at the foot of a page. */
const UNDER_HEADING: Record<Heading['level'], number> = { 1: 0, 2: 130, 3: 90 };
const LABEL_WIDTH = 130;
const QR_POINTS = 96;
const BOX_PADDING = 10;

/** Draws one block under what is there. */
export function drawBlock(sheet: Sheet, block: Block, qr: QrCode | undefined): void {
  switch (block.kind) {
    case 'heading':
      return drawHeading(sheet, block);
    case 'paragraph':
      sheet.write(block.words, BODY, { type: 'P', parent: sheet.root });
      return sheet.skip(5);
    case 'pairs':
      return drawPairs(sheet, block.pairs);
    case 'list':
      return drawList(sheet, block.items);
    case 'table':
      return drawTable(sheet, block);
    case 'chart':
      return drawChart(sheet, block);
    case 'code':
      return drawCode(sheet, block, qr);
  }
}

function drawHeading(sheet: Sheet, { level, words }: Heading): void {
  const { style, before, after } = HEADINGS[level];
  sheet.skip(before);
  sheet.require(heightOf(sheet.pen.set(words, style, WIDTH)) + UNDER_HEADING[level]);
  sheet.write(words, style, { type: `H${level}`, parent: sheet.root });
  sheet.skip(after);
}

/** Label and value side by side; read as a table of two columns. */
function drawPairs(sheet: Sheet, pairs: readonly Pair[]): void {
  const table = sheet.open('Table');
  for (const { label, value, isStrong } of pairs) {
    const left = sheet.pen.set(label, LABEL, LABEL_WIDTH - 8);
    const right = sheet.pen.set(value, isStrong === true ? STRONG : VALUE, WIDTH - LABEL_WIDTH);
    const height = Math.max(heightOf(left), heightOf(right)) + 3;
    sheet.require(height);
    const row = sheet.open('TR', table);
    const { y } = sheet;
    const head = { type: 'TH', parent: row, options: { scope: 'Row' } };
    sheet.passages(left, { x: MARGIN.side, y, width: LABEL_WIDTH - 8 }, head);
    const at = { x: MARGIN.side + LABEL_WIDTH, y, width: WIDTH - LABEL_WIDTH };
    sheet.passages(right, at, { type: 'TD', parent: row });
    row.end();
    sheet.y += height;
  }
  table.end();
  sheet.skip(6);
}

function drawList(sheet: Sheet, items: readonly Words[]): void {
  const list = sheet.open('L');
  items.forEach((words, place) => {
    const label = [{ text: `${place + 1}.`, language: sheet.language }];
    const set = sheet.pen.set(words, BODY, WIDTH - 18);
    const height = heightOf(set) + 3;
    sheet.require(height);
    const item = sheet.open('LI', list);
    const y = sheet.y;
    const mark = sheet.pen.set(label, BODY, 18);
    sheet.passages(mark, { x: MARGIN.side, y, width: 18 }, { type: 'Lbl', parent: item });
    const at = { x: MARGIN.side + 18, y, width: WIDTH - 18 };
    sheet.passages(set, at, { type: 'LBody', parent: item });
    item.end();
    sheet.y += height;
  });
  list.end();
  sheet.skip(4);
}

/** A frame: the QR code to the right, what a person can type and read to the left. */
function drawCode(sheet: Sheet, block: Code, qr: QrCode | undefined): void {
  const textWidth = WIDTH - QR_POINTS - 3 * BOX_PADDING;
  const spoken = { language: sheet.language };
  const parts: { set: ReturnType<Sheet['pen']['set']>; isLink: boolean }[] = [
    { set: sheet.pen.set(block.title, { size: 9.5 }, textWidth), isLink: false },
    {
      set: sheet.pen.set([{ text: block.code, ...spoken }], { size: 21, isBold: true }, textWidth),
      isLink: false,
    },
    {
      set: sheet.pen.set([{ text: block.link, ...spoken }], { size: 9 }, textWidth),
      isLink: true,
    },
    ...block.notes.map((words) => ({
      set: sheet.pen.set(words, { size: 9 }, textWidth),
      isLink: false,
    })),
  ];
  const height = Math.max(
    QR_POINTS,
    parts.reduce((sum, { set }) => sum + heightOf(set) + 2, 0),
  );
  sheet.require(height + 2 * BOX_PADDING);
  const { doc, y } = sheet;
  sheet.artifact(() => {
    doc
      .rect(MARGIN.side, y, WIDTH, height + 2 * BOX_PADDING)
      .lineWidth(0.8)
      .strokeColor('#444444')
      .stroke();
  });
  let top = y + BOX_PADDING;
  for (const { set, isLink } of parts) {
    const at = { x: MARGIN.side + BOX_PADDING, y: top, width: textWidth };
    if (isLink) drawLink(sheet, block, { ...at, height: heightOf(set) }, set);
    else sheet.passages(set, at, { type: 'P', parent: sheet.root });
    top += heightOf(set) + 2;
  }
  const box = {
    x: MARGIN.side + WIDTH - QR_POINTS - BOX_PADDING,
    y: y + BOX_PADDING,
    points: QR_POINTS,
  };
  const bbox = [box.x, box.y, box.x + QR_POINTS, box.y + QR_POINTS];
  sheet.leaf('Figure', sheet.root, { alt: block.linkAlt, bbox }, () => drawQr(doc, qr, box));
  sheet.y += height + 2 * BOX_PADDING;
  sheet.skip(10);
}

function drawLink(
  sheet: Sheet,
  { link, linkAlt }: Code,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  set: ReturnType<Sheet['pen']['set']>,
): void {
  const paragraph = sheet.open('P');
  const element = sheet.open('Link', paragraph);
  for (const { lines } of set) element.add(() => sheet.pen.draw(lines, { x, y, width }));
  sheet.doc.link(x, y, Math.min(width, set[0]?.lines[0]?.width ?? width), height, link, {
    structParent: element,
    // pdfkit writes a String object as text and a plain string as a name.
    Contents: new String(linkAlt),
  });
  element.end();
  paragraph.end();
}

/** Draws a QR code with its quiet zone into a square. */
export function drawQr(
  doc: PDFDocument,
  qr: QrCode | undefined,
  { x, y, points }: { x: number; y: number; points: number },
): void {
  if (!qr) return;
  const module = points / (qr.size + 2 * QUIET_MODULES);
  for (const { row, from, length } of qr.runs) {
    doc.rect(
      x + (from + QUIET_MODULES) * module,
      y + (row + QUIET_MODULES) * module,
      length * module,
      module,
    );
  }
  doc.fill('#000000');
}
