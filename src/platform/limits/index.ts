export { callerOfAddress, groupsOf } from './address.js';
export { type Allowance, type Limiter, Limits, MemoryLimits, secondsUntil } from './limits.js';
export { LimitsGuard, LookUp } from './limits.guard.js';
export { LimitsModule } from './limits.module.js';
export { RequestLimits } from './request-limits.js';
