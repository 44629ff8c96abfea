import type { JsonObject } from '../json.js';
import clr from './schemas/clr-2.0.json' with { type: 'json' };
import badge from './schemas/ob-3.0.json' with { type: 'json' };

/** The type of `credentialSchema` by which 1EdTech names its JSON Schemas. */
export const SCHEMA_TYPE = '1EdTechJsonSchemaValidator2019';

export const BADGE_SCHEMA =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';
export const CLR_SCHEMA =
  'https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json';

/** JSON Schemas (2019-09) of credentials by the URL under which they are published. */
export const SCHEMAS: ReadonlyMap<string, JsonObject> = new Map<string, JsonObject>([
  [BADGE_SCHEMA, badge],
  [CLR_SCHEMA, clr],
]);
