import type { FastifyRequest } from 'fastify';
import type { FieldFault } from '#libs/problems';
import { Refusal, refusal } from '../platform/http/index.js';
import { ENCODINGS, type Encoding } from './files/encoding.js';
import { FILE_FORMATS, type FileFormat } from './files/open-file.js';

/** One file on its way in. `isWhole` is known once the stream has ended. */
export interface UploadedFile {
  readonly name: string;
  readonly stream: AsyncIterable<Buffer>;
  isWhole(): boolean;
}

export interface UploadFields {
  readonly format: FileFormat | null;
  readonly encoding: Encoding | null;
}

const FIELD_CHARACTERS = 120;
const NAME_CHARACTERS = 200;

/**
 * Reads a form with one file and optional fields. The file is handed to `store` as it arrives;
 * fields may stand before or after it.
 */
export async function readUpload(
  request: FastifyRequest,
  store: (file: UploadedFile) => Promise<void>,
): Promise<UploadFields> {
  return checkFields(await readForm(request, ['format', 'encoding'], store));
}

/**
 * Reads a form with one file, named `file`, and no other fields than the named ones, each cut to a
 * length that no good value has. Refuses everything else by name.
 */
export async function readForm(
  request: FastifyRequest,
  names: readonly string[],
  store: (file: UploadedFile) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  if (!request.isMultipart()) {
    throw refusal('unsupported-media-type', { expected: 'multipart/form-data' });
  }
  const fields = new Map<string, string>();
  let hasFile = false;
  for await (const part of partsOf(request)) {
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw unknownField(part.fieldname);
      hasFile = true;
      await store({
        name: fileNameOf(part.filename),
        stream: part.file as AsyncIterable<Buffer>,
        isWhole: () => !part.file.truncated,
      });
    } else fields.set(part.fieldname, String(part.value).slice(0, FIELD_CHARACTERS));
  }
  if (!hasFile) throw refusal('file-part-missing');
  for (const name of fields.keys()) {
    if (!names.includes(name)) throw unknownField(name);
  }
  return fields;
}

function checkFields(fields: ReadonlyMap<string, string>): UploadFields {
  const faults: FieldFault[] = [];
  const choice = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const text = (fields.get(name) ?? '').toLowerCase();
    if (text === '') return null;
    const found = choices.find((known) => known === text);
    if (found) return found;
    const params = { reason: choices.join(', ') };
    faults.push({ pointer: `/${name}`, code: 'value-malformed', params });
    return null;
  };
  const format =
    fields.get('format')?.toLowerCase() === 'ndjson' ? 'json' : choice('format', FILE_FORMATS);
  const encoding = choice('encoding', ENCODINGS);
  if (faults.length > 0) throw new Refusal({ code: 'invalid-fields', faults });
  return { format, encoding };
}

function unknownField(name: string): Refusal {
  const pointer = `/${name.slice(0, FIELD_CHARACTERS)}`;
  return new Refusal({ code: 'invalid-fields', faults: [{ pointer, code: 'unknown-field' }] });
}

/** Only the last part of a path, without anything that is not seen. */
function fileNameOf(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  const visible = last.replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '').trim();
  return visible.slice(0, NAME_CHARACTERS) || 'file';
}

/** Its reader fails on a form that is none with errors that carry no status. */
async function* partsOf(request: FastifyRequest): ReturnType<FastifyRequest['parts']> {
  const parts = request.parts();
  for (;;) {
    const next = await parts.next().catch((error: Error & { statusCode?: number }) => {
      if (error instanceof Refusal || error.statusCode !== undefined) throw error;
      throw refusal('malformed-request', { reason: error.message.slice(0, 100) });
    });
    if (next.done) return;
    yield next.value;
  }
}
