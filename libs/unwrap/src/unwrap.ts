import { parseShareCode } from '#libs/share-code';
import {
  type Contents,
  MAX_FILE_BYTES,
  type Unwrapped,
  type Wrapping,
  faulty,
  textOf,
} from './found.js';
import { isPdf, openPdf } from './pdf.js';
import { isPng, openPng } from './png.js';
import { isSvg, openSvg } from './svg.js';

export {
  MAX_FILE_BYTES,
  MAX_TEXT_BYTES,
  type UnwrapFault,
  type Unwrapped,
  type Wrapping,
} from './found.js';

/** What begins like this is packed; nothing in it is opened. */
const ARCHIVES = [
  '504b0304',
  '504b0506',
  '1f8b',
  '377abcaf271c',
  '526172211a07',
  'fd377a585a00',
  '28b52ffd',
];
/** Pictures that carry no credential by any standard. */
const PICTURES = ['ffd8ff', '47494638', '424d', '49492a00', '4d4d002a'];
const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Says what a file is and takes the credential out of it. Pure, and bounded in time and memory. */
export function unwrapFile(bytes: Buffer, ourOrigin: string): Unwrapped {
  if (bytes.length === 0) return faulty('empty');
  if (bytes.length > MAX_FILE_BYTES) return faulty('too-large');
  if (isPng(bytes)) return chosen('png', openPng(bytes));
  if (isPdf(bytes)) return chosen('pdf', openPdf(bytes));
  const head = bytes.subarray(0, 8).toString('hex');
  if (ARCHIVES.some((magic) => head.startsWith(magic))) return faulty('archive');
  if (PICTURES.some((magic) => head.startsWith(magic)) || isWebp(bytes)) return faulty('picture');
  const text = textOf(bytes);
  return text === undefined ? faulty('unknown-kind') : unwrapText(text, ourOrigin);
}

/**
 * The same for text that somebody typed or pasted: a code, a link to one, JSON, a JWT, an SVG.
 *
 * @param ourOrigin of this service, as `https://bank.example`: links to it hold codes
 */
export function unwrapText(typed: string, ourOrigin: string): Unwrapped {
  const text = typed.replace(/^\uFEFF/, '').trim();
  if (text === '') return faulty('empty');
  if (text.length > MAX_FILE_BYTES) return faulty('too-large');
  // Whatever it is, a verifier says what is wrong with it.
  if (text.startsWith('{')) return document('json', text);
  if (isSvg(text)) return chosen('svg', openSvg(text));
  if (JWT.test(text)) return document('jwt', text);
  if (/^https?:\/\//i.test(text)) return codeInLink(text, ourOrigin);
  return codeOf(text);
}

/** Exactly one text that can be a credential; a PDF may have none and still be ours. */
function chosen(wrapping: Wrapping, found: Contents): Unwrapped {
  if (!found.ok) return found;
  const credentials = found.texts.filter(canBeCredential);
  if (credentials.length > 1) return faulty('several-credentials');
  const [credential] = credentials;
  if (credential === undefined && wrapping !== 'pdf') return faulty('without-credential');
  return document(wrapping, credential?.trim() ?? null);
}

/** Whether a text has the outside of a credential; whether it is one is seen later. */
function canBeCredential(text: string): boolean {
  const trimmed = text.trim();
  return JWT.test(trimmed) || (trimmed.startsWith('{') && trimmed.includes('"@context"'));
}

function codeInLink(link: string, ourOrigin: string): Unwrapped {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.origin !== new URL(ourOrigin).origin) return faulty('foreign-link');
  return codeOf(/^\/verify\/([^/]+)$/.exec(url.pathname)?.[1] ?? '');
}

function codeOf(text: string): Unwrapped {
  const parsed = parseShareCode(text);
  if (parsed.ok) return { ok: true, kind: 'code', code: parsed.code };
  return faulty(parsed.fault === 'check-digit' ? 'code-digits' : 'unknown-kind');
}

function document(wrapping: Wrapping, credential: string | null): Unwrapped {
  return { ok: true, kind: 'document', wrapping, credential };
}

function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}
