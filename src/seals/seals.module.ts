import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { SealWriter } from './seal.writer.js';
import { Sealer } from './sealer.js';
import { SealsController } from './seals.controller.js';
import { SealsReads } from './seals.reads.js';
import { SealsStore } from './seals.store.js';

@Module({
  imports: [LedgerModule, TransparencyModule],
  controllers: [SealsController],
  providers: [SealWriter, Sealer, SealsReads, SealsStore],
  exports: [SealWriter, SealsReads],
})
export class SealsModule {}
