import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/auth/index.js';
import { notFound } from '../platform/http/index.js';
import {
  AcceptedCosignaturesDto,
  AnswersCheckpoint,
  ConsistencyProofDto,
  ConsistencyQuery,
  CosignatureDto,
  RefusesCosignatures,
  RefusesSizes,
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
  @AnswersCheckpoint('v1/log/seals', 42)
  checkpoint(): Promise<string> {
    return this.reads.checkpoint();
  }

  /** Proof that the log of seals of size `to` only adds to the one of size `from`. */
  @Get('proof/consistency')
  @RefusesSizes()
  consistency(@Query() query: ConsistencyQuery): Promise<ConsistencyProofDto> {
    return this.reads.consistency(Number(query.from), Number(query.to));
  }

  /** Takes in a cosignature of a witness that stands in LOG_WITNESSES. */
  @Post('cosignatures')
  @RefusesCosignatures()
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
