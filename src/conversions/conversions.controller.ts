import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { ApiIdempotencyKey, IdempotencyKey, announceReplay } from '../platform/http/index.js';
import {
  AcceptedApplicationDto,
  AppealDto,
  ApplicationDto,
  ApplicationPageDto,
  ApplicationsQuery,
  ApplicationsWaitingDto,
  EvaluatedDto,
  EvaluationDto,
  NewApplicationDto,
  ReviewDto,
} from './conversions.dto.js';
import { Conversions } from './conversions.service.js';
import { Evaluations } from './evaluations.service.js';
import { FindingDto, RecordedFindingDto } from './findings.dto.js';
import { Findings } from './findings.service.js';
import { DecisionLetterDto } from './letter.dto.js';
import { Letters } from './letters.service.js';
import { Reviews } from './reviews.service.js';
import { WaitingApplications } from './waiting.service.js';

@ApiTags('conversions')
@Scoped('applications')
@Controller('v1')
export class ConversionsController {
  constructor(
    private readonly conversions: Conversions,
    private readonly evaluations: Evaluations,
    private readonly findings: Findings,
    private readonly reviews: Reviews,
    private readonly letters: Letters,
    private readonly waitingApplications: WaitingApplications,
  ) {}

  /** What a programme would recognise, with every reason. Nothing is booked or put aside. */
  @Post('evaluations')
  @OnBehalf('see', { purpose: 'evaluation', fields: ['outcomes'] })
  @Scoped('applications', 'read')
  @Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
  @HttpCode(200)
  evaluate(
    @CurrentPrincipal() principal: Principal,
    @Body() body: EvaluationDto,
  ): Promise<EvaluatedDto> {
    return this.evaluations.evaluate(principal, body);
  }

  /** Asks a programme to recognise what the learner has; the decision follows from the queue. */
  @Post('applications')
  @OnBehalf('apply', { purpose: 'application-made', fields: ['outcomes'] })
  @Allow('learner', 'registrar')
  @HttpCode(202)
  @ApiIdempotencyKey()
  @ApiAcceptedResponse({ type: AcceptedApplicationDto })
  @ApiOkResponse({ type: AcceptedApplicationDto, description: 'The same key was used before.' })
  async apply(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewApplicationDto,
    @IdempotencyKey() key: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedApplicationDto> {
    return announce(reply, await this.conversions.apply(principal, body, key));
  }

  /** Your own applications, or those that your institution decides; newest first. */
  @Get('applications')
  @OnBehalf('see', { purpose: 'application-list', fields: ['applications'] })
  @Allow('learner', 'registrar', 'admissions')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ApplicationsQuery,
  ): Promise<ApplicationPageDto> {
    return this.conversions.list(principal, query);
  }

  /**
   * How much waits for the people of your institution, and when anything last changed: for a page that
   * stays open to ask before it reads about people again.
   */
  @Get('applications/waiting')
  @Allow('registrar', 'admissions')
  waiting(@CurrentPrincipal() principal: Principal): Promise<ApplicationsWaitingDto> {
    return this.waitingApplications.count(principal);
  }

  /** States with times, the decision with its reasons, and what was booked. */
  @Get('applications/:id')
  @OnBehalf('see', { purpose: 'application', fields: ['applications'] })
  @Allow('learner', 'registrar', 'admissions')
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ApplicationDto> {
    return this.conversions.show(principal, id);
  }

  /** Sends a draft on its way, under the rules that are in force then. */
  @Post('applications/:id/submission')
  @OnBehalf('apply', { purpose: 'application-made', fields: ['applications'] })
  @Allow('learner', 'registrar')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ApplicationDto })
  submit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ApplicationDto> {
    return this.conversions.submit(principal, id);
  }

  /**
   * Approves, rejects or returns an application, at the institution that receives the credit. Where a
   * panel decides it is one vote, and the application moves when more than half speak for a verdict.
   */
  @Post('applications/:id/review')
  @Allow('registrar', 'admissions')
  @HttpCode(200)
  review(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: ReviewDto,
  ): Promise<ApplicationDto> {
    return this.reviews.review(principal, id, body);
  }

  /** Asks a second panel about a rejection: the learner, once, within the days it announced. */
  @Post('applications/:id/appeal')
  @OnBehalf('apply', { purpose: 'appeal-made', fields: ['applications'] })
  @Allow('learner')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ApplicationDto })
  appeal(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: AppealDto,
  ): Promise<ApplicationDto> {
    return this.reviews.appeal(principal, id, body);
  }

  /** The decision as data for a printed letter: parties, grants, reasons, rules, notice of appeal. */
  @Get('applications/:id/decision-letter')
  @OnBehalf('see', { purpose: 'decision-letter', fields: ['name', 'applications'] })
  @Allow('learner', 'registrar', 'admissions')
  letter(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<DecisionLetterDto> {
    return this.letters.show(principal, id);
  }

  /** Takes an application back before it is decided; what it held is available again. */
  @Post('applications/:id/withdrawal')
  @OnBehalf('apply', { purpose: 'application-withdrawn', fields: ['applications'] })
  @Allow('learner', 'registrar')
  @HttpCode(200)
  withdraw(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ApplicationDto> {
    return this.conversions.withdraw(principal, id);
  }

  /** Records what a person at the receiving institution judged, for example content overlap. */
  @Post('learners/:id/findings')
  @Allow('registrar', 'admissions')
  @ApiCreatedResponse({ type: RecordedFindingDto })
  recordFinding(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: FindingDto,
  ): Promise<RecordedFindingDto> {
    return this.findings.record(principal, id, body);
  }
}

function announce(
  reply: FastifyReply,
  made: { application: AcceptedApplicationDto; isReplay: boolean },
): AcceptedApplicationDto {
  if (made.isReplay) announceReplay(reply);
  return made.application;
}
