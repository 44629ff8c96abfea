import { isUtf8 } from 'node:buffer';
import { refusal } from '../../platform/http/index.js';
import { type ByteSource, readHead } from './byte-source.js';
import { FILE_LIMITS } from './limits.js';

/** Never called GBK: GBK has no room for 𬱖 or 𠮷, which stand in names. */
export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;

export type Encoding = (typeof ENCODINGS)[number];

const NEWLINE = 0x0a;
/**
 * What strict GB 18030 gives for bytes of other encodings: the euro sign for a lone 0x80, and
 * characters of the private area. A sender who names the encoding may have both.
 */
const IMPLAUSIBLE = /[\u20ac\ue000-\uf8ff]/;
/** Two characters of three UTF-8 bytes do not happen by chance in GB 18030 text. */
const UTF8_EVIDENCE = 2;

/**
 * Finds the encoding of a text file by reading all of it: a byte order mark decides, then strict
 * UTF-8, then strict GB 18030. A file that starts as UTF-8 and stops being it is refused as mixed,
 * because GB 18030 would read almost anything and turn names into other names.
 *
 * @param asked what the sender said; then nothing is guessed and the file must be that
 */
export async function detectEncoding(source: ByteSource, asked?: Encoding): Promise<Encoding> {
  const head = await readHead(source, 4096);
  const marked = encodingOfMark(head);
  if (asked) {
    const line = await firstBadLine(source, marked ?? asked, { isGuess: false });
    if (line !== null || (marked && marked !== asked)) {
      throw refusal('encoding-differs', { encoding: asked, line: String(line ?? 1) });
    }
    return asked;
  }
  if (marked) {
    const line = await firstBadLine(source, marked);
    if (line !== null) throw refusal('encoding-undecidable', { line: String(line) });
    return marked;
  }
  if (head.includes(0)) throw refusal('encoding-undecidable', { line: '1' });
  const utf8 = await inspectUtf8(source);
  if (utf8.badLine === null) return 'utf-8';
  if (utf8.evidence >= UTF8_EVIDENCE) {
    throw refusal('encoding-mixed', { line: String(utf8.badLine) });
  }
  const line = await firstBadLine(source, 'gb18030');
  if (line !== null) throw refusal('encoding-undecidable', { line: String(line) });
  return 'gb18030';
}

/** The file as text, piece by piece. The byte order mark is dropped. */
export async function* decodeText(source: ByteSource, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of source.read(0, source.byteLength)) {
    const text = decoder.decode(piece, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** True for what a fatal TextDecoder throws. */
export function isEncodingFailure(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

function encodingOfMark(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
}

/** The first line that the encoding cannot read, counted from 1; null when it reads all. */
async function firstBadLine(
  source: ByteSource,
  encoding: Encoding,
  { isGuess } = { isGuess: true },
): Promise<number | null> {
  if (encoding === 'utf-8') return (await inspectUtf8(source)).badLine;
  if (encoding !== 'gb18030') return firstBadLineOfStream(source, encoding);
  for await (const block of wholeLines(source)) {
    if (readsAsChinese(block.bytes, isGuess)) continue;
    return block.firstLine + badLineWithin(block.bytes, (line) => readsAsChinese(line, isGuess));
  }
  return null;
}

/** UTF-16 has zero bytes around line ends, so its lines cannot be cut at a byte. */
async function firstBadLineOfStream(
  source: ByteSource,
  encoding: Encoding,
): Promise<number | null> {
  let line = 1;
  try {
    for await (const text of decodeText(source, encoding)) line += text.split('\n').length - 1;
  } catch (error) {
    if (isEncodingFailure(error)) return line;
    throw error;
  }
  return null;
}

async function inspectUtf8(
  source: ByteSource,
): Promise<{ badLine: number | null; evidence: number }> {
  let evidence = 0;
  for await (const block of wholeLines(source)) {
    if (isUtf8(block.bytes)) {
      if (evidence < UTF8_EVIDENCE) evidence += threeByteCharacters(block.bytes);
      continue;
    }
    const within = badLineWithin(block.bytes, (line) => isUtf8(line));
    const before = linesOf(block.bytes).slice(0, within);
    for (const line of before) evidence += threeByteCharacters(line);
    return { badLine: block.firstLine + within, evidence };
  }
  return { badLine: null, evidence };
}

function threeByteCharacters(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) {
    if ((byte & 0xf0) === 0xe0) count += 1;
    if (count === UTF8_EVIDENCE) break;
  }
  return count;
}

interface Block {
  readonly bytes: Buffer;
  readonly firstLine: number;
}

/** The file in blocks that end at a line end; no multi-byte character of ours contains one. */
async function* wholeLines(source: ByteSource): AsyncGenerator<Block> {
  let rest: Buffer = Buffer.alloc(0);
  let firstLine = 1;
  for await (const piece of source.read(0, source.byteLength)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(end);
    if (rest.length > FILE_LIMITS.lineBytes) {
      throw refusal('record-too-large', { record: String(firstLine), limit: '8 MiB' });
    }
    if (end === 0) continue;
    const block = bytes.subarray(0, end);
    yield { bytes: block, firstLine };
    firstLine += countNewlines(block);
  }
  if (rest.length > 0) yield { bytes: rest, firstLine };
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

function badLineWithin(bytes: Buffer, reads: (line: Buffer) => boolean): number {
  return linesOf(bytes).findIndex((line) => !reads(line));
}

function readsAsChinese(bytes: Buffer, isGuess: boolean): boolean {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return !isGuess || !IMPLAUSIBLE.test(text);
  } catch {
    return false;
  }
}
