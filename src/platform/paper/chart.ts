import type { Bar, Block } from './paper.js';
import { INK, type Passage, PALE_INK, type Style, heightOf } from './pen.js';
import { MARGIN, Sheet, WIDTH } from './sheet.js';

type Chart = Extract<Block, { kind: 'chart' }>;

const LABEL: Style = { size: 8.5 };
const TEXT: Style = { size: 8.5, colour: INK };
const MARK: Style = { size: 8, colour: PALE_INK, align: 'centre' };
const LABEL_WIDTH = 172;
const TEXT_WIDTH = 92;
const GAP = 8;
const BAR_HEIGHT = 9;
const ROW_PADDING = 2.5;
const MARK_WIDTH = 120;
const FILL = '#0b4f4a';
const TRACK = '#e6ebf1';
const MARK_COLOUR = '#b34700';

/** A bar, measured. */
interface Row {
  readonly bar: Bar;
  readonly label: readonly Passage[];
  readonly text: readonly Passage[];
  readonly height: number;
}

/** Bars under each other: words to the left, the number to the right, a line where 1 is. */
export function drawChart(sheet: Sheet, { alt, bars, mark }: Chart): void {
  const rows = bars.map((bar): Row => {
    const label = sheet.pen.set(bar.label, LABEL, LABEL_WIDTH);
    const text = sheet.pen.set(bar.text, TEXT, TEXT_WIDTH);
    const height = Math.max(heightOf(label), heightOf(text), BAR_HEIGHT) + 2 * ROW_PADDING;
    return { bar, label, text, height };
  });
  const marked = mark === null ? [] : sheet.pen.set(mark, MARK, MARK_WIDTH);
  const markHeight = heightOf(marked);
  const height = rows.reduce((sum, row) => sum + row.height, 0) + markHeight;
  sheet.require(height);
  const place = { x: MARGIN.side, y: sheet.y, width: WIDTH };
  const bbox = [place.x, place.y, place.x + WIDTH, place.y + height];
  const most = Math.max(1, ...bars.map(({ share }) => share));
  sheet.leaf('Figure', sheet.root, { alt, bbox }, () => {
    let y = place.y + markHeight;
    for (const row of rows) {
      drawRow(sheet, row, y, most);
      y += row.height;
    }
    if (mark !== null) drawMark(sheet, marked, { y: place.y, height, most });
  });
  sheet.y += height;
  sheet.skip(8);
}

const BARS = {
  x: MARGIN.side + LABEL_WIDTH + GAP,
  width: WIDTH - LABEL_WIDTH - TEXT_WIDTH - 2 * GAP,
} as const;

function drawRow(sheet: Sheet, { bar, label, text, height }: Row, y: number, most: number): void {
  const { doc, pen } = sheet;
  const middle = y + (height - BAR_HEIGHT) / 2;
  doc.rect(BARS.x, middle, BARS.width, BAR_HEIGHT).fill(TRACK);
  const length = (BARS.width * Math.max(0, bar.share)) / most;
  if (length > 0) doc.rect(BARS.x, middle, length, BAR_HEIGHT).fill(FILL);
  const draw = (passages: readonly Passage[], x: number, width: number): void => {
    let top = y + (height - heightOf(passages)) / 2;
    for (const passage of passages) {
      pen.draw(passage.lines, { x, y: top, width });
      top += heightOf([passage]);
    }
  };
  draw(label, MARGIN.side, LABEL_WIDTH);
  draw(text, BARS.x + BARS.width + GAP, TEXT_WIDTH);
}

/** A line at 1, with what it stands for above it. */
function drawMark(
  sheet: Sheet,
  words: readonly Passage[],
  { y, height, most }: { y: number; height: number; most: number },
): void {
  const x = BARS.x + BARS.width / most;
  let top = y;
  for (const passage of words) {
    sheet.pen.draw(passage.lines, { x: x - MARK_WIDTH / 2, y: top, width: MARK_WIDTH });
    top += heightOf([passage]);
  }
  sheet.doc
    .moveTo(x, top)
    .lineTo(x, y + height)
    .lineWidth(1)
    .strokeColor(MARK_COLOUR)
    .stroke();
}
