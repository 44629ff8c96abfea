export * from './crypto.module.js';
export * from './keyring.js';
export { pooledRandomBytes } from './random.js';
