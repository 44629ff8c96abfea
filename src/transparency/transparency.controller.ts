import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, type Principal, Public, Scoped } from '../platform/auth/index.js';
import { Cosignatures } from './cosignatures.js';
import { sendImmutable, tilePathOf } from './immutable.js';
import { AnswersCheckpoint, AnswersNote, RefusesCosignatures, RefusesSizes } from './log-routes.js';
import { LogReads } from './log.reads.js';
import {
  AcceptedCosignaturesDto,
  ConsistencyProofDto,
  ConsistencyQuery,
  CosignatureDto,
  EntryProofDto,
  LogHeadDto,
  LogKeyDto,
} from './transparency.dto.js';

const BYTES = 'application/octet-stream';

/** The public log: C2SP tlog-tiles under `/v1/log`, readable by everybody and without a credential. */
@ApiTags('transparency')
@Public()
@Controller('v1/log')
export class LogController {
  constructor(
    private readonly reads: LogReads,
    private readonly cosignatures: Cosignatures,
  ) {}

  /** The newest checkpoint: how many entries the log has and their root, signed (C2SP signed-note). */
  @Get('checkpoint')
  @AnswersCheckpoint('v1/log', 1200)
  checkpoint(): Promise<string> {
    return this.reads.checkpoint();
  }

  /** The newest checkpoint that a witness cosigned, with its cosignatures. */
  @Get('checkpoint/cosigned')
  @AnswersNote()
  @ApiNotFoundResponse({ description: 'not-cosigned-yet' })
  cosigned(): Promise<string> {
    return this.reads.cosignedCheckpoint();
  }

  /** What the newest checkpoint says, for people, and when it was signed. Proofs need the note. */
  @Get('head')
  head(): Promise<LogHeadDto> {
    return this.reads.head();
  }

  /** The log's name, the key that checks its signatures, and the witnesses it knows. */
  @Get('key')
  key(): Promise<LogKeyDto> {
    return this.reads.key();
  }

  @Get('tile/*')
  @ApiOperation({
    summary: 'A tile of hashes or a bundle of entries (C2SP tlog-tiles); never changes',
    description:
      '`<level>/<number>` is a tile of up to 256 hashes, `entries/<number>` the entries under a ' +
      'tile of level 0: for each, two bytes of length and the 32 bytes of its digest, made from the ' +
      'books at this moment; of length 0 where the books have no such entry. The number is written ' +
      'in groups of three digits, all but the last after an x; `.p/<width>` asks for the first ' +
      'hashes of a tile that is not full.',
  })
  @ApiParam({
    name: 'path',
    type: String,
    example: '0/x001/x234/067',
    description: 'Level and number',
  })
  @ApiProduces(BYTES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiBadRequestResponse({ description: 'tile-path-malformed' })
  @ApiNotFoundResponse({ description: 'beyond-the-log' })
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendImmutable(request, reply, await this.reads.tile(tilePathOf(request)));
  }

  /** Proof that the log of size `to` only adds to the log of size `from`. */
  @Get('proof/consistency')
  @RefusesSizes()
  consistency(@Query() query: ConsistencyQuery): Promise<ConsistencyProofDto> {
    return this.reads.consistency(Number(query.from), Number(query.to));
  }

  /**
   * Takes in a cosignature. The witness needs no account: its key stands in LOG_WITNESSES, and its
   * signature is what counts. The same again changes nothing.
   */
  @Post('cosignatures')
  @RefusesCosignatures()
  async cosign(@Body() body: CosignatureDto): Promise<AcceptedCosignaturesDto> {
    return { accepted: await this.cosignatures.add(body.checkpoint) };
  }
}

@ApiTags('transparency')
@Allow('learner', 'registrar', 'issuer', 'admissions', 'authority', 'operator')
@Scoped('ledger')
@Controller('v1/entries')
export class EntryProofController {
  constructor(private readonly reads: LogReads) {}

  /** Proof that the public log holds an entry, for whoever may read the entry. */
  @Get(':id/proof')
  @OnBehalf('see', { purpose: 'entry-proof', fields: ['statement'] })
  @ApiNotFoundResponse({ description: 'not-found' })
  @ApiConflictResponse({ description: 'not-in-the-log-yet, with Retry-After' })
  proof(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<EntryProofDto> {
    return this.reads.entryProof(principal, id);
  }
}
