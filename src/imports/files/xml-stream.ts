import { SaxesParser } from 'saxes';
import { Refusal, refusal } from '../../platform/http/refusal.js';
import { isEncodingFailure } from './encoding.js';
import { FILE_LIMITS } from './limits.js';

/** What a reader of one XML part does with it. Names come without their prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/**
 * Walks one XML part piece by piece. `afterPiece` runs between pieces, so that a handler can hand
 * on what it has collected. A document type, endless text without a tag, and endless nesting are
 * refused: no spreadsheet program writes them, and each is a way to fill the memory.
 */
export async function* walkXml<T>(
  pieces: AsyncIterable<Buffer>,
  part: string,
  handler: XmlHandler,
  afterPiece: () => Iterable<T>,
): AsyncGenerator<T> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let [bytesWithoutTag, depth] = [0, 0];
  parser.on('doctype', () => {
    throw refusal('file-has-doctype');
  });
  parser.on('error', (error) => {
    throw refusal('file-damaged', { reason: `${part}: ${error.message.slice(0, 100)}` });
  });
  parser.on('opentag', (tag) => {
    bytesWithoutTag = 0;
    depth += 1;
    if (depth > FILE_LIMITS.xmlDepth) throw refusal('file-damaged', { reason: part });
    handler.open(localName(tag.name), tag.attributes);
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('closetag', (tag) => {
    bytesWithoutTag = 0;
    depth -= 1;
    handler.close(localName(tag.name));
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of pieces) {
      bytesWithoutTag += piece.length;
      parser.write(decoder.decode(piece, { stream: true }));
      if (bytesWithoutTag > FILE_LIMITS.xmlBytesWithoutTag) {
        throw refusal('file-too-complex', { part, limit: '1 MiB a cell' });
      }
      yield* afterPiece();
    }
    parser.write(decoder.decode()).close();
    yield* afterPiece();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (isEncodingFailure(error)) throw refusal('file-damaged', { reason: `${part}: not UTF-8` });
    throw error;
  }
}

/** Walks a part for its side effects on the handler. */
export async function readXml(
  pieces: AsyncIterable<Buffer>,
  part: string,
  handler: XmlHandler,
): Promise<void> {
  const walk = walkXml<never>(pieces, part, handler, () => []);
  while (!(await walk.next()).done);
}

/** `_x000D_` is how a workbook writes a character that XML cannot hold. */
export function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
