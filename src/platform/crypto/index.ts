export * from './crypto.module.js';
export * from './keyring.js';
