import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiParam,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Public } from '../platform/auth/index.js';
import { notFound } from '../platform/http/index.js';
import {
  AcceptedCosignaturesDto,
  ConsistencyProofDto,
  ConsistencyQuery,
  CosignatureDto,
} from '../transparency/index.js';
import { SealDto } from './seals.dto.js';
import { SealsReads } from './seals.reads.js';

/** The log of seals, readable by everybody and without a credential (docs/proofs.md). */
@ApiTags('transparency')
@Public()
@Controller('v1/log/seals')
export class SealsController {
  constructor(private readonly reads: SealsReads) {}

  /** The newest checkpoint of the log of seals, signed (C2SP tlog-checkpoint). */
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({
    schema: {
      type: 'string',
      example:
        'bank.example/v1/log/seals\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
        '— bank.example/v1/log/seals Az3grlgtzPICa5OS8npVmf1Myq/5IZni…\n',
    },
  })
  checkpoint(): Promise<string> {
    return this.reads.checkpoint();
  }

  /** Proof that the log of seals of size `to` only adds to the one of size `from`. */
  @Get('proof/consistency')
  @ApiBadRequestResponse({ description: 'invalid-fields, malformed-request' })
  @ApiNotFoundResponse({ description: 'beyond-the-log' })
  consistency(@Query() query: ConsistencyQuery): Promise<ConsistencyProofDto> {
    return this.reads.consistency(Number(query.from), Number(query.to));
  }

  /** Takes in a cosignature of a witness that stands in LOG_WITNESSES. */
  @Post('cosignatures')
  @ApiUnprocessableEntityResponse({ description: 'cosignature-refused' })
  @ApiConflictResponse({ description: 'checkpoint-of-another-history' })
  cosign(@Body() body: CosignatureDto): Promise<AcceptedCosignaturesDto> {
    return this.reads.cosign(body.checkpoint);
  }

  /** One seal. The leaf of the log of seals is made of its values, one a line. */
  @Get(':number')
  @ApiParam({ name: 'number', example: '41' })
  @ApiNotFoundResponse({ description: 'beyond-the-log, not-found' })
  seal(@Param('number') number: string): Promise<SealDto> {
    if (!/^(0|[1-9]\d{0,14})$/.test(number)) throw notFound();
    return this.reads.seal(Number(number));
  }
}
