import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import {
  Allow,
  type AuthenticatedRequest,
  CurrentPrincipal,
  PeopleOnly,
  type Principal,
  Public,
} from '../../platform/auth/index.js';
import { OpenedInstitutionDto } from '../administration.dto.js';
import {
  AcceptedRequestDto,
  InstitutionReceiptDto,
  InstitutionRequestDto,
  InstitutionRequestPageDto,
  InstitutionRequestReceiptDto,
  InstitutionRequestStateDto,
  InstitutionRequestsQuery,
  NewInstitutionRequestDto,
  RefusedRequestDto,
} from './requests.dto.js';
import { InstitutionRequests } from './requests.service.js';

@ApiTags('institutions')
@Allow('authority', 'operator')
@PeopleOnly()
@Controller('v1/institution-requests')
export class InstitutionRequestsController {
  constructor(private readonly requests: InstitutionRequests) {}

  @Post()
  @Public()
  @ApiOperation({ summary: 'Ask to become an institution of the bank; keep the receipt' })
  @ApiCreatedResponse({ type: InstitutionRequestReceiptDto })
  @ApiTooManyRequestsResponse({ description: 'too-many-requests, with Retry-After' })
  ask(
    @Body() body: NewInstitutionRequestDto,
    @Req() request: AuthenticatedRequest,
  ): Promise<InstitutionRequestReceiptDto> {
    return this.requests.ask(body, request.ip);
  }

  @Post('state')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'What became of a request, for whoever holds its receipt' })
  @ApiOkResponse({ type: InstitutionRequestStateDto })
  @ApiNotFoundResponse({ description: 'not-found' })
  state(@Body() { receipt }: InstitutionReceiptDto): Promise<InstitutionRequestStateDto> {
    return this.requests.state(receipt);
  }

  @Get()
  @ApiOperation({ summary: 'Requests of institutions, those that wait longest first' })
  @ApiOkResponse({ type: InstitutionRequestPageDto })
  list(@Query() query: InstitutionRequestsQuery): Promise<InstitutionRequestPageDto> {
    return this.requests.list(query);
  }

  @Post(':id/acceptance')
  @ApiOperation({ summary: 'Open the institution, with an invitation for its first manager' })
  @ApiCreatedResponse({ type: OpenedInstitutionDto })
  @ApiNotFoundResponse({ description: 'not-found' })
  accept(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: AcceptedRequestDto,
  ): Promise<OpenedInstitutionDto> {
    return this.requests.accept(principal, id, body);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse a request; whoever asked sees why' })
  @ApiOkResponse({ type: InstitutionRequestDto })
  @ApiNotFoundResponse({ description: 'not-found' })
  refuse(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: RefusedRequestDto,
  ): Promise<InstitutionRequestDto> {
    return this.requests.refuse(principal, id, reason);
  }
}
