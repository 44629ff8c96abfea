export * from './paper.js';
export { printPaper } from './print-paper.js';
