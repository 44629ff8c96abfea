import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerController } from './ledger.controller.js';
import { Ledger } from './ledger.js';
import { LedgerReads } from './ledger.service.js';
import { LedgerStore } from './ledger.store.js';
import { PostingsStore } from './postings.store.js';

@Module({
  imports: [CatalogueModule, LearnersModule],
  controllers: [LedgerController],
  providers: [Ledger, LedgerReads, LedgerStore, PostingsStore],
  exports: [Ledger, LedgerReads, PostingsStore],
})
export class LedgerModule {}
