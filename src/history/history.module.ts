import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';
import { History } from './history.service.js';
import { HistoryStore } from './history.store.js';

@Module({
  controllers: [HistoryController],
  providers: [History, HistoryStore],
  exports: [History],
})
export class HistoryModule {}
