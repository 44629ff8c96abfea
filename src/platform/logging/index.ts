export { type WorkContext, currentRequestId, inContext, isRequestId } from './context.js';
export { type Log, LOG_LEVELS, type LogLevel, createLog } from './log.js';
export { NestLog } from './nest-log.js';
export { REDACTED } from './redact.js';
