import { type Contents, contents, faulty, textOf } from './found.js';
import { inflated } from './inflate.js';

/** Embedded files that are looked at; ours has one. */
const MOST_FILES = 16;
/** Bytes between the beginning of an object, its type and its stream. */
const DICTIONARY_BYTES = 2_000;

export function isPdf(bytes: Buffer): boolean {
  // Readers accept a PDF that begins within the first kilobyte.
  return bytes.subarray(0, 1024).includes('%PDF-');
}

/**
 * The embedded files of a PDF that are text. Streams are never packed into others (ISO 32000-1,
 * 7.5.7), so each stands in the file under its own dictionary and is found without the tables; a file
 * that was replaced in a later version of the document is found as well.
 */
export function openPdf(bytes: Buffer): Contents {
  const latin = bytes.toString('latin1');
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(latin)) return faulty('encrypted');
  const texts: string[] = [];
  let files = 0;
  for (const { index } of latin.matchAll(/\/EmbeddedFile(?![A-Za-z])/g)) {
    files += 1;
    if (files > MOST_FILES) return faulty('several-credentials');
    const stream = streamAt(latin, index);
    if (!stream) continue;
    const data = bytes.subarray(stream.start, stream.end);
    const plain = stream.isPacked ? inflated(data) : data;
    if (typeof plain === 'string') return faulty(plain);
    const text = textOf(plain);
    if (text !== undefined) texts.push(text);
  }
  return contents(texts);
}

/** The stream of the object whose type stands at a place; undefined when it cannot be read. */
function streamAt(
  latin: string,
  index: number,
): { start: number; end: number; isPacked: boolean } | undefined {
  const near = latin.slice(index, index + DICTIONARY_BYTES);
  const begin = /\bstream\r?\n/.exec(near);
  const first = latin.lastIndexOf(' obj', index);
  if (!begin || first < 0 || index - first > DICTIONARY_BYTES) return undefined;
  const dictionary = latin.slice(first, index + begin.index);
  if (dictionary.includes('endobj')) return undefined;
  const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1];
  const names = filter?.match(/\/\w+/g) ?? [];
  if (names.length > 1 || (names.length === 1 && names[0] !== '/FlateDecode')) return undefined;
  const start = index + begin.index + begin[0].length;
  const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1];
  const marked = latin.indexOf('endstream', start);
  const end = length === undefined ? marked : start + Number(length);
  return end < start || end > latin.length ? undefined : { start, end, isPacked: names.length > 0 };
}
