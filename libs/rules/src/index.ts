export * from './canonical.js';
export * from './compiled.js';
export * from './document.js';
export { compileRulebook } from './compile.js';
export { canonicalise, type Rulebook } from './rulebook.js';
export { isWithinDepth, LIMITS } from './limits.js';
export * from './types.js';
