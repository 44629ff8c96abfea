import type supertest from 'supertest';

/** Reads an answer of bytes: `.buffer(true).parse(bytesOf)`. */
export function bytesOf(
  response: supertest.Response,
  done: (error: Error | null, body: Buffer) => void,
): void {
  const chunks: Buffer[] = [];
  // What superagent hands to a parser is the stream of the answer, whatever its types call it.
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
