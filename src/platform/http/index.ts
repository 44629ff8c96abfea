export * from './idempotency-key.js';
export * from './nested.js';
export * from './page.js';
export * from './plain-text.js';
export * from './problem.filter.js';
export * from './refusal.js';
export * from './validation.pipe.js';
export { TextDto } from './text.dto.js';
export { IsDay } from './day.js';
