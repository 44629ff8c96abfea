export * from './background-loop.js';
