import { Module } from '@nestjs/common';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { EntryReceiptController, PostingReceiptController } from './proofs.controller.js';
import { Receipts } from './receipts.service.js';

@Module({
  imports: [LearnersModule, LedgerModule, TransparencyModule],
  controllers: [EntryReceiptController, PostingReceiptController],
  providers: [Receipts],
})
export class ProofsModule {}
