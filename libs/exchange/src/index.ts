export * from './draft.js';
export { isRecord } from './json.js';
export { maskValue, type Sensitivity } from './mask.js';
export { type RecognisedTable, recogniseRecord, recogniseTable } from './recognise.js';
export { MAX_HOURS } from './row-reader.js';
export * from './shape.js';
export { TEMPLATE_COLUMNS } from './shapes/template.js';
export { CORRECTION_COLUMNS } from './columns.js';
export * from './source.js';
