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
  ApiBody,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { REPORT_FORMAT } from '#libs/reports';
import { Allow, CurrentPrincipal, type Principal, Public, Scoped } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import {
  AnswersCheckpoint,
  ConsistencyProofDto,
  ConsistencyQuery,
  RefusesSizes,
} from '../transparency/index.js';
import { ReportPapers } from './papers/report-papers.service.js';
import {
  NewReportDto,
  NewScheduleDto,
  PaperQuery,
  ReportCheckDto,
  ReportComparisonDto,
  ReportDto,
  ReportPageDto,
  ScheduleDto,
} from './reports.dto.js';
import { Reports } from './reports.service.js';
import { ReportSchedules } from './schedule/schedule.service.js';

const PDF = 'application/pdf';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const BINARY = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('reports')
@Controller('v1/reports')
@Scoped('operations')
export class ReportsController {
  constructor(
    private readonly reports: Reports,
    private readonly papers: ReportPapers,
    private readonly schedules: ReportSchedules,
  ) {}

  /** Published monitoring reports, the newest first. Each is frozen: it never changes. */
  @Public()
  @Get()
  list(@Query() query: PageQuery): Promise<ReportPageDto> {
    return this.reports.list(query);
  }

  /** Publishes a report about a period: everything as it is at this moment, signed and in the log. */
  @Allow('authority')
  @Post()
  @ApiUnprocessableEntityResponse({ description: 'report-period-not-begun' })
  publish(
    @CurrentPrincipal() principal: Principal,
    @Body() { period }: NewReportDto,
  ): Promise<ReportDto> {
    return this.reports.publish(principal, period);
  }

  /** On which days of the year reports appear by themselves. */
  @Public()
  @Get('schedule')
  schedule(): Promise<ScheduleDto> {
    return this.schedules.show();
  }

  /** Lays down when reports appear by themselves; the schedule before no longer counts. */
  @Allow('authority')
  @Post('schedule')
  setSchedule(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewScheduleDto,
  ): Promise<ScheduleDto> {
    return this.schedules.set(principal, body);
  }

  /** Checks a report file: its signature, and that the log of reports holds it as it is. */
  @Public()
  @Post('checks')
  @HttpCode(200)
  @ApiBody({ schema: { type: 'object', example: { format: REPORT_FORMAT } } })
  check(@Body() file: object): Promise<ReportCheckDto> {
    return this.reports.check(file);
  }

  /** The report as it was signed, with its way into the log: `creditbank verify` checks it offline. */
  @Public()
  @Get(':id.json')
  @ApiOkResponse({ schema: { type: 'object', example: { format: REPORT_FORMAT } } })
  @ApiNotFoundResponse({ description: 'not-found' })
  file(@Param('id') id: string): Promise<object> {
    return this.reports.file(id);
  }

  /** The report as a tagged PDF in one language, sealed by the bank, the signed report attached. */
  @Public()
  @Get(':id.pdf')
  @ApiProduces(PDF)
  @ApiOkResponse(BINARY)
  @ApiNotFoundResponse({ description: 'not-found' })
  async pdf(@Param('id') id: string, @Query() { language }: PaperQuery): Promise<StreamableFile> {
    return sent(await this.papers.print(id, language ?? 'zh-CN'), PDF, `report-${id}.pdf`);
  }

  /** The report as a workbook: figures, parts, definitions, inputs, conditions, warnings. */
  @Public()
  @Get(':id.xlsx')
  @ApiProduces(XLSX)
  @ApiOkResponse(BINARY)
  @ApiNotFoundResponse({ description: 'not-found' })
  async xlsx(@Param('id') id: string, @Query() { language }: PaperQuery): Promise<StreamableFile> {
    return sent(await this.papers.workbook(id, language ?? 'zh-CN'), XLSX, `report-${id}.xlsx`);
  }

  /** One report as it was frozen. */
  @Public()
  @Get(':id')
  @ApiNotFoundResponse({ description: 'not-found' })
  show(@Param('id') id: string): Promise<ReportDto> {
    return this.reports.show(id);
  }

  /** What changed since a report was frozen: its figures, and those of the same period now. */
  @Public()
  @Get(':id/changes')
  @ApiNotFoundResponse({ description: 'not-found' })
  changes(@Param('id') id: string): Promise<ReportComparisonDto> {
    return this.reports.changes(id);
  }

  /** A report against another: `before` is the other one. */
  @Public()
  @Get(':id/comparison/:other')
  @ApiNotFoundResponse({ description: 'not-found' })
  compare(@Param('id') id: string, @Param('other') other: string): Promise<ReportComparisonDto> {
    return this.reports.compare(id, other);
  }
}

function sent(bytes: Buffer, type: string, name: string): StreamableFile {
  const disposition = `attachment; filename="${name}"`;
  return new StreamableFile(bytes, { type, disposition, length: bytes.length });
}

/** The log of reports, readable by everybody. */
@ApiTags('transparency')
@Public()
@Controller('v1/log/reports')
export class ReportLogController {
  constructor(private readonly reports: Reports) {}

  /** The newest checkpoint of the log of reports, signed (C2SP tlog-checkpoint). */
  @Get('checkpoint')
  @AnswersCheckpoint('v1/log/reports', 3)
  checkpoint(): Promise<string> {
    return this.reports.checkpoint();
  }

  /** Proof that the log of reports of size `to` only adds to the one of size `from`. */
  @Get('proof/consistency')
  @RefusesSizes()
  consistency(@Query() query: ConsistencyQuery): Promise<ConsistencyProofDto> {
    return this.reports.consistency(Number(query.from), Number(query.to));
  }
}
