import type PDFDocument from 'pdfkit';
import { drawBlock, drawQr } from './blocks.js';
import { paperFonts } from './fonts.js';
import type { Paper, PaperAttachment } from './paper.js';
import { type QrCode, qrOf } from './qr.js';
import { packPdf } from './pack.js';
import { heightOf } from './pen.js';
import { MARGIN, PAGE, Sheet, WIDTH } from './sheet.js';

const FOOT_QR_POINTS = 66;

/**
 * Prints a paper as a tagged PDF with the marks of PDF/A-3a and PDF/UA-1. The same paper gives the
 * same bytes.
 */
export async function printPaper(paper: Paper): Promise<Buffer> {
  const { default: Document } = await import('pdfkit');
  const fonts = await paperFonts();
  const codes = await codesOf(paper);
  const language = paper.languages[0] ?? 'zh-CN';
  const doc = new Document({
    size: [PAGE.width, PAGE.height],
    margins: { left: 0, right: 0, top: 0, bottom: 0 },
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: language,
    autoFirstPage: false,
    bufferPages: true,
    info: {
      Title: paper.title,
      Author: paper.author,
      Creator: 'creditbank',
      Producer: 'pdfkit',
      CreationDate: paper.madeAt,
      ...paper.information,
    },
  });
  const bytes = collect(doc);
  const sheet = new Sheet(doc, language, fonts);
  for (const block of paper.blocks) {
    drawBlock(sheet, block, block.kind === 'code' ? codes.get(block.link) : undefined);
  }
  sheet.root.end();
  drawFeet(sheet, paper, paper.footLink === null ? undefined : codes.get(paper.footLink));
  for (const attachment of paper.attachments) attach(doc, attachment, paper.madeAt);
  doc.appendXML(UNIVERSAL_ACCESS);
  doc.end();
  return packPdf(await bytes);
}

async function codesOf({ blocks, footLink }: Paper): Promise<Map<string, QrCode>> {
  const links = blocks.flatMap((block) => (block.kind === 'code' ? [block.link] : []));
  if (footLink !== null) links.push(footLink);
  const codes = new Map<string, QrCode>();
  for (const link of new Set(links)) codes.set(link, await qrOf(link));
  return codes;
}

function collect(doc: PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

/** Foot and page number on every page: known when all are there. */
function drawFeet(sheet: Sheet, paper: Paper, qr: QrCode | undefined): void {
  const { doc, pen } = sheet;
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    const hasQr = page > 0 && qr !== undefined;
    const width = WIDTH - 90 - (hasQr ? FOOT_QR_POINTS + 6 : 0);
    const foot = pen.set(paper.foot, { size: 8, colour: '#333333' }, width);
    const number = pen.set(
      [{ text: `${page + 1}/${count}`, language: 'zh-CN' }],
      { size: 9, align: 'right' },
      80,
    );
    const y = PAGE.height - MARGIN.bottom + 18;
    const left = MARGIN.side + (hasQr ? FOOT_QR_POINTS + 6 : 0);
    const draw = (): void => {
      if (hasQr) drawQr(doc, qr, { x: MARGIN.side - 5, y: y - 14, points: FOOT_QR_POINTS });
      let top = y;
      for (const passage of foot) {
        pen.draw(passage.lines, { x: left, y: top, width });
        top += heightOf([passage]);
      }
      const right = { x: MARGIN.side + WIDTH - 80, y, width: 80 };
      for (const { lines } of number) pen.draw(lines, right);
    };
    sheet.artifact(draw, { type: 'Pagination', attached: ['Bottom'] });
  }
}

function attach(doc: PDFDocument, attachment: PaperAttachment, madeAt: Date): void {
  doc.file(attachment.bytes, {
    name: attachment.name,
    type: attachment.mediaType,
    description: attachment.description,
    creationDate: madeAt,
    modifiedDate: madeAt,
    relationship: 'Data',
  });
}

/** PDF/UA-1, with the description of its schema that PDF/A asks for. */
const UNIVERSAL_ACCESS = `
        <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
            <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description>
        <rdf:Description rdf:about=""
            xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
            xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
            xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
            <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
                <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
                <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
                <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
                <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
                    <pdfaProperty:name>part</pdfaProperty:name>
                    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                    <pdfaProperty:category>internal</pdfaProperty:category>
                    <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
                </rdf:li></rdf:Seq></pdfaSchema:property>
            </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>`;
