export * from './compile.js';
export { kindOf, SCHEME_KINDS, schemeSchema } from './kinds.js';
export type { SchemeAnswer, SchemeDocument, SchemeExample, SchemeKind } from './scheme.js';
