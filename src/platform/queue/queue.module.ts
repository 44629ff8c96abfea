import { Global, Module } from '@nestjs/common';
import { QueueRunner } from './queue.runner.js';
import { TaskHandlers } from './task-handlers.js';
import { TaskStore } from './task.store.js';
import { Tasks } from './tasks.js';

@Global()
@Module({
  providers: [Tasks, TaskHandlers, TaskStore, QueueRunner],
  exports: [Tasks, TaskHandlers],
})
export class QueueModule {}
