import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';
import type { Face } from './print.js';

/** What the faces can print. */
export interface Coverage {
  has(face: Face, codePoint: number): boolean;
}

/** Font files, and what is in them. */
export interface PaperFonts extends Coverage {
  readonly files: Readonly<Record<Face, { readonly regular: Buffer; readonly bold: Buffer }>>;
}

const require = createRequire(import.meta.url);

/**
 * Whole TTF files, of which pdfkit embeds the glyphs that are used. WOFF2 is not subset and would
 * make a file of a megabyte.
 */
const FILES = {
  chinese: {
    regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
  thai: {
    regular: '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-thai/700Bold/NotoSansThai_700Bold.ttf',
  },
} as const;

let loaded: Promise<PaperFonts> | undefined;

/** The fonts, read when the first paper is printed and kept: about 21 MB. */
export function paperFonts(): Promise<PaperFonts> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<PaperFonts> {
  const { create } = await import('fontkit');
  const read = async (face: Face): Promise<{ regular: Buffer; bold: Buffer }> => ({
    regular: await readFile(require.resolve(FILES[face].regular)),
    bold: await readFile(require.resolve(FILES[face].bold)),
  });
  const files = { chinese: await read('chinese'), thai: await read('thai') };
  const faces: Record<Face, Font> = {
    chinese: create(files.chinese.regular),
    thai: create(files.thai.regular),
  };
  const known = new Map<string, boolean>();
  return {
    files,
    has: (face, codePoint) => {
      const key = `${face}${codePoint}`;
      const isThere = known.get(key) ?? faces[face].hasGlyphForCodePoint(codePoint);
      known.set(key, isThere);
      return isThere;
    },
  };
}
