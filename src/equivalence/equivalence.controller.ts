import { Readable } from 'node:stream';
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
  Req,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { Batches } from './batches.service.js';
import { BatchRowPageDto, BatchRowsQuery } from './batch-rows.dto.js';
import {
  EquivalenceAnswerDto,
  EquivalenceBatchDto,
  EquivalenceBatchPageDto,
  EquivalenceBatchesQuery,
  EquivalenceQuestionDto,
  EquivalenceQuotaDto,
  EquivalenceQuotasDto,
  NewEquivalenceQuotaDto,
} from './equivalence.dto.js';
import { Equivalence } from './equivalence.service.js';
import { Quotas } from './quotas.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('equivalence')
@Allow('admissions', 'registrar')
@Scoped('equivalence')
@Controller('v1/equivalence')
export class EquivalenceController {
  constructor(
    private readonly equivalence: Equivalence,
    private readonly batches: Batches,
    private readonly quotas: Quotas,
  ) {}

  /**
   * Does this learner's record count for that programme on that day? The answer names the clauses, the
   * version of the rules and the nearest missing piece. Where you may not see the record, where nobody
   * fits, and where a code or consent has ended, it is `not-checked` and nothing more. Each question
   * counts against the quota of your office; the learner sees that you asked.
   */
  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  ask(
    @CurrentPrincipal() principal: Principal,
    @Body() question: EquivalenceQuestionDto,
    @Req() request: FastifyRequest,
  ): Promise<EquivalenceAnswerDto> {
    return this.equivalence.ask(principal, question, request.ip);
  }

  /** How many people your office may ask about today, and how many it has. */
  @Get('quota')
  quota(@CurrentPrincipal() principal: Principal): Promise<EquivalenceQuotaDto> {
    return this.quotas.show(principal);
  }

  /** How many people each office may ask about in a day, and how many it has today. */
  @Get('quotas')
  @Allow('authority', 'operator')
  listQuotas(): Promise<EquivalenceQuotasDto> {
    return this.quotas.list();
  }

  /** Sets how many people an office may ask about in a day, by the office's code. */
  @Put('quotas/:institution')
  @Allow('authority')
  setQuota(
    @CurrentPrincipal() principal: Principal,
    @Param('institution') institution: string,
    @Body() body: NewEquivalenceQuotaDto,
  ): Promise<EquivalenceQuotaDto> {
    return this.quotas.set(principal, institution, body.rowsPerDay);
  }

  /**
   * Sends a list, at most as many rows as are left of today's quota. Columns, by any of these names:
   * 姓名 name, 证件类型 documentKind, 证件号码 documentNumber, or 验证码 shareCode (验证码PIN sharePin), or 学习者编号 learner;
   * 专业代码 programme and 核对日期 on where rows differ from the form. It is read and answered in the
   * background.
   */
  @Post('batches')
  @HttpCode(202)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        programme: { type: 'string', example: 'YC-LOG-2026' },
        on: { type: 'string', format: 'date', example: '2026-11-23' },
      },
    },
  })
  @ApiAcceptedResponse({ type: EquivalenceBatchDto })
  receive(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<EquivalenceBatchDto> {
    return this.batches.receive(principal, request);
  }

  /** The lists of your office, newest first. */
  @Get('batches')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: EquivalenceBatchesQuery,
  ): Promise<EquivalenceBatchPageDto> {
    return this.batches.list(principal, query);
  }

  /** Where a list stands. */
  @Get('batches/:id')
  show(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<EquivalenceBatchDto> {
    return this.batches.show(principal, id);
  }

  /** The answers row by row, also those so far while the list is being answered. */
  @Get('batches/:id/rows')
  @Header('cache-control', 'no-store')
  rows(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: BatchRowsQuery,
  ): Promise<BatchRowPageDto> {
    return this.batches.rows(principal, id, query);
  }

  /** The answers as a workbook, for seven days and for your office only. */
  @Get('batches/:id/result.xlsx')
  @Header('cache-control', 'no-store')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async result(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<StreamableFile> {
    const { fileName, bytes } = await this.batches.result(principal, id);
    const disposition = `attachment; filename="answers.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
    return new StreamableFile(Readable.from([bytes]), { type: XLSX, disposition });
  }
}
