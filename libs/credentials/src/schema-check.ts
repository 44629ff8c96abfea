import type { ValidateFunction } from 'ajv';
import { SCHEMAS } from './bundled/schemas.js';
import { type JsonObject, idOf, valuesOf } from './json.js';

/** Where a document departs from a JSON Schema that it names. */
export interface SchemaFault {
  readonly schema: string;
  /** JSON pointer of the value at fault. */
  readonly pointer: string;
  readonly detail: string;
}

const compiled = new Map<string, ValidateFunction>();

/**
 * The first departure from the schemas that the document names and that are bundled here; undefined
 * when there is none. A schema that is not bundled is not looked at: it may say anything.
 */
export async function schemaFault(document: JsonObject): Promise<SchemaFault | undefined> {
  for (const one of valuesOf(document['credentialSchema'])) {
    const schema = idOf(one) ?? '';
    const validate = await validatorOf(schema);
    if (!validate || validate(document)) continue;
    const [error] = validate.errors ?? [];
    return { schema, pointer: error?.instancePath ?? '', detail: error?.message ?? '' };
  }
  return undefined;
}

async function validatorOf(url: string): Promise<ValidateFunction | undefined> {
  const known = compiled.get(url);
  const schema = SCHEMAS.get(url);
  if (known || !schema) return known;
  // Loaded when the first credential with a schema is looked at: compiling costs 100 ms.
  const [{ Ajv2019 }, formats] = await Promise.all([
    import('ajv/dist/2019.js'),
    import('ajv-formats'),
  ]);
  const ajv = new Ajv2019({ strict: false, validateFormats: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  compiled.set(url, validate);
  return validate;
}
