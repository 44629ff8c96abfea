export * from './unwrap.js';
