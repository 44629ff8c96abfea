import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;
const VERSION = 20;
/** 1 January 1980: the same rows always make the same file. */
const DOS_DATE = 0x0021;

export interface ZipPart {
  readonly name: string;
  readonly content: AsyncIterable<string | Buffer> | Iterable<string | Buffer>;
}

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/**
 * A zip file as a stream of bytes, made while its parts are made. Parts and the file stay under
 * 4 GiB; a correction file is never near it.
 */
export async function* writeZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const directory: Written[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const header = localHeader(name);
    yield header;
    const sizes = { crc: 0, packed: 0, unpacked: 0 };
    for await (const piece of deflated(part.content, sizes)) yield piece;
    yield record([4, DESCRIPTOR], [4, sizes.crc], [4, sizes.packed], [4, sizes.unpacked]);
    directory.push({ name, ...sizes, offset });
    offset += header.length + sizes.packed + 16;
  }
  const central = Buffer.concat(directory.map(centralHeader));
  yield central;
  yield record(
    [4, END],
    [4, 0],
    [2, directory.length],
    [2, directory.length],
    [4, central.length],
    [4, offset],
    [2, 0],
  );
}

interface Sizes {
  crc: number;
  packed: number;
  unpacked: number;
}

async function* deflated(content: ZipPart['content'], sizes: Sizes): AsyncGenerator<Buffer> {
  const input = Readable.from(counted(content, sizes), { objectMode: false });
  // The loop below sees every error; the pipeline only passes on ends in both directions.
  const output = pipeline(input, createDeflateRaw(), () => undefined);
  for await (const piece of output as AsyncIterable<Buffer>) {
    sizes.packed += piece.length;
    yield piece;
  }
}

async function* counted(content: ZipPart['content'], sizes: Sizes): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    sizes.crc = crc32(bytes, sizes.crc);
    sizes.unpacked += bytes.length;
    yield bytes;
  }
}

function localHeader(name: Buffer): Buffer {
  const header = record(
    [4, LOCAL],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATE],
    [2, 0],
    [2, DOS_DATE],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  );
  return Buffer.concat([header, name]);
}

function centralHeader(part: Written): Buffer {
  const header = record(
    [4, CENTRAL],
    [2, VERSION],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATE],
    [2, 0],
    [2, DOS_DATE],
    [4, part.crc],
    [4, part.packed],
    [4, part.unpacked],
    [2, part.name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, part.offset],
  );
  return Buffer.concat([header, part.name]);
}

/** Little-endian fields of a given width in bytes. */
function record(...fields: [width: 2 | 4, value: number][]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}
