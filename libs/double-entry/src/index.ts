export * from './machine.js';
export * from './model.js';
