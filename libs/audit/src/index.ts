export * from './comparison.js';
export * from './findings.js';
export * from './log-check.js';
export * from './report-check.js';
export * from './seal-check.js';
