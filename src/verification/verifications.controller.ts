import { Body, Controller, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { type AuthenticatedRequest, Public } from '../platform/auth/index.js';
import { LookDto, OpenedProofDto, VerificationDto } from './verifications.dto.js';
import { askerOf } from './asker.js';
import { Verifications } from './verifications.service.js';

/** Answers whoever holds a code, with or without an account. Each look is shown to the learner. */
@ApiTags('verification')
@Public()
@Controller()
@ApiForbiddenResponse({ description: 'share-pin-required, share-pin-wrong or share-pin-locked' })
@ApiNotFoundResponse({ description: 'share-not-valid: unknown, mistyped, expired or withdrawn' })
@ApiTooManyRequestsResponse({ description: 'too-many-wrong-codes, with Retry-After' })
export class VerificationsController {
  constructor(private readonly verifications: Verifications) {}

  /** Checks a code and answers line by line. */
  @Post('v1/verifications')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  verify(
    @Body() body: VerificationDto,
    @Req() request: AuthenticatedRequest,
  ): Promise<OpenedProofDto> {
    return this.verifications.verify(body, askerOf(request));
  }

  /**
   * Whether what was shown at a look still stands, for a page that stays open. It shows nothing of the
   * record and is no look: the holder's list does not grow by it.
   */
  @Get('v1/verifications/looks/:look')
  @Header('cache-control', 'no-store')
  standing(@Param('look') look: string): Promise<LookDto> {
    return this.verifications.standing(look);
  }

  /**
   * The address in a link or QR code. A browser that asks for text/html gets the page, which then
   * posts the code; everybody else gets the answer itself.
   */
  @Get('verify/:code')
  @Header('cache-control', 'no-store')
  @Header('vary', 'accept')
  open(@Param('code') code: string, @Req() request: AuthenticatedRequest): Promise<OpenedProofDto> {
    return this.verifications.verify({ code }, askerOf(request));
  }
}
