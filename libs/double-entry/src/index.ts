export * from './digest.js';
export * from './machine.js';
export * from './model.js';
