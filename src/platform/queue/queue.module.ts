import { Global, Module } from '@nestjs/common';
import { GivenUpTasks } from './given-up-tasks.js';
import { QueueRunner } from './queue.runner.js';
import { TaskHandlers } from './task-handlers.js';
import { TaskStore } from './task.store.js';
import { TasksController } from './tasks.controller.js';
import { Tasks } from './tasks.js';

@Global()
@Module({
  controllers: [TasksController],
  providers: [GivenUpTasks, Tasks, TaskHandlers, TaskStore, QueueRunner],
  exports: [Tasks, TaskHandlers],
})
export class QueueModule {}
