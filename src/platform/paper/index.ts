export * from './paper.js';
export { printPaper } from './print-paper.js';
export * from './words.js';
