import { Module } from '@nestjs/common';
import { HolidaysController } from './holidays.controller.js';
import { Holidays } from './holidays.service.js';
import { HolidaysStore } from './holidays.store.js';

@Module({
  controllers: [HolidaysController],
  providers: [Holidays, HolidaysStore],
  exports: [Holidays],
})
export class HolidaysModule {}
