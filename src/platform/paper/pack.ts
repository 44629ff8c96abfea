import assert from 'node:assert';
import { deflateSync } from 'node:zlib';

/** Objects packed into one stream: readers unpack a whole stream to get at one of them. */
const MOST_IN_STREAM = 200;

/** Bytes of the three fields of an entry in the table of objects: kind, place, number within. */
const FIELDS = [1, 4, 2] as const;
const ENTRY_BYTES = 7;

const FREE = 0;
const PLAIN = 1;
const PACKED = 2;
/** "No generation": what the first free entry says in its last field. */
const NEVER_USED = 65_535;

/** One object of the document as pdfkit wrote it. */
interface Written {
  readonly number: number;
  /** From `n 0 obj` to `endobj` and the end of the line. */
  readonly bytes: Buffer;
}

/** Where an object stands: a byte of the file, or a place within a stream of objects. */
type Place = { readonly at: number } | { readonly within: number; readonly index: number };

/**
 * Packs the objects of a PDF by pdfkit that are no streams into streams of objects with a table that
 * is one as well (ISO 32000-1, 7.5.7 and 7.5.8; PDF/A-3 allows both). pdfkit writes every element of
 * the tree in the clear, which was half of a transcript. The catalogue and what the information dictionary
 * says stay in the clear: simple readers look for the one, and the seal stands in the other.
 */
export function packPdf(pdf: Buffer): Buffer {
  const latin = pdf.toString('latin1');
  const table = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(latin)?.[1]);
  const trailer = latin.slice(latin.indexOf('trailer\n', table));
  const root = referenceIn(trailer, 'Root');
  const info = referenceIn(trailer, 'Info');
  const id = /\/ID (\[[^\]]*\])/.exec(trailer)?.[1];
  assert(id !== undefined, 'pdfkit identifies its documents');
  const objects = objectsOf(pdf, latin, table);
  const inClear = new Set([
    root,
    info,
    ...referencesIn(objects.find((one) => one.number === info)),
  ]);
  const isPlain = (one: Written): boolean => inClear.has(one.number) || isStream(one);
  const packed = objects.filter((one) => !isPlain(one));

  const file = new File(pdf.subarray(0, Math.min(...objects.map(({ start }) => start))));
  for (const one of objects.filter(isPlain)) file.add(one.number, one.bytes);
  let next = Math.max(...objects.map(({ number }) => number)) + 1;
  for (let from = 0; from < packed.length; from += MOST_IN_STREAM) {
    file.addPacked(next, packed.slice(from, from + MOST_IN_STREAM));
    next += 1;
  }
  return file.end(next, `/Root ${root} 0 R\n/Info ${info} 0 R\n/ID ${id}\n`);
}

/** A PDF as it is written, with the places of its objects. */
class File {
  readonly #parts: Buffer[];
  readonly #places = new Map<number, Place>();
  #length: number;

  constructor(head: Buffer) {
    this.#parts = [head];
    this.#length = head.length;
  }

  add(number: number, bytes: Buffer): void {
    this.#places.set(number, { at: this.#length });
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  addPacked(number: number, objects: readonly Written[]): void {
    const bodies = objects.map(bodyOf);
    let offset = 0;
    const heads = objects.map((one, index) => {
      this.#places.set(one.number, { within: number, index });
      const head = `${one.number} ${offset}`;
      offset += (bodies[index]?.length ?? 0) + 1;
      return head;
    });
    const first = Buffer.from(`${heads.join(' ')}\n`, 'latin1');
    const dictionary = `/Type /ObjStm\n/N ${objects.length}\n/First ${first.length}\n`;
    const newLine = Buffer.from('\n');
    const text = Buffer.concat([first, ...bodies.flatMap((body) => [body, newLine])]);
    this.add(number, streamOf(number, dictionary, text));
  }

  /** Writes the table, which is an object of its own. */
  end(number: number, trailer: string): Buffer {
    const start = this.#length;
    this.#places.set(number, { at: start });
    const size = number + 1;
    const entries = Buffer.alloc(size * ENTRY_BYTES);
    for (let one = 0; one < size; one += 1) this.#writeEntry(entries, one);
    const dictionary = `/Type /XRef\n/Size ${size}\n/W [${FIELDS.join(' ')}]\n${trailer}`;
    this.add(number, streamOf(number, dictionary, entries));
    return Buffer.concat([...this.#parts, Buffer.from(`startxref\n${start}\n%%EOF\n`, 'latin1')]);
  }

  #writeEntry(entries: Buffer, number: number): void {
    const place = this.#places.get(number);
    const row: [number, number, number] = !place
      ? [FREE, 0, NEVER_USED]
      : 'at' in place
        ? [PLAIN, place.at, 0]
        : [PACKED, place.within, place.index];
    let at = number * ENTRY_BYTES;
    for (const [field, bytes] of FIELDS.entries()) {
      entries.writeUIntBE(row[field] ?? 0, at, bytes);
      at += bytes;
    }
  }
}

/** The objects in their order in the file, by the table at its end. */
function objectsOf(
  pdf: Buffer,
  latin: string,
  table: number,
): (Written & { readonly start: number })[] {
  const rows = latin.slice(table, latin.indexOf('trailer\n', table)).split('\n').slice(2, -1);
  const used = rows
    .map((row, number) => ({ number, start: Number(row.slice(0, 10)), kind: row.charAt(17) }))
    .filter(({ kind }) => kind === 'n')
    .sort((a, b) => a.start - b.start);
  return used.map(({ number, start }, place) => {
    const bytes = pdf.subarray(start, used[place + 1]?.start ?? table);
    assert(bytes.toString('latin1', 0, 20).startsWith(`${number} 0 obj\n`), `object ${number}`);
    return { number, start, bytes };
  });
}

function isStream({ bytes }: Written): boolean {
  return bytes.toString('latin1', Math.max(0, bytes.length - 30)).includes('endstream\nendobj');
}

/** What stands between `n 0 obj` and `endobj`. */
function bodyOf({ number, bytes }: Written): Buffer {
  const end = bytes.lastIndexOf('endobj');
  return bytes.subarray(`${number} 0 obj\n`.length, end).subarray(0, -1);
}

function streamOf(number: number, dictionary: string, content: Buffer): Buffer {
  const packed = deflateSync(content, { level: 9 });
  const head = `${number} 0 obj\n<<\n${dictionary}/Filter /FlateDecode\n/Length ${packed.length}\n>>\n`;
  return Buffer.concat([
    Buffer.from(`${head}stream\n`, 'latin1'),
    packed,
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);
}

function referencesIn(object: Written | undefined): number[] {
  const text = object?.bytes.toString('latin1') ?? '';
  return Array.from(text.matchAll(/(\d+) 0 R/g), (match) => Number(match[1]));
}

function referenceIn(trailer: string, name: string): number {
  const found = new RegExp(`/${name} (\\d+) 0 R`).exec(trailer)?.[1];
  assert(found !== undefined, `pdfkit names the ${name}`);
  return Number(found);
}
