export {
  BADGES,
  BADGE_EXTENSIONS,
  CLR,
  CONTEXTS,
  CONTEXTS_FOR_SUITES,
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  DATA_INTEGRITY,
  type Contexts,
} from './bundled/contexts.js';
export { BADGE_SCHEMA, CLR_SCHEMA, SCHEMAS } from './bundled/schemas.js';
export { jsonCanonical, rdfCanonical } from './canonical.js';
export * from './clr.js';
export * from './data-integrity.js';
export * from './dates.js';
export * from './did.js';
export { type Json, type JsonObject, idOf, isObject, readObject, valuesOf } from './json.js';
export * from './jwt.js';
export {
  type Signer,
  didKeySigner,
  multikeyOf,
  publicKeyOf,
  readMultikey,
  readSecretMultikey,
  signerOf,
} from './keys.js';
export { LINES, type Line, type LineCode, type LineName, type LineResult } from './lines.js';
export * from './open-badge.js';
export { type SchemaFault, schemaFault } from './schema-check.js';
export { credentialFault, presentationFault } from './shape.js';
export * from './status-list.js';
export type { StatusListReader } from './status-check.js';
export * from './verify.js';
