import type PDFDocument from 'pdfkit';
import type { MarkOptions, StructureElement, StructureOptions } from 'pdfkit';
import type { PaperFonts } from './fonts.js';
import type { PaperLanguage, Words } from './paper.js';
import { type Passage, type Place, type Style, Pen, heightOf, heightOfLines } from './pen.js';

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = { side: 48, top: 46, bottom: 82 } as const;
export const WIDTH = PAGE.width - 2 * MARGIN.side;

/**
 * A growing document: a place to write on, and the tree of what stands there. Everything drawn is
 * either an element of the tree or an artifact, as PDF/UA asks.
 */
export class Sheet {
  readonly pen: Pen;
  readonly root: StructureElement;
  y: number = MARGIN.top;

  constructor(
    readonly doc: PDFDocument,
    /** Of everything that does not say otherwise. */
    readonly language: PaperLanguage,
    fonts: PaperFonts,
  ) {
    this.pen = new Pen(doc, fonts);
    this.doc.addPage();
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
  }

  /** How much fits under what is there. */
  get room(): number {
    return PAGE.height - MARGIN.bottom - this.y;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = MARGIN.top;
  }

  /** Begins a new page when less than that is left of this one. */
  require(height: number): void {
    if (this.room < height) this.newPage();
  }

  /** Adds an element to the tree; it stays open for children. */
  open(
    type: string,
    parent: StructureElement = this.root,
    options: StructureOptions = {},
  ): StructureElement {
    const element = this.doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** Draws something that stands in the tree. */
  leaf(type: string, parent: StructureElement, options: StructureOptions, draw: () => void): void {
    const element = this.open(type, parent, options);
    element.add(draw);
    element.end();
  }

  /** Draws something that only decorates. */
  artifact(draw: () => void, options: MarkOptions = { type: 'Layout' }): void {
    this.doc.markContent('Artifact', options);
    draw();
    this.doc.endMarkedContent();
  }

  /** Draws passages as one element of the tree; each says which language it is in. */
  passages(
    passages: readonly Passage[],
    place: Place,
    {
      type,
      parent,
      options,
    }: { type: string; parent: StructureElement; options?: StructureOptions },
  ): void {
    this.leaf(type, parent, options ?? {}, () => this.#spans(passages, place));
  }

  /** Languages as properties of marked content: an element for each would double the file. */
  #spans(passages: readonly Passage[], { x, y, width }: Place): void {
    let top = y;
    for (const { language, lines } of passages) {
      const isOwn = language !== this.language;
      if (isOwn) this.doc.markContent('Span', { lang: language });
      this.pen.draw(lines, { x, y: top, width });
      if (isOwn) this.doc.endMarkedContent();
      top += heightOfLines(lines);
    }
  }

  /** Words under what is there. They stay on one page. */
  write(words: Words, style: Style, element: { type: string; parent: StructureElement }): void {
    const passages = this.pen.set(words, style, WIDTH);
    const height = heightOf(passages);
    this.require(height);
    this.passages(passages, { x: MARGIN.side, y: this.y, width: WIDTH }, element);
    this.y += height;
  }

  skip(points: number): void {
    this.y += points;
  }
}
