/** Languages that a page can speak. */
export type PaperLanguage = 'zh-CN' | 'en' | 'th';

/** One text in one language. */
export interface Phrase {
  readonly text: string;
  readonly language: PaperLanguage;
}

/** The same thing said in one language after the other; the first is printed most clearly. */
export type Words = readonly Phrase[];

export interface Column {
  readonly head: Words;
  /** Share of the width, relative to the other columns. */
  readonly share: number;
  readonly align?: 'left' | 'right';
}

export interface Pair {
  readonly label: Words;
  readonly value: Words;
  /** What the paper is about: printed larger. */
  readonly isStrong?: boolean;
}

/** One bar of a chart. */
export interface Bar {
  readonly label: Words;
  /** Its length: 1 is the whole, or the target. Only drawn, never printed. */
  readonly share: number;
  /** What is printed behind it. */
  readonly text: Words;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly words: Words }
  | { readonly kind: 'paragraph'; readonly words: Words }
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'list'; readonly items: readonly Words[] }
  | {
      readonly kind: 'table';
      /** What a screen reader says of the table. */
      readonly summary: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Words[])[];
      /** Whether the last row sums up the others. */
      readonly hasTotal?: boolean;
    }
  | {
      /** Bars side by side under their words, drawn as lines and areas; a table says the same. */
      readonly kind: 'chart';
      /** What somebody who looks at it would say. */
      readonly alt: string;
      readonly bars: readonly Bar[];
      /** What the line at 1 stands for; null for none. */
      readonly mark: Words | null;
    }
  | {
      /** A box with a QR code beside what a person can type. */
      readonly kind: 'code';
      readonly title: Words;
      readonly code: string;
      readonly link: string;
      readonly linkAlt: string;
      readonly notes: readonly Words[];
    };

/** A file that travels inside the paper. */
export interface PaperAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly bytes: Buffer;
}

/** What is printed. Everything is an argument, so the same paper gives the same bytes. */
export interface Paper {
  /** Of the file; without markup characters, because it is also written into XML. */
  readonly title: string;
  readonly author: string;
  readonly languages: readonly PaperLanguage[];
  readonly madeAt: Date;
  readonly blocks: readonly Block[];
  /** At the foot of every page, beside the page number. */
  readonly foot: Words;
  /** Printed small on every page after the first; null for none. */
  readonly footLink: string | null;
  readonly attachments: readonly PaperAttachment[];
  /** Further entries of the document's information dictionary. */
  readonly information: Readonly<Record<string, string>>;
}
