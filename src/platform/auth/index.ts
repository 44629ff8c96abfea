export * from './allow.guard.js';
export * from './principal.js';
export * from './route-access.js';
export * from './scopes.js';
