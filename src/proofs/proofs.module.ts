import { Module } from '@nestjs/common';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { SealsModule } from '../seals/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { BalanceProofs } from './balance-proofs.service.js';
import {
  BalanceProofController,
  EntryReceiptController,
  PostingReceiptController,
} from './proofs.controller.js';
import { Receipts } from './receipts.service.js';

@Module({
  imports: [LearnersModule, LedgerModule, SealsModule, TransparencyModule],
  controllers: [BalanceProofController, EntryReceiptController, PostingReceiptController],
  providers: [BalanceProofs, Receipts],
})
export class ProofsModule {}
