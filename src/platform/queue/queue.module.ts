import { Global, Module } from '@nestjs/common';
import { DailyTasks } from './daily-tasks.js';
import { GivenUpTasks } from './given-up-tasks.js';
import { LongWork } from './long-work.js';
import { QueueGauges } from './queue-gauges.js';
import { QueueRunner } from './queue.runner.js';
import { TaskHandlers } from './task-handlers.js';
import { TaskStore } from './task.store.js';
import { TasksController } from './tasks.controller.js';
import { Tasks } from './tasks.js';

@Global()
@Module({
  controllers: [TasksController],
  providers: [
    DailyTasks,
    GivenUpTasks,
    LongWork,
    Tasks,
    TaskHandlers,
    TaskStore,
    QueueGauges,
    QueueRunner,
  ],
  exports: [DailyTasks, LongWork, Tasks, TaskHandlers],
})
export class QueueModule {}
