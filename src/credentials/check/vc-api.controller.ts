import { Body, Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { JsonObject } from '#libs/credentials';
import { Allow, type AuthenticatedRequest, Public, Scoped } from '../../platform/auth/index.js';
import {
  IssueQuery,
  IssueRequestDto,
  VerifiedDto,
  VerifyCredentialDto,
  VerifyPresentationDto,
} from '../credentials.dto.js';
import { VcApi } from './vc-api.service.js';

const NOT_VERIFIED = { description: 'credential-not-verified, with the lines' };
const SIGNED = { type: 'object', example: { proof: { cryptosuite: 'eddsa-rdfc-2022' } } };

/** The VC-API (W3C CCG): credentials of other systems of an institution, signed and checked. */
@ApiTags('credentials')
@Allow('registrar', 'issuer', 'admissions')
@Scoped('credentials', 'write')
@Controller()
export class VcApiController {
  constructor(private readonly api: VcApi) {}

  /** Signs a credential under the key of your institution and gives it a place in its status list. */
  @Post('credentials/issue')
  @Allow('registrar', 'issuer')
  @ApiCreatedResponse({ schema: SIGNED })
  @ApiUnprocessableEntityResponse({
    description: 'credential-malformed, credential-of-another-issuer',
  })
  issue(
    @Body() { credential }: IssueRequestDto,
    @Query() { cryptosuite }: IssueQuery,
    @Req() { principal }: AuthenticatedRequest,
  ): Promise<JsonObject> {
    return this.api.issue(principal, credential, cryptosuite);
  }

  /** Whether a credential stands. */
  @Post('credentials/verify')
  @HttpCode(200)
  @ApiUnprocessableEntityResponse(NOT_VERIFIED)
  async verify(@Body() { verifiableCredential }: VerifyCredentialDto): Promise<VerifiedDto> {
    return { verified: true, lines: await this.api.verify(verifiableCredential) };
  }

  /** Whether a presentation and every credential in it stand, for this audience. */
  @Post('presentations/verify')
  @HttpCode(200)
  @ApiUnprocessableEntityResponse(NOT_VERIFIED)
  async present(@Body() body: VerifyPresentationDto): Promise<VerifiedDto> {
    const { verifiablePresentation, options } = body;
    const lines = await this.api.verifyPresentation(verifiablePresentation, audienceOf(options));
    return { verified: true, lines };
  }
}

/** The same without any authorisation, for test suites on this machine (OPEN_VC_API). */
@Public()
@Controller()
export class OpenVcApiController extends VcApiController {}

function audienceOf(options: JsonObject | undefined) {
  const { domain, challenge } = options ?? {};
  return {
    ...(typeof domain === 'string' ? { domain } : {}),
    ...(typeof challenge === 'string' ? { challenge } : {}),
  };
}
