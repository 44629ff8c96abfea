import { isUtf8 } from 'node:buffer';
import { refusal } from '../../platform/http/refusal.js';
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

export interface TextFacts {
  readonly encoding: Encoding;
  /** Lines of the file, the last one with or without a line end. */
  readonly lines: number;
}

/**
 * Finds the encoding of a text file by reading all of it: a byte order mark decides, then strict
 * UTF-8, then strict GB 18030. A file that starts as UTF-8 and stops being it is refused as mixed,
 * because GB 18030 would read almost anything and turn names into other names.
 *
 * @param asked what the sender said; then nothing is guessed and the file must be that
 */
export async function inspectText(source: ByteSource, asked?: Encoding): Promise<TextFacts> {
  const head = await readHead(source, 4096);
  const marked = encodingOfMark(head);
  if (asked) {
    const found = await inspect(source, marked ?? asked, { isGuess: false });
    if (found.badLine !== null || (marked && marked !== asked)) {
      throw refusal('encoding-differs', { encoding: asked, line: String(found.badLine ?? 1) });
    }
    return { encoding: asked, lines: found.lines };
  }
  if (!marked && head.includes(0)) throw refusal('encoding-undecidable', { line: '1' });
  const first = await inspect(source, marked ?? 'utf-8');
  if (first.badLine === null) return { encoding: marked ?? 'utf-8', lines: first.lines };
  if (marked) throw refusal('encoding-undecidable', { line: String(first.badLine) });
  if (first.evidence >= UTF8_EVIDENCE) {
    throw refusal('encoding-mixed', { line: String(first.badLine) });
  }
  const chinese = await inspect(source, 'gb18030');
  if (chinese.badLine === null) return { encoding: 'gb18030', lines: chinese.lines };
  throw refusal('encoding-undecidable', { line: String(chinese.badLine) });
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

interface Inspection {
  /** The first line that the encoding cannot read, counted from 1; null when it reads all. */
  readonly badLine: number | null;
  readonly lines: number;
  /** How many characters before the bad line can only be UTF-8; counted up to what is enough. */
  readonly evidence: number;
}

function inspect(
  source: ByteSource,
  encoding: Encoding,
  { isGuess } = { isGuess: true },
): Promise<Inspection> {
  if (encoding === 'utf-8') return inspectLines(source, isUtf8, threeByteCharacters);
  if (encoding !== 'gb18030') return inspectStream(source, encoding);
  return inspectLines(
    source,
    (bytes) => readsAsChinese(bytes, isGuess),
    () => 0,
  );
}

async function inspectLines(
  source: ByteSource,
  reads: (bytes: Buffer) => boolean,
  evidenceIn: (bytes: Buffer) => number,
): Promise<Inspection> {
  let [evidence, lines] = [0, 0];
  for await (const block of wholeLines(source)) {
    lines = block.firstLine + countLines(block.bytes) - 1;
    if (reads(block.bytes)) {
      if (evidence < UTF8_EVIDENCE) evidence += evidenceIn(block.bytes);
      continue;
    }
    const all = linesOf(block.bytes);
    const within = all.findIndex((line) => !reads(line));
    for (const line of all.slice(0, within)) evidence += evidenceIn(line);
    return { badLine: block.firstLine + within, lines, evidence };
  }
  return { badLine: null, lines, evidence };
}

/** UTF-16 has zero bytes around line ends, so its lines cannot be cut at a byte. */
async function inspectStream(source: ByteSource, encoding: Encoding): Promise<Inspection> {
  let lines = 1;
  try {
    for await (const text of decodeText(source, encoding)) lines += text.split('\n').length - 1;
  } catch (error) {
    if (isEncodingFailure(error)) return { badLine: lines, lines, evidence: 0 };
    throw error;
  }
  return { badLine: null, lines, evidence: 0 };
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
    firstLine += countLines(block);
  }
  if (rest.length > 0) yield { bytes: rest, firstLine };
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return bytes.at(-1) === NEWLINE ? count : count + 1;
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

function readsAsChinese(bytes: Buffer, isGuess: boolean): boolean {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return !isGuess || !IMPLAUSIBLE.test(text);
  } catch {
    return false;
  }
}
