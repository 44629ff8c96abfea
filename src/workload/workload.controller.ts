import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { Allow, CurrentPrincipal, type Principal, Public, Scoped } from '../platform/auth/index.js';
import { ProposalDto } from '../proposals/index.js';
import { CoefficientListDto, NewCoefficientDto } from './coefficients.dto.js';
import { TrainingIncomeDto, NewTrainingIncomeDto } from './income.dto.js';
import { WorkloadCoefficients } from './coefficients.service.js';
import { WorkloadEvidence } from './evidence.service.js';
import { WorkloadStatements } from './statements.service.js';
import {
  EvidenceQuery,
  NewWorkloadStatementDto,
  WorkloadStatementDto,
  WorkloadStatementListDto,
  WorkloadDto,
  WorkloadEntriesQuery,
  WorkloadEntryPageDto,
  WorkloadQuery,
} from './workload.dto.js';
import { Workload } from './workload.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('workload')
@ApiNotFoundResponse({ description: 'not-found: unknown, or of another institution' })
@Allow('registrar', 'issuer', 'manager', 'authority')
@Scoped('operations')
@Controller('v1/workload')
export class WorkloadController {
  constructor(
    private readonly workload: Workload,
    private readonly statements: WorkloadStatements,
    private readonly evidence: WorkloadEvidence,
    private readonly coefficients: WorkloadCoefficients,
  ) {}

  /**
   * Hours of completed trainings times dated coefficients, as units and full-time equivalents: your
   * own institution's, or for the authority anybody's. Income is stated beside it; no money is moved.
   */
  @Get()
  show(
    @CurrentPrincipal() principal: Principal,
    @Query() query: WorkloadQuery,
  ): Promise<WorkloadDto> {
    return this.workload.show(principal, query);
  }

  /** The trainings behind the lines, by day, down to entry and proof. People are pseudonyms. */
  @Get('entries')
  entries(
    @CurrentPrincipal() principal: Principal,
    @Query() query: WorkloadEntriesQuery,
  ): Promise<WorkloadEntryPageDto> {
    return this.workload.entries(principal, query);
  }

  /** The same as a workbook for an auditor, of a closed statement or of a period as it is known now. */
  @Get('evidence.xlsx')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @CurrentPrincipal() principal: Principal,
    @Query() query: EvidenceQuery,
  ): Promise<StreamableFile> {
    const { fileName, bytes } = await this.evidence.download(principal, query);
    const name = encodeURIComponent(fileName);
    return new StreamableFile(Readable.from(bytes, { objectMode: false }), {
      type: XLSX,
      disposition: `attachment; filename="workload.xlsx"; filename*=UTF-8''${name}`,
    });
  }

  /** How trainings are weighed, with everything that was ever laid down. */
  @Public()
  @Get('coefficients')
  listCoefficients(): Promise<CoefficientListDto> {
    return this.coefficients.list();
  }

  /** Proposes a coefficient; it counts once a second person of the authority has confirmed it. */
  @Allow('authority')
  @Post('coefficients')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ProposalDto })
  propose(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewCoefficientDto,
  ): Promise<ProposalDto> {
    return this.coefficients.propose(principal, body);
  }

  /** Closed statements of an institution, the newest first. */
  @Get('statements')
  listStatements(
    @CurrentPrincipal() principal: Principal,
    @Query() query: WorkloadQuery,
  ): Promise<WorkloadStatementListDto> {
    return this.statements.list(principal, query);
  }

  /** Closes a period that is over. It stays so: corrections stand in the next statement. */
  @Allow('authority')
  @Post('statements')
  @ApiCreatedResponse({ type: WorkloadStatementDto })
  close(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewWorkloadStatementDto,
  ): Promise<WorkloadStatementDto> {
    return this.statements.close(principal, body);
  }

  /** One closed statement. */
  @Get('statements/:id')
  showStatement(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<WorkloadStatementDto> {
    return this.statements.show(principal, id);
  }

  /** States the income of a training project of your institution, with its document. */
  @Allow('registrar', 'issuer', 'manager')
  @Post('income')
  @ApiCreatedResponse({ type: TrainingIncomeDto })
  stateIncome(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewTrainingIncomeDto,
  ): Promise<TrainingIncomeDto> {
    return this.workload.stateIncome(principal, body);
  }
}
