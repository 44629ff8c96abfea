export * from './draft.js';
export { isRecord } from './json.js';
export { maskValue, type Sensitivity } from './mask.js';
export { type RecognisedTable, recogniseRecord, recogniseTable } from './recognise.js';
export { SeenKeys } from './seen-keys.js';
export * from './shape.js';
export { TEMPLATE_COLUMNS } from './shapes/template.js';
export { CORRECTION_COLUMNS } from './columns.js';
export * from './source.js';
