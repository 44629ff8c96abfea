import { crc32 } from './crc32.js';
import { type Contents, contents, faulty, textOf } from './found.js';
import { inflated } from './inflate.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Of Open Badges 3.0, section 5.3.1.1. */
const KEYWORD = Buffer.from('openbadgecredential');
/** Length, type and CRC around the data of a chunk. */
const AROUND = 12;

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/** The credentials baked into a PNG. The picture itself is never unpacked. */
export function openPng(bytes: Buffer): Contents {
  const texts: string[] = [];
  let at = SIGNATURE.length;
  while (at < bytes.length) {
    if (bytes.length - at < AROUND) return faulty('damaged');
    const length = bytes.readUInt32BE(at);
    const end = at + AROUND + length;
    if (end > bytes.length) return faulty('damaged');
    const typed = bytes.subarray(at + 4, end - 4);
    if (crc32(typed) !== bytes.readUInt32BE(end - 4)) return faulty('damaged');
    const type = typed.toString('latin1', 0, 4);
    if (type === 'IEND') return contents(texts);
    if (type === 'iTXt') {
      const text = openText(typed.subarray(4));
      if (text === 'too-large' || text === 'damaged') return faulty(text);
      if (text !== undefined) texts.push(text.text);
    }
    at = end;
  }
  return faulty('damaged');
}

/** International text (PNG, 11.3.3.4): undefined when it is about something else. */
function openText(data: Buffer): { text: string } | 'too-large' | 'damaged' | undefined {
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 0) return 'damaged';
  if (!data.subarray(0, keywordEnd).equals(KEYWORD)) return undefined;
  const isPacked = data[keywordEnd + 1] === 1;
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return 'damaged';
  const rest = data.subarray(translatedEnd + 1);
  const plain = isPacked ? inflated(rest) : rest;
  if (typeof plain === 'string') return plain;
  const text = textOf(plain);
  return text === undefined ? 'damaged' : { text };
}
