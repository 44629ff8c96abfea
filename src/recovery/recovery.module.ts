import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { RecoveryController } from './recovery.controller.js';
import { Recovery } from './recovery.service.js';

@Module({
  imports: [AccessModule, ProposalsModule],
  controllers: [RecoveryController],
  providers: [Recovery],
})
export class RecoveryModule {}
