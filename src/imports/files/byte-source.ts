/** A stored file as random-access bytes. Nothing ever holds the whole of it. */
export interface ByteSource {
  readonly byteLength: number;
  /** The bytes from `start` to before `end`, in pieces of any size. */
  read(start: number, end: number): AsyncIterable<Buffer>;
}

/** A file that is in memory anyway: tests and small answers. */
export function bufferSource(bytes: Buffer): ByteSource {
  return {
    byteLength: bytes.length,
    async *read(start, end) {
      const piece = 64 * 1024;
      for (let at = start; at < end; at += piece) {
        yield bytes.subarray(at, Math.min(at + piece, end));
      }
    },
  };
}

/** The first `length` bytes, or fewer when the file is shorter. */
export async function readHead(source: ByteSource, length: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source.read(0, Math.min(length, source.byteLength))) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
