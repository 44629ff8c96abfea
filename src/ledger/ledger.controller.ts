import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { LookUp } from '../platform/limits/index.js';
import { BalanceDto, EntryDto, ReadingQuery, StatementDto, StatementQuery } from './ledger.dto.js';
import { LedgerReads } from './ledger.service.js';

@ApiTags('ledger')
@LookUp()
@Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
@Scoped('ledger')
@Controller('v1')
export class LedgerController {
  constructor(private readonly reads: LedgerReads) {}

  /**
   * What a learner holds, by category and by where it stands; as of any day, and as the ledger knew
   * it at any moment. `me` is the signed-in learner.
   */
  @Get('learners/:id/balance')
  @OnBehalf('see', { purpose: 'balance', fields: ['balance'] })
  balance(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: ReadingQuery,
  ): Promise<BalanceDto> {
    return this.reads.balance(principal, id, query);
  }

  /** Entries newest first, with the balance before and after the period. */
  @Get('learners/:id/statement')
  @OnBehalf('see', { purpose: 'statement', fields: ['statement'] })
  statement(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: StatementQuery,
  ): Promise<StatementDto> {
    return this.reads.statement(principal, id, query);
  }

  /** One line of the ledger. */
  @Get('entries/:id')
  @OnBehalf('see', { purpose: 'entry', fields: ['statement'] })
  entry(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<EntryDto> {
    return this.reads.entry(principal, id);
  }
}
