export * from './document.js';
export * from './mentions.js';
export * from './name.js';
export * from './resident-id.js';
