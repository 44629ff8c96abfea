import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../platform/auth/index.js';
import {
  AgreementEndDto,
  AgreementNoteDto,
  NewAgreementDto,
  SignedAgreementDto,
} from './agreements.dto.js';
import { SignedAgreements } from './agreements.service.js';

@ApiTags('agreements')
@Allow('manager', 'authority')
@PeopleOnly()
@Controller('v1/agreements')
export class SignedAgreementsController {
  constructor(private readonly agreements: SignedAgreements) {}

  @Post()
  @ApiOperation({
    summary: 'Propose an agreement to other institutions; it holds when all have accepted',
    description:
      'Rules rest on it by its code. It only takes away from what rules allow: its days, what it is ' +
      'about, what each side accepts of one learner, and quotas that are counted as they are used.',
  })
  @ApiCreatedResponse({ type: SignedAgreementDto })
  propose(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewAgreementDto,
  ): Promise<SignedAgreementDto> {
    return this.agreements.propose(principal, body);
  }

  @Post(':id/acceptance')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept an agreement for your institution, which is a party' })
  @ApiOkResponse({ type: SignedAgreementDto })
  @ApiNotFoundResponse({ description: 'not-found: not there, or you are no party' })
  accept(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { note }: AgreementNoteDto,
  ): Promise<SignedAgreementDto> {
    return this.agreements.answer(principal, id, { action: 'accepted', note: note ?? null });
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse an agreement for your institution; it never holds then' })
  @ApiOkResponse({ type: SignedAgreementDto })
  @ApiNotFoundResponse({ description: 'not-found: not there, or you are no party' })
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { note }: AgreementNoteDto,
  ): Promise<SignedAgreementDto> {
    return this.agreements.answer(principal, id, { action: 'refused', note: note ?? null });
  }

  @Post(':id/end')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give notice: it holds until a day and no longer; what is booked stays',
  })
  @ApiOkResponse({ type: SignedAgreementDto })
  @ApiNotFoundResponse({ description: 'not-found: not there, or you are no party' })
  end(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: AgreementEndDto,
  ): Promise<SignedAgreementDto> {
    return this.agreements.end(principal, id, body);
  }
}
