export { type Known, verifyOffline } from './verify-offline.js';
