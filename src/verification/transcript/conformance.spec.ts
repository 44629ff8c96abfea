import { printPaper } from '../../platform/paper/index.js';
import {
  CAN_READ_STRUCTURE,
  type PdfDictionary,
  PdfStructure,
  type PdfValue,
  isDictionary,
} from '../../../test/support/paper-structure.js';
import { sampleProof } from '../../../test/support/transcripts.js';
import { transcriptOf } from './transcript.js';

/**
 * What of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) a program can see in the objects of a
 * file. No validator such as veraPDF is at hand; what is not looked at here is said in
 * `src/platform/paper/README.md`.
 */
const describeRead = CAN_READ_STRUCTURE ? describe : describe.skip;

describeRead.each(['en', 'th'] as const)(
  'a transcript in Chinese and %s (needs qpdf)',
  (second) => {
    let pdf: Buffer;
    let paper: PdfStructure;

    beforeAll(async () => {
      const credential = {
        name: 'learning-record.json',
        mediaType: 'application/vc',
        description: '签名凭证',
        bytes: Buffer.from('{"type":["VerifiableCredential"]}'),
      };
      pdf = await printPaper(
        transcriptOf({
          proof: sampleProof({ outcomes: 30 }),
          code: '1234 5678 9012',
          link: 'https://bank.example/verify/123456789012',
          hasPin: true,
          second,
          attachments: [credential],
        }),
      );
      paper = new PdfStructure(pdf);
    });

    /** Every element of the tree, with the element above it. */
    function elements(): { element: PdfDictionary; parent: PdfDictionary }[] {
      const found: { element: PdfDictionary; parent: PdfDictionary }[] = [];
      const visit = (parent: PdfDictionary): void => {
        for (const child of paper.list(parent['/K'])) {
          const element = paper.follow(child);
          if (!isDictionary(element) || element['/S'] === undefined) continue;
          found.push({ element, parent });
          visit(element);
        }
      };
      visit(paper.dictionary(paper.catalogue['/StructTreeRoot']));
      return found;
    }
    const named = (type: string) => elements().filter(({ element }) => element['/S'] === type);
    const attributes = ({ element }: { element: PdfDictionary }): PdfDictionary =>
      Object.assign(
        {},
        ...paper.list(element['/A']).map((one) => paper.dictionary(one)),
      ) as PdfDictionary;
    const text = (value: PdfValue | undefined): string =>
      wordOf(paper.follow(value)).replace(/^u:/, '');

    it('says so in its metadata, which is XML in the clear', () => {
      const xmp = paper.stream(paper.catalogue['/Metadata']).toString('utf8');
      expect(paper.dictionary(paper.catalogue['/Metadata'])['/Filter']).toBeUndefined();
      for (const said of [
        '<pdfaid:part>3</pdfaid:part>',
        '<pdfaid:conformance>A</pdfaid:conformance>',
        '<pdfuaid:part>1</pdfuaid:part>',
        '<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>',
        '<dc:title>',
      ]) {
        expect(xmp).toContain(said);
      }
    });

    it('is marked, in a language, with a title that is shown, and nothing that PDF/A forbids', () => {
      const { catalogue } = paper;
      expect(paper.dictionary(catalogue['/MarkInfo'])['/Marked']).toBe(true);
      expect(text(catalogue['/Lang'])).toBe('zh-CN');
      expect(paper.dictionary(catalogue['/ViewerPreferences'])['/DisplayDocTitle']).toBe(true);
      const [intent] = paper.list(catalogue['/OutputIntents']).map((one) => paper.dictionary(one));
      expect(intent?.['/S']).toBe('/GTS_PDFA1');
      expect(paper.stream(intent?.['/DestOutputProfile']).toString('latin1', 36, 40)).toBe('acsp');
      for (const one of paper.all()) {
        for (const forbidden of ['/JS', '/JavaScript', '/AA', '/Launch', '/XFA', '/Encrypt']) {
          expect(Object.keys(one)).not.toContain(forbidden);
        }
        expect(paper.list(one['/Filter'])).not.toContain('/LZWDecode');
      }
    });

    it('has every font embedded, each glyph of which is some character', () => {
      const fonts = paper.ofType('/Font');
      const composite = fonts.filter((font) => font['/Subtype'] === '/Type0');
      expect(composite.length).toBeGreaterThan(1);
      for (const font of composite) {
        expect(paper.stream(font['/ToUnicode']).toString('latin1')).toContain('begincmap');
        expect(font['/Encoding']).toBe('/Identity-H');
      }
      for (const font of fonts.filter((one) => one['/Subtype'] !== '/Type0')) {
        const descriptor = paper.dictionary(font['/FontDescriptor']);
        expect(descriptor['/FontFile2'] ?? descriptor['/FontFile3']).toBeDefined();
        expect(font['/CIDToGIDMap']).toBeDefined();
      }
    });

    it('is looked at by something that sees what stands outside', () => {
      expect(unmarked('q /F1 9 Tf [<00>] TJ Q /P <</MCID 0>> BDC (f) Tj EMC f')).toEqual([
        'TJ',
        'f',
      ]);
    });

    it('has nothing on a page that is neither in the tree nor an artifact', () => {
      const pages = paper.ofType('/Page');
      expect(pages.length).toBeGreaterThan(2);
      for (const page of pages) {
        expect(page['/Tabs']).toBe('/S');
        const content = paper.list(page['/Contents'] ?? null).length;
        expect(content).toBeGreaterThan(0);
        expect(unmarked(paper.stream(page['/Contents']).toString('latin1'))).toEqual([]);
      }
    });

    it('has a tree of elements that are known, headings in their order, and lists and tables whole', () => {
      const all = elements();
      expect(all.length).toBeGreaterThan(200);
      const types = new Set(all.map(({ element }) => element['/S']));
      const known =
        'Document H1 H2 H3 P L LI Lbl LBody Table THead TBody TR TH TD Figure Link'.split(' ');
      expect([...types].filter((type) => !known.includes(wordOf(type).slice(1)))).toEqual([]);
      const levels = all.flatMap(
        ({ element }) => /^\/H(\d)$/.exec(wordOf(element['/S']))?.[1] ?? [],
      );
      expect(levels[0]).toBe('1');
      levels.map(Number).reduce((before, level) => {
        expect(level).toBeLessThanOrEqual(before + 1);
        return level;
      }, 0);
      const within = (type: string, ...parents: string[]): void => {
        for (const { parent } of named(type)) expect(parents).toContain(parent['/S']);
      };
      within('/TR', '/Table', '/THead', '/TBody');
      within('/TH', '/TR');
      within('/TD', '/TR');
      within('/LI', '/L');
      within('/LBody', '/LI');
      within('/Link', '/P');
    });

    it('says of every head of a table for what it is one, and of every figure what it shows', () => {
      const heads = named('/TH');
      expect(heads.length).toBeGreaterThan(30);
      for (const head of heads) expect(['/Column', '/Row']).toContain(attributes(head)['/Scope']);
      const figures = named('/Figure');
      expect(figures.length).toBeGreaterThan(0);
      for (const figure of figures) {
        expect(text(figure.element['/Alt'])).toContain('1234 5678 9012');
        expect(paper.list(attributes(figure)['/BBox'])).toHaveLength(4);
      }
    });

    it('has no annotation that stands outside the tree or says nothing', () => {
      const notes = paper.all().filter((one) => one['/Subtype'] === '/Link');
      expect(notes.length).toBeGreaterThan(0);
      for (const note of notes) {
        expect(note['/StructParent']).toEqual(expect.any(Number));
        expect(text(note['/Contents'])).toContain('1234 5678 9012');
        // Printed, and neither hidden nor invisible (ISO 19005-3, 6.3.2).
        expect(Number(note['/F']) & 0b10_0111).toBe(0b100);
      }
    });

    it('relates what is embedded to the document', () => {
      const [file] = paper.list(paper.catalogue['/AF']).map((one) => paper.dictionary(one));
      expect(file?.['/AFRelationship']).toBe('/Data');
      expect(text(file?.['/UF'])).toBe('learning-record.json');
      const embedded = paper.dictionary(paper.dictionary(file?.['/EF'])['/F']);
      expect(embedded['/Subtype']).toBe('/application/vc');
      expect(paper.dictionary(embedded['/Params'])['/ModDate']).toBeDefined();
    });
  },
);

function wordOf(value: PdfValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Operators that draw, outside of every marked content. */
function unmarked(content: string): string[] {
  const plain = content.replace(/\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>/g, '()');
  const found: string[] = [];
  let depth = 0;
  for (const word of plain.split(/[\s[\]]+/)) {
    if (word === 'BDC' || word === 'BMC') depth += 1;
    else if (word === 'EMC') depth -= 1;
    else if (depth === 0 && /^(Tj|TJ|'|"|f\*?|F|S|s|B\*?|b\*?|Do|sh)$/.test(word)) found.push(word);
  }
  return found;
}
