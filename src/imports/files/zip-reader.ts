import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { Refusal, refusal } from '../../platform/http/refusal.js';
import type { ByteSource } from './byte-source.js';
import { FILE_LIMITS } from './limits.js';

/** The parts of a zip file, read where they stand. */
export class ZipReader {
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;
  readonly #zip: yauzl.ZipFile;

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Reads the directory. Refuses a damaged, encrypted or absurdly large archive. */
  static async open(source: ByteSource): Promise<ZipReader> {
    const zip = await openZip(source);
    const entries = await listEntries(zip);
    return new ZipReader(zip, entries);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  /** The unpacked size a part claims; the real one is held against it while reading. */
  claimedBytes(name: string): number {
    return this.#entries.get(name)?.uncompressedSize ?? 0;
  }

  /** Unpacks one part. What it claims is checked first, what it really holds while it flows. */
  async *read(name: string, limitBytes: number): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (!entry) throw refusal('file-damaged', { reason: name });
    const { uncompressedSize: claimed, compressedSize: packed } = entry;
    const isSuspicious =
      claimed > FILE_LIMITS.inflationFloorBytes && claimed > packed * FILE_LIMITS.inflationRatio;
    if (claimed > limitBytes || isSuspicious) throw tooComplex(name, limitBytes);
    const stream = await this.#openStream(entry);
    let [bytes, checksum] = [0, 0];
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        bytes += piece.length;
        if (bytes > limitBytes) throw tooComplex(name, limitBytes);
        checksum = crc32(piece, checksum);
        yield piece;
      }
    } catch (error) {
      throw asRefusal(error, name);
    } finally {
      stream.destroy();
    }
    if (checksum !== entry.crc32) throw refusal('file-damaged', { reason: `${name}: checksum` });
  }

  close(): void {
    this.#zip.close();
  }

  #openStream(entry: yauzl.Entry): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, stream) => {
        if (error) reject(asRefusal(error, entry.fileName));
        else resolve(stream);
      });
    });
  }
}

function openZip(source: ByteSource): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  return new Promise((resolve, reject) => {
    const reader = new SourceReader(source);
    yauzl.fromRandomAccessReader(reader, source.byteLength, options, (error, zip) => {
      if (error) reject(asRefusal(error, 'zip'));
      else resolve(zip);
    });
  });
}

function listEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => reject(asRefusal(error, 'zip')));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      if (entry.isEncrypted()) reject(refusal('file-not-supported'));
      else if (entries.has(entry.fileName)) {
        reject(refusal('file-damaged', { reason: `${entry.fileName} twice` }));
      } else if (entries.size >= FILE_LIMITS.zipEntries) {
        reject(tooComplex('zip', FILE_LIMITS.zipEntries));
      } else {
        entries.set(entry.fileName, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

/** yauzl asks for ranges; the source answers them. */
class SourceReader extends yauzl.RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(marked(this.source.read(start, end)), { objectMode: false });
  }
}

/** The store failed, not the file: trying again later may well succeed. */
class SourceFailure extends Error {}

async function* marked(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    throw new SourceFailure('reading the stored file failed', { cause: error });
  }
}

function tooComplex(part: string, limit: number): Error {
  const mib = 1024 * 1024;
  const text = limit >= mib ? `${Math.floor(limit / mib)} MiB` : String(limit);
  return refusal('file-too-complex', { part, limit: text });
}

/** zlib and yauzl fail on damaged files; a failing store and our own refusals pass through. */
function asRefusal(error: unknown, reason: string): unknown {
  if (error instanceof SourceFailure) return error.cause;
  return error instanceof Refusal ? error : refusal('file-damaged', { reason });
}
