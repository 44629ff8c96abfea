/** Longest file that is looked into, in bytes. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Longest text that a file may unpack to, whatever it says of itself. */
export const MAX_TEXT_BYTES = 2 * 1024 * 1024;

/** What a credential came in. */
export type Wrapping = 'json' | 'jwt' | 'png' | 'svg' | 'pdf';

/**
 * Why nothing was found. `empty`, `too-large` (the file, or what it unpacks to); `archive`: packed
 * files are not opened; `picture`: a photo or scan; `unknown-kind`; `damaged`: cut off or altered;
 * `encrypted`; `without-credential`; `several-credentials`: what is shown and what is checked could
 * be two; `foreign-link`: links to elsewhere are not followed; `code-digits`: a mistyped code.
 */
export type UnwrapFault =
  | 'empty'
  | 'too-large'
  | 'archive'
  | 'picture'
  | 'unknown-kind'
  | 'damaged'
  | 'encrypted'
  | 'without-credential'
  | 'several-credentials'
  | 'foreign-link'
  | 'code-digits';

export type Unwrapped =
  | { readonly ok: true; readonly kind: 'code'; readonly code: string }
  | {
      readonly ok: true;
      readonly kind: 'document';
      readonly wrapping: Wrapping;
      /** JSON or a JWT; null for a PDF that carries none. */
      readonly credential: string | null;
    }
  | { readonly ok: false; readonly fault: UnwrapFault };

/** What a wrapping holds: texts that may be credentials, or why it cannot be read. */
export type Contents =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly fault: UnwrapFault };

export function contents(texts: readonly string[]): Contents {
  return { ok: true, texts };
}

export function faulty(fault: UnwrapFault): { readonly ok: false; readonly fault: UnwrapFault } {
  return { ok: false, fault };
}

/** The bytes as UTF-8; undefined when they are not. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
