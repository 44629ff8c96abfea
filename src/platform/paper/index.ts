export * from './paper.js';
export { printPaper } from './print-paper.js';
export { qrSvg } from './qr.js';
export * from './words.js';
export { qrRowsOf } from './qr.js';
