import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNotFoundResponse, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  Public,
  Scoped,
} from '../platform/auth/index.js';
import { ProposalDto } from '../proposals/index.js';
import {
  EnrolledListDto,
  EnrolmentActDto,
  EnrolmentDto,
  EnrolmentPageDto,
  EnrolmentsQuery,
  NewEnrolmentsDto,
} from './enrolments.dto.js';
import { NewRunDto, RunDto, RunQuery } from './gates.dto.js';
import { PathwayEnrolments } from './enrolments.service.js';
import { PathwayFiguresDto, PathwayFiguresQuery } from './figures.dto.js';
import { PathwayFigures } from './figures.service.js';
import { PathwayGates } from './gates.service.js';
import {
  PathwayDetailDto,
  PathwayListDto,
  PathwayReadingDto,
  PathwayTextDto,
  PublishPathwayDto,
} from './pathways.dto.js';
import { PathwayPublications } from './publications.service.js';

@ApiTags('pathways')
@ApiNotFoundResponse({ description: 'not-found: not there, or not of your institution' })
@Scoped('learners')
@Controller('v1/pathways')
export class PathwaysController {
  constructor(
    private readonly publications: PathwayPublications,
    private readonly enrolments: PathwayEnrolments,
    private readonly gates: PathwayGates,
    private readonly figures: PathwayFigures,
  ) {}

  /** The programmes of several stages at paired institutions (五年制, 三二分段), the newest version of each. */
  @Public()
  @Get()
  list(): Promise<PathwayListDto> {
    return this.publications.list();
  }

  /** Proposes a new pathway or version; a second person of the authority publishes it. */
  @Allow('authority')
  @PeopleOnly()
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ProposalDto })
  publish(
    @CurrentPrincipal() principal: Principal,
    @Body() body: PublishPathwayDto,
  ): Promise<ProposalDto> {
    return this.publications.propose(principal, body);
  }

  /**
   * Says what a document would be once it is published: stages, gates, places, rules in sentences.
   * Refuses what a publication refuses, and stores nothing.
   */
  @Allow('authority')
  @Post('check')
  @HttpCode(200)
  check(@Body() body: PathwayTextDto): Promise<PathwayReadingDto> {
    return this.publications.check(body);
  }

  /** One version with its document. */
  @Public()
  @Get(':id')
  show(@Param('id') id: string): Promise<PathwayDetailDto> {
    return this.publications.show(id);
  }

  /** How many joined, stand where and passed, by intake and for the pairing of the institutions. */
  @Allow('registrar', 'authority')
  @Get(':id/figures')
  read(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: PathwayFiguresQuery,
  ): Promise<PathwayFiguresDto> {
    return this.figures.read(principal, id, query);
  }

  /**
   * Learners of the pathway whom your institution knows of: a school its own, the paired college
   * those who came to its gate, the authority all. Each of them can see that you looked.
   */
  @Allow('registrar', 'authority')
  @Get(':id/enrolments')
  listEnrolments(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: EnrolmentsQuery,
  ): Promise<EnrolmentPageDto> {
    return this.enrolments.list(principal, id, query);
  }

  /** Enrols learners of the first stage, one or many; each has an answer of its own. */
  @Allow('registrar')
  @Post(':id/enrolments')
  @HttpCode(200)
  enrol(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: NewEnrolmentsDto,
  ): Promise<EnrolledListDto> {
    return this.enrolments.enrol(principal, id, body);
  }

  /** One learner: what happened, what her gates say today, and what carries over. */
  @Allow('registrar', 'authority')
  @Get(':id/enrolments/:enrolment')
  showEnrolment(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Param('enrolment') enrolment: string,
  ): Promise<EnrolmentDto> {
    return this.enrolments.show(principal, id, enrolment);
  }

  /**
   * What no gate decides: a change of major, leaving, a gate reopened because its evidence was taken
   * back. The institution of the present stage does it, as far as the rules of the pathway allow.
   */
  @Allow('registrar')
  @Post(':id/enrolments/:enrolment/events')
  @HttpCode(200)
  act(
    @CurrentPrincipal() principal: Principal,
    @Param('id') pathwayId: string,
    @Param('enrolment') id: string,
    @Body() body: EnrolmentActDto,
  ): Promise<EnrolmentDto> {
    return this.enrolments.act(principal, { pathwayId, id }, body);
  }

  /**
   * Judges a whole cohort at a gate: passed, failed, missing, with evidence and reasons. With
   * `preview=true` nothing changes; without it, send the `digest` of the preview to confirm it.
   */
  @Allow('registrar')
  @Post(':id/gates/:gate/runs')
  @HttpCode(200)
  run(
    @CurrentPrincipal() principal: Principal,
    @Param('id') pathwayId: string,
    @Param('gate') gateId: string,
    @Query() { preview: isPreview = false }: RunQuery,
    @Body() body: NewRunDto,
  ): Promise<RunDto> {
    return this.gates.run(principal, { pathwayId, gateId, isPreview }, body);
  }
}
