import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { Proposables } from './proposables.js';
import { ProposalsController } from './proposals.controller.js';
import { Proposals } from './proposals.service.js';
import { ProposalsStore } from './proposals.store.js';
import { TwoPeople } from './two-people.js';

@Module({
  imports: [HistoryModule],
  controllers: [ProposalsController],
  providers: [Proposables, Proposals, ProposalsStore, TwoPeople],
  exports: [Proposables, Proposals, TwoPeople],
})
export class ProposalsModule {}
