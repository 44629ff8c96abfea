import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RevocationQuery } from '../outcomes/index.js';
import { Allow, CurrentPrincipal, type Principal, Scoped } from '../platform/auth/index.js';
import {
  ApiIdempotencyKey,
  IdempotencyKey,
  PageQuery,
  announceReplay,
} from '../platform/http/index.js';
import { ProposalDto } from '../proposals/index.js';
import {
  NewRevocationBatchDto,
  RevocationBatchDto,
  RevocationBatchPageDto,
  RevocationPreviewDto,
} from './revocations.dto.js';
import { type OrderAnswer, Revocations } from './revocations.service.js';

@ApiTags('revocations')
@Allow('authority')
@Scoped('revocations')
@Controller('v1/revocations')
export class RevocationsController {
  constructor(private readonly revocations: Revocations) {}

  /**
   * Takes back what one institution posted, learner by learner, each with everything that rests on
   * it, all or nothing per learner. Sweeps follow each other until one finds nothing: what the
   * institution posts meanwhile is taken too, what it posts after the last sweep stands. With
   * `preview=true` it only counts. What takes two people (much credit, many learners, an old period)
   * is proposed when the digest of the preview is sent along, for a second person to confirm.
   */
  @Post()
  @HttpCode(202)
  @ApiIdempotencyKey()
  @ApiExtraModels(ProposalDto, RevocationBatchDto, RevocationPreviewDto)
  @ApiAcceptedResponse({
    description: 'An order that the queue carries out; or a proposal that waits for somebody else.',
    schema: {
      oneOf: [{ $ref: getSchemaPath(RevocationBatchDto) }, { $ref: getSchemaPath(ProposalDto) }],
    },
  })
  @ApiOkResponse({
    description: 'A preview; or the same key was used before.',
    schema: {
      oneOf: [
        { $ref: getSchemaPath(RevocationPreviewDto) },
        { $ref: getSchemaPath(RevocationBatchDto) },
      ],
    },
  })
  async order(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewRevocationBatchDto,
    @Query() query: RevocationQuery,
    @IdempotencyKey() key: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RevocationBatchDto | RevocationPreviewDto | ProposalDto> {
    return query.preview === true
      ? answerAtOnce(reply, await this.revocations.preview(body))
      : announce(reply, await this.revocations.order(principal, body, key));
  }

  /** Every order and how far it has come, the newest first. */
  @Get()
  list(@Query() query: PageQuery): Promise<RevocationBatchPageDto> {
    return this.revocations.list(query);
  }

  /** An order and how far it has come. */
  @Get(':id')
  show(@Param('id') id: string): Promise<RevocationBatchDto> {
    return this.revocations.show(id);
  }

  /** Cancels an order that has not begun; afterwards it is refused. */
  @Post(':id/cancellation')
  @HttpCode(200)
  cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<RevocationBatchDto> {
    return this.revocations.cancel(principal, id);
  }
}

function answerAtOnce<T>(reply: FastifyReply, answer: T): T {
  reply.status(200);
  return answer;
}

function announce(
  reply: FastifyReply,
  made: OrderAnswer | ProposalDto,
): RevocationBatchDto | ProposalDto {
  if (!('batch' in made)) return made;
  if (made.isReplay) announceReplay(reply);
  return made.batch;
}
