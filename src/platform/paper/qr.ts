/** A run of dark modules in one row of a QR code. */
export interface DarkRun {
  readonly row: number;
  readonly from: number;
  readonly length: number;
}

export interface QrCode {
  /** Modules along one side, without the quiet zone. */
  readonly size: number;
  readonly runs: readonly DarkRun[];
}

/** Modules that stay empty around the code, as ISO/IEC 18004 asks. */
export const QUIET_MODULES = 4;

/** The QR code of a text, as runs to be drawn as rectangles: sharp at any size. */
export async function qrOf(text: string): Promise<QrCode> {
  const { default: qrcode } = await import('qrcode-generator');
  // The smallest that fits, readable with 15 % of it soiled.
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const runs: DarkRun[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!code.isDark(row, column)) continue;
      const from = column;
      while (column < size && code.isDark(row, column)) column += 1;
      runs.push({ row, from, length: column - from });
    }
  }
  return { size, runs };
}

/** The same as an SVG drawing with its quiet zone, black on white. */
export async function qrSvg(text: string): Promise<string> {
  const { size, runs } = await qrOf(text);
  const side = size + 2 * QUIET_MODULES;
  const path = runs
    .map(
      ({ row, from, length }) =>
        `M${from + QUIET_MODULES} ${row + QUIET_MODULES}h${length}v1h-${length}z`,
    )
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" ` +
    `shape-rendering="crispEdges"><path d="M0 0h${side}v${side}H0z" fill="#fff"/>` +
    `<path d="${path}"/></svg>`
  );
}

/** {@link qrOf} row by row, `1` for each dark module: for pages that draw it themselves. */
export async function qrRowsOf(text: string): Promise<string[]> {
  const { size, runs } = await qrOf(text);
  const rows = Array.from({ length: size }, () => Array<string>(size).fill('0'));
  for (const { row, from, length } of runs) rows[row]?.fill('1', from, from + length);
  return rows.map((row) => row.join(''));
}
