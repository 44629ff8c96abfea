import { Module } from '@nestjs/common';
import { LearnersController } from './learners.controller.js';
import { Learners } from './learners.service.js';
import { LearnersStore } from './learners.store.js';
import { Reindexing } from './reindexing.js';
import { ReindexingStore } from './reindexing.store.js';
import { Resolver } from './resolver.js';
import { Vault } from './vault.js';

@Module({
  controllers: [LearnersController],
  providers: [Learners, LearnersStore, Reindexing, ReindexingStore, Resolver, Vault],
  exports: [Learners],
})
export class LearnersModule {}
