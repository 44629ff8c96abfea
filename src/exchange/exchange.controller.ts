import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Allow, CurrentPrincipal, type Principal, Public, Scoped } from '../platform/auth/index.js';
import {
  ElmoReadingDto,
  ExchangeDocumentDto,
  ExchangeQuery,
  SigningKeysDto,
} from './exchange.dto.js';
import { Exchange } from './exchange.service.js';
import { SigningKeys } from './signing-keys.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const BINARY = { schema: { type: 'string', format: 'binary' } };

@ApiTags('exchange')
@Allow('learner', 'registrar', 'admissions', 'authority')
@Scoped('exchange', 'read')
@Controller('v1')
export class ExchangeController {
  constructor(
    private readonly exchange: Exchange,
    private readonly keys: SigningKeys,
  ) {}

  /** A learner's record in the open exchange format, `credit-bank-exchange/1`; `me` for your own. */
  @Get('learners/:id/exchange')
  @Header('cache-control', 'no-store')
  document(
    @CurrentPrincipal() principal: Principal,
    @Param('id') learner: string,
    @Query() { documents = 'none' }: ExchangeQuery,
  ): Promise<ExchangeDocumentDto> {
    return this.exchange.document(principal, { learner, documents });
  }

  /** The same as a workbook; a school can send it back as an import. */
  @Get('learners/:id/exchange.xlsx')
  @Header('cache-control', 'no-store')
  @ApiProduces(XLSX)
  @ApiOkResponse(BINARY)
  async workbook(
    @CurrentPrincipal() principal: Principal,
    @Param('id') learner: string,
    @Query() { documents = 'none' }: ExchangeQuery,
  ): Promise<StreamableFile> {
    const bytes = await this.exchange.workbook(principal, { learner, documents });
    const disposition = 'attachment; filename="record.xlsx"';
    const stream = Readable.from(bytes, { objectMode: false });
    return new StreamableFile(stream, { type: XLSX, disposition });
  }

  /** The same as ELMO 1.7.0 XML with an enveloped signature of the bank. */
  @Get('learners/:id/elmo.xml')
  @Header('cache-control', 'no-store')
  @ApiProduces('application/xml')
  @ApiOkResponse(BINARY)
  async elmo(
    @CurrentPrincipal() principal: Principal,
    @Param('id') learner: string,
    @Query() { documents = 'none' }: ExchangeQuery,
  ): Promise<StreamableFile> {
    const xml = await this.exchange.elmo(principal, { learner, documents });
    const disposition = 'attachment; filename="elmo.xml"';
    return new StreamableFile(Buffer.from(xml), { type: 'application/xml', disposition });
  }

  /**
   * Reads an ELMO file of any bank: who signed it, and what it claims, line by line. Nothing is kept and
   * nothing becomes credit; the school that answers for an outcome posts it as its own.
   */
  @Post('exchange/elmo')
  @HttpCode(200)
  @Allow('learner', 'registrar', 'issuer', 'admissions')
  @Header('cache-control', 'no-store')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  read(@Req() request: FastifyRequest): Promise<ElmoReadingDto> {
    return this.exchange.read(request);
  }

  /** The keys by which files are known that this bank signed. */
  @Get('exchange/signing-keys')
  @Public()
  signingKeys(): Promise<SigningKeysDto> {
    return this.keys.list();
  }
}
