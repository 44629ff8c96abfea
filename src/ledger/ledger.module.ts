import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { LearnersModule } from '../learners/index.js';
import { ExpiryWorker } from './expiry.worker.js';
import { LedgerController } from './ledger.controller.js';
import { Ledger } from './ledger.js';
import { LedgerReads } from './ledger.service.js';
import { LedgerStore } from './ledger.store.js';
import { PostingsStore } from './postings.store.js';
import { LedgerKeeper } from './keeper.js';

@Module({
  imports: [CatalogueModule, LearnersModule],
  controllers: [LedgerController],
  providers: [LedgerKeeper, ExpiryWorker, Ledger, LedgerReads, LedgerStore, PostingsStore],
  exports: [ExpiryWorker, Ledger, LedgerReads, PostingsStore],
})
export class LedgerModule {}
