import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OnBehalf } from '../learners/index.js';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../platform/auth/index.js';
import {
  ApiIdempotencyKey,
  IdempotencyKey,
  PageQuery,
  announceReplay,
} from '../platform/http/index.js';
import {
  NewShareDto,
  ShareChangeDto,
  ShareDetailDto,
  ShareDto,
  SharePageDto,
} from './shares.dto.js';
import { Shares } from './shares.service.js';

@ApiTags('shares')
@Allow('learner')
@PeopleOnly()
@Controller('v1/shares')
export class SharesController {
  constructor(private readonly shares: Shares) {}

  /** Makes a code and a link that show your record until they end. */
  @Post()
  @OnBehalf('share', { purpose: 'share-made', fields: ['name', 'outcomes'] })
  @ApiIdempotencyKey()
  @ApiCreatedResponse({ type: ShareDto })
  @ApiOkResponse({ type: ShareDto, description: 'The same key was used before.' })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewShareDto,
    @IdempotencyKey() key: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShareDto> {
    return announce(reply, await this.shares.create(principal, body, key));
  }

  /** Your own shares, newest first, with how often each was opened. */
  @Get()
  @OnBehalf('see', { purpose: 'shares', fields: ['name'] })
  list(@CurrentPrincipal() principal: Principal, @Query() query: PageQuery): Promise<SharePageDto> {
    return this.shares.list(principal, query);
  }

  /** One of your shares and who looked at it. */
  @Get(':id')
  @OnBehalf('see', { purpose: 'shares', fields: ['name'] })
  show(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ShareDetailDto> {
    return this.shares.show(principal, id);
  }

  /** The link of a share that opens now as a QR code, to be scanned from a screen. */
  @Get(':id/qr.svg')
  @OnBehalf('see', { purpose: 'shares', fields: ['name'] })
  @Header('cache-control', 'no-store')
  @Header('content-type', 'image/svg+xml')
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiConflictResponse({ description: 'share-ended' })
  qr(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<string> {
    return this.shares.qr(principal, id);
  }

  /** Moves the end of a share that has not ended, or sets, changes or takes away its PIN. */
  @Patch(':id')
  @OnBehalf('share', { purpose: 'share-changed', fields: ['name'] })
  @ApiConflictResponse({ description: 'share-ended' })
  change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: ShareChangeDto,
  ): Promise<ShareDto> {
    return this.shares.change(principal, id, body);
  }

  /** Ends a share at once. */
  @Delete(':id')
  @OnBehalf('share', { purpose: 'share-ended', fields: ['name'] })
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.shares.revoke(principal, id);
  }
}

function announce(reply: FastifyReply, made: { share: ShareDto; isReplay: boolean }): ShareDto {
  if (made.isReplay) announceReplay(reply);
  return made.share;
}
