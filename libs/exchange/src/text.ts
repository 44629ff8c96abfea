/**
 * Control, zero-width and direction characters and byte order marks: none is part of a name or a
 * code, and all are invisible to the person who has to find the mistake. Line breaks and tabs
 * count too; a cell is one line here.
 */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

/** Printable ASCII and common hanzi need no further look; this spares most cells three passes. */
const ORDINARY = /^[\u0021-\u007e\u4e00-\u9fff]*$/;

/** With the `u` flag a proper pair is one character, so only a half of one matches. */
const LONE_SURROGATE = /\p{Surrogate}/u;

export type TextFault = 'control-character' | 'unpaired-surrogate';

export type CheckedText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: TextFault };

/** Trims, brings into NFC, and refuses what cannot be seen or stored. */
export function checkText(raw: string): CheckedText {
  if (ORDINARY.test(raw)) return { ok: true, text: raw };
  const text = raw.trim();
  if (INVISIBLE.test(text)) return { ok: false, fault: 'control-character' };
  if (LONE_SURROGATE.test(text)) return { ok: false, fault: 'unpaired-surrogate' };
  return { ok: true, text: text.normalize('NFC') };
}

/** Full-width digits, letters and signs as typed on Chinese keyboards become their plain forms. */
export function toHalfWidth(text: string): string {
  return ORDINARY.test(text)
    ? text
    : text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/**
 * The comparable form of a column name: width, case, blanks, separators, a required-field star and
 * remarks in brackets do not matter.
 */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/[([（【].*$/u, '')
    .replace(/[\s_\-*.:：\u200b-\u200f\ufeff]/gu, '')
    .toLowerCase();
}
