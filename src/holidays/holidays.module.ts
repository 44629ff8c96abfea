import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { HolidaysController } from './holidays.controller.js';
import { Holidays } from './holidays.service.js';
import { HolidaysStore } from './holidays.store.js';

@Module({
  imports: [HistoryModule],
  controllers: [HolidaysController],
  providers: [Holidays, HolidaysStore],
  exports: [Holidays],
})
export class HolidaysModule {}
