export * from './archive.js';
export * from './backup.js';
export * from './erased-list.js';
export * from './manifest.js';
export * from './restore.js';
