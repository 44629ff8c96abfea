import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { LookUp } from '../platform/limits/index.js';
import { BalanceProofs } from './balance-proofs.service.js';
import { BalanceProofFileDto, BalanceProofQuery, ReceiptFileDto } from './proofs.dto.js';
import { Receipts } from './receipts.service.js';

const NOT_YET = { description: 'not-in-the-log-yet, with Retry-After' };

@ApiTags('proofs')
@LookUp()
@Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
@Scoped('ledger')
@Controller('v1/entries')
export class EntryReceiptController {
  constructor(private readonly receipts: Receipts) {}

  /**
   * The complete receipt of an entry: one file that proves it without this service
   * (`creditbank verify FILE`, docs/proofs.md). For whoever may read the entry.
   */
  @Get(':id/receipt')
  @OnBehalf('see', { purpose: 'entry-proof', fields: ['statement'] })
  @ApiNotFoundResponse({ description: 'not-found' })
  @ApiConflictResponse(NOT_YET)
  receipt(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ReceiptFileDto> {
    return this.receipts.ofEntry(principal, id);
  }
}

@ApiTags('proofs')
@LookUp()
@Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
@Scoped('ledger')
@Controller('v1/postings')
export class PostingReceiptController {
  constructor(private readonly receipts: Receipts) {}

  /** The complete receipt of all entries of a posting, for whoever may read every one of them. */
  @Get(':id/receipt')
  @OnBehalf('see', { purpose: 'entry-proof', fields: ['statement'] })
  @ApiNotFoundResponse({ description: 'not-found' })
  @ApiConflictResponse(NOT_YET)
  receipt(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ReceiptFileDto> {
    return this.receipts.ofPosting(principal, id);
  }
}

@ApiTags('proofs')
@LookUp()
@Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
@Scoped('ledger')
@Controller('v1/learners')
export class BalanceProofController {
  constructor(private readonly proofs: BalanceProofs) {}

  /**
   * A learner's balance as a file that anybody checks without this service: all entries, and the proof
   * that none was left out (`creditbank verify FILE`, docs/proofs.md). It names nobody. `me` is the
   * signed-in learner.
   */
  @Get(':id/balance-proof')
  @OnBehalf('see', { purpose: 'entry-proof', fields: ['balance', 'statement'] })
  @ApiNotFoundResponse({ description: 'not-found, nothing-to-prove' })
  @ApiConflictResponse({ description: 'not-sealed-yet, with Retry-After' })
  balanceProof(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() { account = 1 }: BalanceProofQuery,
  ): Promise<BalanceProofFileDto> {
    return this.proofs.of(principal, id, account);
  }
}
