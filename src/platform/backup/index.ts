export * from './archive.js';
export * from './backup.js';
export * from './manifest.js';
export * from './restore.js';
