import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import {
  LearnerQueriesQuery,
  LearnerQueryAnswerDto,
  LearnerQueryDto,
  LearnerQueryPageDto,
  LearnerQueryWordsDto,
  NewLearnerQueryDto,
} from './learner-queries.dto.js';
import { LearnerQueries } from './learner-queries.service.js';

@ApiTags('queries')
@ApiNotFoundResponse({ description: 'not-found: unknown, or neither asked by you nor of you' })
@Scoped('outcomes')
@Controller('v1/learner-queries')
export class LearnerQueriesController {
  constructor(private readonly queries: LearnerQueries) {}

  /**
   * Asks a school why something is missing or wrong: about one of your `outcome`s, or about a `course`
   * that a `school` should have posted. The query has a number and a promised day, counted in working
   * days.
   */
  @Post()
  @Allow('learner')
  @OnBehalf('apply', { purpose: 'learner-query-made', fields: ['outcomes'] })
  ask(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewLearnerQueryDto,
  ): Promise<LearnerQueryDto> {
    return this.queries.ask(principal, body);
  }

  /**
   * What you asked, newest first; for a school what it is asked, the longest waiting first, without
   * the people who ask.
   */
  @Get()
  @Allow('learner', 'registrar', 'issuer')
  @OnBehalf('see', { purpose: 'learner-query', fields: ['outcomes'] })
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: LearnerQueriesQuery,
  ): Promise<LearnerQueryPageDto> {
    return this.queries.list(principal, query);
  }

  /** A query with everything that happened; for the school with who asks. */
  @Get(':id')
  @Allow('learner', 'registrar', 'issuer')
  @OnBehalf('see', { purpose: 'learner-query', fields: ['outcomes'] })
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<LearnerQueryDto> {
    return this.queries.show(principal, id);
  }

  /** The school says what it found. Post or correct what was missing first, then name it here. */
  @Post(':id/answer')
  @HttpCode(200)
  @Allow('registrar', 'issuer')
  answer(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: LearnerQueryAnswerDto,
  ): Promise<LearnerQueryDto> {
    return this.queries.answer(principal, id, body);
  }

  /** The learner asks again about the answer, once; the school has the same time again. */
  @Post(':id/question')
  @HttpCode(200)
  @Allow('learner')
  @OnBehalf('apply', { purpose: 'learner-query-made', fields: ['outcomes'] })
  askAgain(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: LearnerQueryWordsDto,
  ): Promise<LearnerQueryDto> {
    return this.queries.askAgain(principal, id, body.words);
  }

  /** The learner needs nothing more. */
  @Post(':id/closure')
  @HttpCode(200)
  @Allow('learner')
  @OnBehalf('apply', { purpose: 'learner-query-made', fields: ['outcomes'] })
  close(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<LearnerQueryDto> {
    return this.queries.close(principal, id);
  }
}
