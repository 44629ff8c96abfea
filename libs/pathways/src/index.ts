export * from './carried.js';
export * from './gate.js';
export * from './pathway.js';
export * from './position.js';
export * from './terms.js';
