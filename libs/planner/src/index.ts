export * from './earliest.js';
export type { Scheduled, Semester } from './schedule.js';
export type { Fill } from './fills.js';
export * from './gap.js';
export { PLAN_LIMITS } from './limits.js';
export * from './plan.js';
export type { Addition } from './types.js';
export * from './what-if.js';
