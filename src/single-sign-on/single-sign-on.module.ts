import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { HistoryModule } from '../history/index.js';
import { LearnersModule } from '../learners/index.js';
import { ProviderClient } from './provider-client.js';
import { ProviderSignInsStore } from './provider-sign-ins.store.js';
import { SingleSignOnController } from './single-sign-on.controller.js';
import { SingleSignOn } from './single-sign-on.service.js';

@Module({
  imports: [AccessModule, HistoryModule, LearnersModule],
  controllers: [SingleSignOnController],
  providers: [ProviderClient, ProviderSignInsStore, SingleSignOn],
})
export class SingleSignOnModule {}
