export * from './attempts.js';
export * from './attempts.module.js';
