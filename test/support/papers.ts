import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTools } from './tools.js';

/** Debian's poppler-utils and zbar-tools, by which a PDF is read as others read it. */
const TOOLS = ['pdftotext', 'pdftoppm', 'pdfdetach', 'pdfinfo', 'zbarimg'];

/** Whether this machine can read a PDF back. */
export const CAN_READ_PAPER = hasTools(TOOLS);

/** `describe` and `it` of tests that read one back; their names say that they need the programs. */
export const describePaper = CAN_READ_PAPER ? describe : describe.skip;
export const itPaper = CAN_READ_PAPER ? it : it.skip;

/** What other programs find in a PDF. */
export interface ReadPaper {
  readonly text: string;
  /** What its QR codes say, each once. */
  readonly codes: readonly string[];
  /** Its attachments by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly pages: number;
  readonly isTagged: boolean;
}

export function readPaper(pdf: Buffer): ReadPaper {
  const folder = mkdtempSync(join(tmpdir(), 'creditbank-paper-'));
  const run = (tool: string, ...args: string[]): string =>
    execFileSync(tool, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf);
    const info = run('pdfinfo', 'paper.pdf');
    const pages = Number(/^Pages:\s+(\d+)$/m.exec(info)?.[1]);
    run('pdftoppm', '-r', '120', '-png', 'paper.pdf', 'page');
    const images = Array.from({ length: pages }, (_, page) => {
      return `page-${String(page + 1).padStart(String(pages).length, '0')}.png`;
    });
    const codes = images.flatMap((image) => codesOf(run, image));
    return {
      text: run('pdftotext', 'paper.pdf', '-'),
      codes: [...new Set(codes)],
      files: filesOf(folder, run),
      pages,
      isTagged: /^Tagged:\s+yes$/m.test(info),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What QR codes in an image say; zbarimg fails where there is none. */
function codesOf(run: (tool: string, ...args: string[]) => string, image: string): string[] {
  try {
    return run('zbarimg', '--quiet', '--raw', image).trim().split('\n');
  } catch {
    return [];
  }
}

function filesOf(
  folder: string,
  run: (tool: string, ...args: string[]) => string,
): Map<string, Buffer> {
  const names = Array.from(
    run('pdfdetach', '-list', 'paper.pdf').matchAll(/^\d+: (.*)$/gm),
    (match) => match[1] ?? '',
  );
  return new Map(
    names.map((name, place) => {
      run('pdfdetach', '-save', String(place + 1), '-o', 'attachment', 'paper.pdf');
      return [name, readFileSync(join(folder, 'attachment'))];
    }),
  );
}

const MODULE_PIXELS = 8;

/** What a drawing of squares on a grid says when it is looked at as a QR code. */
export function readQrDrawing(svg: string): string[] {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const dark = new Set<string>();
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at += 1) dark.add(`${Number(x) + at} ${y}`);
  }
  const pixels = Array.from({ length: side * MODULE_PIXELS }, (_, row) =>
    Array.from({ length: side * MODULE_PIXELS }, (_, column) =>
      dark.has(`${Math.floor(column / MODULE_PIXELS)} ${Math.floor(row / MODULE_PIXELS)}`) ? 1 : 0,
    ).join(' '),
  );
  const folder = mkdtempSync(join(tmpdir(), 'creditbank-qr-'));
  try {
    const size = `${side * MODULE_PIXELS} ${side * MODULE_PIXELS}`;
    writeFileSync(join(folder, 'code.pbm'), `P1\n${size}\n${pixels.join('\n')}\n`);
    return codesOf(
      (tool, ...args) =>
        execFileSync(tool, args, {
          cwd: folder,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      'code.pbm',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
