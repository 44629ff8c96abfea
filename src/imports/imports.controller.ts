import {
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Sse,
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
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { type Observable, from } from 'rxjs';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import { PageQuery, started } from '../platform/http/index.js';
import { ImportDto, ImportPageDto, RowFaultPageDto, RowFaultsQuery } from './imports.dto.js';
import { type ImportEvent, ImportsService } from './imports.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('imports')
@Allow('registrar', 'issuer')
@Scoped('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(private readonly service: ImportsService) {}

  /**
   * Sends a file of completions. It is stored, then checked row by row in the background; nothing
   * is posted before the commit. Watch it by `events` or by asking for it again.
   */
  @Post()
  @HttpCode(202)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        format: { type: 'string', enum: ['csv', 'xlsx', 'json', 'ndjson'] },
        encoding: { type: 'string', enum: ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] },
      },
    },
  })
  @ApiAcceptedResponse({ type: ImportDto })
  receive(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ImportDto> {
    return this.service.receive(principal, request);
  }

  /** The imports of your institution, newest first. */
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: PageQuery,
  ): Promise<ImportPageDto> {
    return this.service.list(principal, query);
  }

  /** Where an import stands: counts, progress, and why it failed if it did. */
  @Get(':id')
  get(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ImportDto> {
    return this.service.get(principal, id);
  }

  /** What is wrong, cell by cell: where, what stands there (masked), why, and what to change. */
  @Get(':id/rows')
  listRows(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: RowFaultsQuery,
  ): Promise<RowFaultPageDto> {
    return this.service.listRows(principal, id, query);
  }

  /**
   * Server-sent events: `progress` while the import moves and `done` when it rests, each with the
   * body of `GET /v1/imports/{id}`.
   */
  @Sse(':id/events')
  @ApiProduces('text/event-stream')
  async watch(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<Observable<ImportEvent>> {
    return from(await started(this.service.watch(principal, id)));
  }

  /** Posts every row that fits. Safe to ask again; what is posted stays posted once. */
  @Post(':id/commit')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ImportDto })
  commit(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ImportDto> {
    return this.service.commit(principal, id);
  }

  /**
   * The faulty rows as a workbook: original columns untouched, bad cells painted, reason and advice
   * in Chinese. Correct it and send it in again.
   */
  @Get(':id/corrections.xlsx')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async corrections(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<StreamableFile> {
    return toDownload(await this.service.corrections(principal, id));
  }
}

function toDownload(file: { fileName: string; bytes: AsyncGenerator<Buffer> }): StreamableFile {
  const disposition = `attachment; filename="corrections.xlsx"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`;
  return new StreamableFile(Readable.from(file.bytes, { objectMode: false }), {
    type: XLSX,
    disposition,
  });
}
