import type { TableRow } from '#libs/exchange';
import { refusal } from '../../platform/http/refusal.js';
import type { ByteSource } from './byte-source.js';
import { FILE_LIMITS } from './limits.js';
import { SheetHandler } from './xlsx-sheet.js';
import { SharedStrings } from './xlsx-strings.js';
import { CellStyles } from './xlsx-styles.js';
import { readXml, walkXml } from './xml-stream.js';
import { ZipReader } from './zip-reader.js';

const WORKBOOK = 'xl/workbook.xml';

export interface OpenedWorkbook {
  /** The sheet that is read: the first one that a person can see. */
  readonly sheet: string;
  /** The others, which are not read; their names are reported. */
  readonly otherSheets: readonly string[];
  /** What the sheet says of its size, once its rows are being read. */
  expectedRows(): number | null;
  /** The rows that hold something, head line first. */
  rows(): AsyncGenerator<TableRow>;
  close(): void;
}

interface Sheet {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

/**
 * Opens the first visible sheet of an XLSX workbook. Own reader instead of a library: the whole-file
 * libraries took 1 GB for a 5 MB bomb; this one holds the shared strings and one piece of the sheet.
 */
export async function openXlsx(source: ByteSource): Promise<OpenedWorkbook> {
  const zip = await ZipReader.open(source);
  try {
    if (!zip.has(WORKBOOK)) throw refusal('file-not-supported');
    if (zip.names().some((name) => /vbaProject/i.test(name))) {
      throw refusal('file-has-macros');
    }
    const { sheets, is1904 } = await readWorkbook(zip);
    const sheet = sheets.find((candidate) => !candidate.isHidden) ?? sheets[0];
    if (!sheet) throw refusal('file-empty');
    const part = (await readRelations(zip)).get(sheet.relation);
    if (!part) throw refusal('file-damaged', { reason: sheet.name });
    const handler = new SheetHandler();
    return {
      sheet: sheet.name,
      otherSheets: sheets.filter((other) => other !== sheet).map((other) => other.name),
      expectedRows: () => handler.expectedRows,
      rows: () => readSheet(zip, part, handler, is1904),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readWorkbook(zip: ZipReader): Promise<{ sheets: Sheet[]; is1904: boolean }> {
  const sheets: Sheet[] = [];
  let is1904 = false;
  await readXml(zip.read(WORKBOOK, FILE_LIMITS.partBytes), WORKBOOK, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      sheets.push({
        name: attributes['name'] ?? '',
        relation: attributes['r:id'] ?? relationOf(attributes),
        isHidden: (attributes['state'] ?? 'visible') !== 'visible',
      });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return { sheets, is1904 };
}

/** Some writers give the relations namespace another prefix than `r`. */
function relationOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
}

async function readRelations(zip: ZipReader): Promise<Map<string, string>> {
  const part = 'xl/_rels/workbook.xml.rels';
  const targets = new Map<string, string>();
  await readXml(zip.read(part, FILE_LIMITS.partBytes), part, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const target = attributes['Target'] ?? '';
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      targets.set(attributes['Id'] ?? '', path);
    },
    text: () => undefined,
    close: () => undefined,
  });
  return targets;
}

async function* readSheet(
  zip: ZipReader,
  part: string,
  handler: SheetHandler,
  is1904: boolean,
): AsyncGenerator<TableRow> {
  const strings = new SharedStrings();
  const styles = new CellStyles();
  const stringsPart = 'xl/sharedStrings.xml';
  const stylesPart = 'xl/styles.xml';
  // What the sheet claims to be is looked at before any other part is unpacked for it.
  if (zip.claimedBytes(part) > FILE_LIMITS.sheetBytes) {
    throw refusal('file-too-complex', { part, limit: '1024 MiB' });
  }
  if (zip.has(stylesPart)) {
    await readXml(zip.read(stylesPart, FILE_LIMITS.partBytes), stylesPart, styles);
  }
  if (zip.has(stringsPart)) {
    const pieces = zip.read(stringsPart, FILE_LIMITS.sharedStringsXmlBytes);
    await readXml(pieces, stringsPart, strings);
  }
  handler.use({ strings, styles, is1904 });
  const pieces = zip.read(part, FILE_LIMITS.sheetBytes);
  yield* walkXml(pieces, part, handler, () => handler.takeRows());
}
