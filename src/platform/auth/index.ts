export * from './allow.guard.js';
export * from './principal.js';
