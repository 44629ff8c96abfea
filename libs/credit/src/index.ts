export * from './amount.js';
export * from './partial-date.js';
export * from './rational.js';
export * from './scales.js';
