export * from './crypto.module.js';
export * from './keyring.js';
export { pooledRandomBytes } from './random.js';
export { saltedHash, sha256 } from './sha256.js';
