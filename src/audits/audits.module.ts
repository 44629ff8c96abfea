import { Module } from '@nestjs/common';
import { TransparencyModule } from '../transparency/index.js';
import { AuditsController } from './audits.controller.js';
import { Audits } from './audits.service.js';
import { AuditsStore } from './audits.store.js';

@Module({
  imports: [TransparencyModule],
  controllers: [AuditsController],
  providers: [Audits, AuditsStore],
  exports: [Audits],
})
export class AuditsModule {}
