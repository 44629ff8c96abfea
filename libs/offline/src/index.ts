export { foldLines } from './fold.js';
export { type Known, verifyOffline } from './verify-offline.js';
