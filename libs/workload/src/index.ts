export * from './coefficients.js';
export * from './differences.js';
export * from './statement.js';
