import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import {
  NewQueryDto,
  QueriesOpenDto,
  QueriesQuery,
  QueriesSideQuery,
  QueryAnswerDto,
  QueryDto,
  QueryPageDto,
  QueryWordsDto,
} from './queries.dto.js';
import { Queries } from './queries.service.js';

@ApiTags('equivalence')
@Allow('admissions', 'registrar')
@Scoped('equivalence')
@Controller('v1/equivalence/queries')
export class QueriesController {
  constructor(private readonly queries: Queries) {}

  /**
   * Asks a school about an answer `not-matched`. The query has a number and a promised day, counted in
   * working days. The school learns who it is about, for which programme, what would have changed the
   * answer, and your words; not what other schools have on record.
   */
  @Post()
  ask(@CurrentPrincipal() principal: Principal, @Body() body: NewQueryDto): Promise<QueryDto> {
    return this.queries.ask(principal, body);
  }

  /** What your institution asked (`sent`) or was asked (`received`); a learner's own; newest first. */
  @Get()
  @Allow('admissions', 'registrar', 'issuer', 'learner')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: QueriesQuery,
  ): Promise<QueryPageDto> {
    return this.queries.list(principal, query);
  }

  /**
   * How many queries are open, and when anything last happened: for a page that stays open to ask
   * before it reads about people again.
   */
  @Get('open')
  @Allow('admissions', 'registrar', 'issuer')
  open(
    @CurrentPrincipal() principal: Principal,
    @Query() query: QueriesSideQuery,
  ): Promise<QueriesOpenDto> {
    return this.queries.open(principal, query.side);
  }

  /** A query with everything that happened. */
  @Get(':id')
  @Allow('admissions', 'registrar', 'issuer', 'learner')
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<QueryDto> {
    return this.queries.show(principal, id);
  }

  /** The school says what it found. Post what was missing first, then say so. */
  @Post(':id/answer')
  @HttpCode(200)
  @Allow('registrar', 'issuer')
  answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: QueryAnswerDto,
  ): Promise<QueryDto> {
    return this.queries.answer(principal, id, body);
  }

  /** The office asks once more; the school has the same time again. */
  @Post(':id/question')
  @HttpCode(200)
  askAgain(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: QueryWordsDto,
  ): Promise<QueryDto> {
    return this.queries.askAgain(principal, id, body.words);
  }

  /** The office needs nothing more. */
  @Post(':id/closure')
  @HttpCode(200)
  close(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<QueryDto> {
    return this.queries.close(principal, id);
  }
}
