import type { FastifyRequest } from 'fastify';
import { MAX_FILE_BYTES } from '#libs/unwrap';
import { Refusal, refusal } from '../../platform/http/index.js';
import { refusalOf } from './faults.js';

/** The one file of a form, whole in memory: it is small, or refused before it is all read. */
export async function fileOf(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) {
    throw refusal('unsupported-media-type', { expected: 'multipart/form-data' });
  }
  try {
    const part = await request.file({ limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 0 } });
    if (part?.fieldname !== 'file') throw refusal('file-part-missing');
    const chunks: Buffer[] = [];
    for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk);
    if (part.file.truncated) throw refusalOf('too-large');
    return Buffer.concat(chunks);
  } catch (error) {
    throw refusedForm(error as Error & { statusCode?: number });
  }
}

/** The reader of forms fails on one that is none with errors that carry no status. */
function refusedForm(error: Error & { statusCode?: number }): Error {
  if (error instanceof Refusal || error.statusCode !== undefined) return error;
  return refusal('malformed-request', { reason: error.message.slice(0, 100) });
}
