import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { OnBehalf } from '../learners/index.js';
import {
  Allow,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  Public,
  Scoped,
} from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { QuotaCheckDto } from './candidacies.dto.js';
import { Candidacies } from './candidacies.service.js';
import { Candidates } from './candidates.service.js';
import {
  CandidacyDto,
  CandidatePageDto,
  CandidatesQuery,
  EligibilityDto,
  EligibilityQuery,
  EvidencePaperQuery,
  NewCandidacyDto,
} from './eligibility.dto.js';
import { Eligibilities } from './eligibilities.service.js';
import { EvidencePapers } from './evidence-papers.service.js';
import { SchemeSimulations } from './scheme-simulations.service.js';
import {
  NewPlacesDto,
  NewSchemeDto,
  SchemeDetailDto,
  SchemePageDto,
  SchemesQuery,
} from './schemes.dto.js';
import { Schemes } from './schemes.service.js';
import {
  NewSchemeSimulationDto,
  SchemeSimulationDto,
  SchemeSimulationPageDto,
} from './simulations.dto.js';

const PDF = 'application/pdf';
/** Those who may ask of a learner whose records they may read. */
const ASKING = ['learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator'] as const;

@ApiTags('admission')
@ApiNotFoundResponse({ description: 'not-found' })
@Controller('v1/admission-schemes')
export class SchemesController {
  constructor(
    private readonly schemes: Schemes,
    private readonly eligibilities: Eligibilities,
    private readonly papers: EvidencePapers,
    private readonly candidacies: Candidacies,
    private readonly candidates: Candidates,
    private readonly simulations: SchemeSimulations,
  ) {}

  /** Admission schemes with their days, rules and places, newest first. */
  @Public()
  @Scoped('rules')
  @Get()
  list(@Query() query: SchemesQuery): Promise<SchemePageDto> {
    return this.schemes.list(query);
  }

  /** One scheme with its rules, the questions that its sources leave open, and the parts of the score. */
  @Public()
  @Scoped('rules')
  @Get(':code')
  show(@Param('code') code: string): Promise<SchemeDetailDto> {
    return this.schemes.show(code);
  }

  /**
   * Publishes the plan of a year around the rules that are in force on its first day. It never changes;
   * only the number of places can.
   */
  @Allow('authority')
  @Scoped('rules')
  @Post()
  publish(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewSchemeDto,
  ): Promise<SchemeDetailDto> {
    return this.schemes.publish(principal, body);
  }

  /** Changes how many places there are; never below who is admitted. */
  @Allow('authority')
  @Scoped('rules')
  @Put(':code/places/:place')
  setPlaces(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Param('place') place: string,
    @Body() body: NewPlacesDto,
  ): Promise<SchemeDetailDto> {
    return this.schemes.setPlaces(principal, code, place, body.places);
  }

  /**
   * Whether the rules of the scheme call a learner eligible, clause by clause, with the outcomes behind
   * each, their entries and proofs, and what is missing. Decided anew whenever somebody asks: what was
   * taken back since counts no longer. Offices ask of people whom they may read.
   */
  @Allow(...ASKING)
  @Scoped('applications', 'read')
  @OnBehalf('see', { purpose: 'admission', fields: ['outcomes'] })
  @Get(':code/eligibility')
  @Header('cache-control', 'no-store')
  eligibility(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Query() { learner }: EligibilityQuery,
  ): Promise<EligibilityDto> {
    return this.eligibilities.ask(principal, code, learner);
  }

  /**
   * Your evidence as a PDF in Chinese and English, with the code of a proof of yours, a QR code, the
   * bank's seal over every byte, and a signed record inside that can be checked offline.
   */
  @Allow('learner')
  @PeopleOnly()
  @OnBehalf('see', { purpose: 'admission', fields: ['name', 'documents', 'outcomes'] })
  @Get(':code/evidence.pdf')
  @Header('cache-control', 'no-store')
  @ApiProduces(PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiConflictResponse({ description: 'share-ended' })
  async print(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Query() { share }: EvidencePaperQuery,
  ): Promise<StreamableFile> {
    const bytes = await this.papers.print(principal, code, share);
    return new StreamableFile(bytes, {
      type: PDF,
      disposition: 'attachment; filename="admission-evidence.pdf"',
      length: bytes.length,
    });
  }

  /** Applies for a place, while the scheme is open and the rules call you eligible. */
  @Allow('learner')
  @Scoped('applications')
  @OnBehalf('apply', { purpose: 'admission-made', fields: ['outcomes'] })
  @Post(':code/candidacies')
  @ApiConflictResponse({
    description: 'admission-not-open, admission-not-eligible, admission-applied-already',
  })
  apply(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Body() body: NewCandidacyDto,
  ): Promise<CandidacyDto> {
    return this.candidacies.apply(principal, code, body.place);
  }

  /**
   * Who applied for the places of your office, each judged anew: whether the rules still say what they
   * said when the learner applied. Everybody shown has a line in the access log.
   */
  @Allow('admissions')
  @Scoped('applications', 'read')
  @Get(':code/candidacies')
  @Header('cache-control', 'no-store')
  listCandidates(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Query() query: CandidatesQuery,
  ): Promise<CandidatePageDto> {
    return this.candidates.list(principal, code, query);
  }

  /**
   * Places against people: admitted, free, eligible and waiting, over or under, and a tie at the last
   * place in words. Of your own office; the authority sees all. Counts only.
   */
  @Allow('admissions', 'authority', 'operator')
  @Scoped('applications', 'read')
  @Get(':code/quota-check')
  check(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
  ): Promise<QuotaCheckDto> {
    return this.candidates.check(principal, code);
  }

  /**
   * Looks who of a year's graduates would be eligible, and compares with another version of the rules or
   * another reading of what their sources leave open. Nothing is decided or changed.
   */
  @Allow('authority')
  @Scoped('rules')
  @Post(':code/simulations')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: SchemeSimulationDto })
  simulate(
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
    @Body() body: NewSchemeSimulationDto,
  ): Promise<SchemeSimulationDto> {
    return this.simulations.order(principal, code, body);
  }

  /**
   * Simulations of a scheme, newest first. Those that were meant for everybody are public, without
   * numbers of fewer than ten people.
   */
  @Public()
  @Scoped('rules')
  @Get(':code/simulations')
  listSimulations(
    @CurrentPrincipal() principal: Principal | undefined,
    @Param('code') code: string,
    @Query() query: PageQuery,
  ): Promise<SchemeSimulationPageDto> {
    return this.simulations.list(principal, code, query);
  }

  /** How far a simulation has come, and what it has seen. */
  @Public()
  @Scoped('rules')
  @Get(':code/simulations/:id')
  showSimulation(
    @CurrentPrincipal() principal: Principal | undefined,
    @Param('code') code: string,
    @Param('id') id: string,
  ): Promise<SchemeSimulationDto> {
    return this.simulations.show(principal, code, id);
  }
}
