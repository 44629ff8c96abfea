export * from './crypto.module.js';
export { type DataKey, openWith } from './data-key.js';
export * from './holders.js';
export * from './keyring.js';
export { pooledRandomBytes } from './random.js';
export { Words } from './words.js';
export { SALT_BYTES, saltedHash, sha256 } from './sha256.js';
