import type { IdentityKind } from '../../../api/types';

/** What is wrong with a line, before anything is sent. */
export type RollFault = 'columns' | 'kind' | 'name' | 'number' | 'rounded' | 'twice';

/** A line of a list: somebody to enrol, or what has to be mended first. */
export interface RollRow {
  readonly line: number;
  /** As it was typed. */
  readonly text: string;
  readonly name: string;
  readonly kind: IdentityKind;
  readonly number: string;
  readonly fault: RollFault | null;
}

const LONGEST_NAME = 50;
const LONGEST_NUMBER = 60;
/** As spreadsheets copy, as CSV has it, and as people type it. */
const SEPARATORS = /\t|[,，;；]/;
const HEADS = ['姓名', 'name'];

/**
 * Reads a list of people: name, kind of document (an identity card when left out) and number, a
 * person a line. A first line of headings and empty lines are passed over.
 *
 * @param kinds by every word that says a kind of document
 */
export function readRoll(text: string, kinds: ReadonlyMap<string, IdentityKind>): RollRow[] {
  const seen = new Set<string>();
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((one, at) => ({ line: at + 1, text: one, cells: cellsOf(one) }))
    .filter(({ cells }) => cells.some(Boolean))
    .filter(({ cells }, at) => at > 0 || !HEADS.includes((cells[0] ?? '').toLowerCase()))
    .map(({ line, text: whole, cells }) => {
      const [name = '', ...rest] = cells;
      const number = rest.at(-1) ?? '';
      const word = rest.length > 1 ? (rest[0] ?? '') : '';
      const kind = word === '' ? 'resident-id' : kinds.get(word);
      const key = `${kind} ${number.toUpperCase()}`;
      const fault = faultOf({ cells, name, kind, number }) ?? (seen.has(key) ? 'twice' : null);
      seen.add(key);
      return { line, text: whole, name, kind: kind ?? 'resident-id', number, fault };
    });
}

/** A name and a number between which there is nothing but a space are two cells as well. */
function cellsOf(line: string): string[] {
  const parts = line.split(SEPARATORS).map(trimmed);
  while (parts.length > 2 && parts.at(-1) === '') parts.pop();
  const [only = ''] = parts;
  const spaced = parts.length === 1 ? /^(.*\D)\s+(\S*\d\S*)$/.exec(only) : null;
  return spaced ? [trimmed(spaced[1] ?? ''), spaced[2] ?? ''] : parts;
}

/** Spreadsheets keep long numbers as text by an apostrophe before them, and texts in quotes. */
function trimmed(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/^['’]/, '')
    .trim();
}

function faultOf(row: {
  cells: readonly string[];
  name: string;
  kind: IdentityKind | undefined;
  number: string;
}): RollFault | null {
  const { cells, name, kind, number } = row;
  if (cells.length < 2 || cells.length > 3) return 'columns';
  if (!name || name.length > LONGEST_NAME) return 'name';
  if (!kind) return 'kind';
  if (/^\d(\.\d+)?E\+?\d+$/i.test(number)) return 'rounded';
  return /\d/.test(number) && number.length <= LONGEST_NUMBER ? null : 'number';
}

/** The text of a file in the encodings that spreadsheets write. */
export async function textOfFile(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
