export { parseVerifierKey } from '#libs/merkle';
export * from './audit.js';
export * from './books.js';
export * from './database-source.js';
export * from './dump-source.js';
export * from './http-source.js';
export * from './operations.js';
export * from './source.js';
