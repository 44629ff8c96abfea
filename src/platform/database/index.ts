export * from './data-source.js';
export * from './database.js';
export * from './database.module.js';
export * from './durability.js';
export { sqlState, violatedConstraint } from './failures.js';
export { arrayLiteral, textArrayLiteral } from './literals.js';
export * from './migrate.js';
export { prepared, type Statement } from './prepared.js';
export { APPEND_ONLY, APP_ROLE } from './rights.js';
