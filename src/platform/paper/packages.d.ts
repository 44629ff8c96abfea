/** What is used of packages that bring no types, or types of an older version. */

declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  /** An element of the tree of a tagged document. */
  export interface StructureElement {
    /** A function draws; it is called at once when the element stands in the tree. */
    add(child: StructureElement | (() => void)): this;
    end(): this;
  }

  export interface StructureOptions {
    readonly title?: string;
    readonly alt?: string;
    readonly scope?: string;
    readonly bbox?: readonly number[];
  }

  export interface DocumentOptions {
    readonly size: readonly [number, number];
    readonly margins: { readonly [side: string]: number };
    readonly pdfVersion: '1.7';
    readonly subset: 'PDF/A-3a';
    readonly tagged: boolean;
    readonly displayTitle: boolean;
    readonly lang: string;
    readonly autoFirstPage: boolean;
    readonly bufferPages: boolean;
    readonly info: { readonly [entry: string]: string | Date };
  }

  export interface FileOptions {
    readonly name: string;
    readonly type: string;
    readonly description: string;
    readonly creationDate: Date;
    readonly modifiedDate: Date;
    readonly relationship: 'Data';
  }

  export default class PDFDocument extends Readable {
    constructor(options: DocumentOptions);
    addPage(): this;
    bufferedPageRange(): { readonly start: number; readonly count: number };
    switchToPage(page: number): unknown;
    registerFont(name: string, file: Buffer): this;
    font(name: string): this;
    fontSize(points: number): this;
    widthOfString(text: string): number;
    text(
      text: string,
      x: number,
      y: number,
      options: { readonly lineBreak: false; readonly baseline: 'alphabetic' },
    ): this;
    rect(x: number, y: number, width: number, height: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    lineWidth(points: number): this;
    strokeColor(colour: string): this;
    fillColor(colour: string): this;
    stroke(): this;
    fill(colour: string): this;
    link(
      x: number,
      y: number,
      width: number,
      height: number,
      url: string,
      options: { readonly structParent: StructureElement; readonly Contents: unknown },
    ): this;
    file(bytes: Buffer, options: FileOptions): unknown;
    struct(type: string, options?: StructureOptions): StructureElement;
    addStructure(element: StructureElement): this;
    markContent(tag: 'Artifact' | 'Span', options: MarkOptions): this;
    endMarkedContent(): this;
    /** Adds to the XMP metadata; nothing in it is escaped. */
    appendXML(xml: string): void;
    end(): void;
  }

  export interface MarkOptions {
    readonly type?: 'Layout' | 'Pagination';
    readonly attached?: readonly string[];
    readonly lang?: string;
  }
}

declare module 'fontkit' {
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  export function create(file: Buffer): Font;
}

declare module 'qrcode-generator' {
  interface QrCode {
    addData(text: string): void;
    make(): void;
    getModuleCount(): number;
    isDark(row: number, column: number): boolean;
  }
  /** @param type 0 for the smallest that fits */
  const qrcode: (type: number, level: 'L' | 'M' | 'Q' | 'H') => QrCode;
  export default qrcode;
}
