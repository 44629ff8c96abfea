import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  Allow,
  BeforeSecondFactor,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  ROLES,
} from '../../platform/auth/index.js';
import { AddedPasskeyDto, NewPasskeyDto, PasskeyOptionsDto } from '../factors/passkeys.dto.js';
import { Passkeys } from '../factors/passkeys.service.js';
import { SecondFactors } from '../factors/second-factors.service.js';
import {
  NewPasswordDto,
  OneTimeCodeDto,
  OneTimeCodeOfferDto,
  OwnAccountDto,
  RecoveryCodesDto,
} from './own-account.dto.js';
import { OwnAccount } from './own-account.service.js';

/** Changes of how to sign in want a session that began within the last quarter of an hour. */
@ApiTags('account')
@Allow(...ROLES)
@PeopleOnly()
@BeforeSecondFactor()
@Controller('v1/account')
export class OwnAccountController {
  constructor(
    private readonly account: OwnAccount,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How one signs in' })
  @ApiOkResponse({ type: OwnAccountDto })
  show(@CurrentPrincipal() principal: Principal): Promise<OwnAccountDto> {
    return this.account.show(principal);
  }

  @Put('password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change one’s password; ends all other sessions' })
  @ApiNoContentResponse()
  changePassword(
    @CurrentPrincipal() principal: Principal,
    @Body() { current, next }: NewPasswordDto,
  ): Promise<void> {
    return this.account.changePassword(principal, current, next);
  }

  @Post('one-time-code')
  @HttpCode(200)
  @ApiOperation({ summary: 'A secret for an authenticator app; it counts once confirmed' })
  @ApiOkResponse({ type: OneTimeCodeOfferDto })
  offer(@CurrentPrincipal() principal: Principal): Promise<OneTimeCodeOfferDto> {
    return this.factors.offer(principal);
  }

  @Post('one-time-code/confirmation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the first code; answers the recovery codes, this once' })
  @ApiOkResponse({ type: RecoveryCodesDto })
  async confirm(
    @CurrentPrincipal() principal: Principal,
    @Body() { code }: OneTimeCodeDto,
  ): Promise<RecoveryCodesDto> {
    return { codes: await this.factors.confirm(principal, code) };
  }

  @Delete('one-time-code')
  @HttpCode(204)
  @ApiOperation({ summary: 'Do without one-time codes' })
  @ApiNoContentResponse()
  removeOneTimeCode(@CurrentPrincipal() principal: Principal): Promise<void> {
    return this.factors.removeOneTimeCode(principal);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ten new recovery codes in place of all old ones' })
  @ApiOkResponse({ type: RecoveryCodesDto })
  async renewRecoveryCodes(@CurrentPrincipal() principal: Principal): Promise<RecoveryCodesDto> {
    return { codes: await this.factors.renewRecoveryCodes(principal) };
  }

  @Post('passkeys/options')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a browser needs to make a passkey, for five minutes' })
  @ApiOkResponse({ type: PasskeyOptionsDto })
  async passkeyOptions(@CurrentPrincipal() principal: Principal): Promise<PasskeyOptionsDto> {
    return { publicKey: { ...(await this.passkeys.registrationOptions(principal)) } };
  }

  @Post('passkeys')
  @ApiOperation({ summary: 'Keep the passkey that the browser made' })
  @ApiCreatedResponse({ type: AddedPasskeyDto })
  addPasskey(
    @CurrentPrincipal() principal: Principal,
    @Body() { label, credential }: NewPasskeyDto,
  ): Promise<AddedPasskeyDto> {
    return this.passkeys.register(principal, label, credential);
  }

  @Delete('passkeys/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a passkey away' })
  @ApiNoContentResponse()
  removePasskey(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.passkeys.remove(principal, id);
  }
}
