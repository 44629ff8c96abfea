export { DailyTasks } from './daily-tasks.js';
export { LongWork, inSteps } from './long-work.js';
export * from './queue.module.js';
export * from './work-records.js';
export { type Closing, type Lane, type TaskContext, TaskHandlers } from './task-handlers.js';
export { MOST_BEFORE, type TaskOptions, Tasks, type WaitingTask } from './tasks.js';
