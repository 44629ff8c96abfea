export * from './comparison.js';
export * from './findings.js';
export * from './log-check.js';
