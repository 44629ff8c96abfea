export * from './paper-seal.js';
