export * from './comparison.js';
export * from './conditions.js';
export * from './document.js';
export * from './report-file.js';
export * from './schedule.js';
export * from './standards.js';
export * from './warnings.js';
