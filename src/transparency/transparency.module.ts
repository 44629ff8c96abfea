import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import { Cosignatures } from './cosignatures.js';
import { LogGauges } from './log-gauges.js';
import { LogIdentity } from './log.identity.js';
import { LogProofs } from './log.proofs.js';
import { LogReads } from './log.reads.js';
import { LogStore } from './log.store.js';
import { LogWriter } from './log.writer.js';
import { Sequencer } from './sequencer.js';
import { EntryProofController, LogController } from './transparency.controller.js';

@Module({
  imports: [LedgerModule],
  controllers: [LogController, EntryProofController],
  providers: [
    Cosignatures,
    LogIdentity,
    LogProofs,
    LogReads,
    LogGauges,
    LogStore,
    LogWriter,
    Sequencer,
  ],
  exports: [LogIdentity, LogProofs, LogReads, LogStore, LogWriter],
})
export class TransparencyModule {}
