import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import {
  NewRuleDraftDto,
  PublishedRuleDto,
  RuleApprovalDto,
  RuleDraftDto,
  RuleDraftPageDto,
  RuleDraftsQuery,
  RuleLintDto,
  RulePublicationDto,
  RuleRejectionDto,
} from './drafts.dto.js';
import { RuleDrafts } from './drafts.service.js';
import { RulePublications } from './publications.service.js';
import { RuleCheckDto } from './readings.dto.js';
import { RuleReadings } from './readings.service.js';

@ApiTags('rulebook')
@Allow('rule-author', 'approver', 'authority')
@Scoped('rules')
@Controller('v1/rules/drafts')
export class DraftsController {
  constructor(
    private readonly drafts: RuleDrafts,
    private readonly publications: RulePublications,
    private readonly readings: RuleReadings,
  ) {}

  /**
   * Starts a draft. A document with faults is refused; each names its line, its place and a repair.
   */
  @Post()
  @Allow('rule-author', 'authority')
  @ApiCreatedResponse({ type: RuleDraftDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewRuleDraftDto,
  ): Promise<RuleDraftDto> {
    return this.drafts.create(principal, body.document);
  }

  /**
   * Says everything about a text while it is written: findings, examples, what it means in words and
   * what it would change. Stores nothing; a text that is no document yet is answered, not refused.
   */
  @Post('check')
  @HttpCode(200)
  check(@Body() body: NewRuleDraftDto): Promise<RuleCheckDto> {
    return this.readings.check(body.document);
  }

  /** Drafts of your institution, for an authority of all institutions; newest first. */
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: RuleDraftsQuery,
  ): Promise<RuleDraftPageDto> {
    return this.drafts.list(principal, query);
  }

  /** A draft with its text, how its examples come out, and everything that was done to it. */
  @Get(':id')
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RuleDraftDto> {
    return this.drafts.show(principal, id);
  }

  /** Rewrites a draft, or one that was rejected. */
  @Put(':id')
  @Allow('rule-author', 'authority')
  replace(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: NewRuleDraftDto,
  ): Promise<RuleDraftDto> {
    return this.drafts.replace(principal, id, body.document);
  }

  /** What is wrong or doubtful: in the document, among all rules, and against the catalogue. */
  @Get(':id/lint')
  lint(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RuleLintDto> {
    return this.drafts.lint(principal, id);
  }

  /** Hands the draft to a second person. Its examples must come out as written. */
  @Post(':id/submission')
  @Allow('rule-author', 'authority')
  @HttpCode(200)
  submit(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RuleDraftDto> {
    return this.drafts.submit(principal, id);
  }

  /** Agrees to a submitted draft, as somebody who neither wrote nor submitted it. */
  @Post(':id/approval')
  @Allow('approver', 'authority')
  @HttpCode(200)
  approve(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: RuleApprovalDto,
  ): Promise<RuleDraftDto> {
    return this.publications.approve(principal, id, body);
  }

  /** Sends a submitted or approved draft back to be rewritten. */
  @Post(':id/rejection')
  @Allow('approver', 'authority')
  @HttpCode(200)
  reject(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: RuleRejectionDto,
  ): Promise<RuleDraftDto> {
    return this.publications.reject(principal, id, body);
  }

  /**
   * Publishes an approved draft from a day on. The version never changes again; the one that
   * governed until then ends the day before, and the queue looks again at everybody it can touch.
   */
  @Post(':id/publication')
  @HttpCode(200)
  publish(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: RulePublicationDto,
  ): Promise<PublishedRuleDto> {
    return this.publications.publish(principal, id, body);
  }
}
