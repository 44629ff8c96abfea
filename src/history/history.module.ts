import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';
import { History } from './history.service.js';
import { HistoryStore } from './history.store.js';
import { KeysRecorder } from './keys.recorder.js';
import { SettingsRecorder } from './settings.recorder.js';

@Module({
  controllers: [HistoryController],
  providers: [History, HistoryStore, KeysRecorder, SettingsRecorder],
  exports: [History],
})
export class HistoryModule {}
