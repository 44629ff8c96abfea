export { LongWork } from './long-work.js';
export * from './queue.module.js';
export { type Lane, type TaskContext, TaskHandlers } from './task-handlers.js';
export { type TaskOptions, Tasks } from './tasks.js';
