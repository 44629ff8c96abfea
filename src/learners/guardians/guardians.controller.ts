import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentPrincipal, PeopleOnly, type Principal } from '../../platform/auth/index.js';
import { LookUp } from '../../platform/limits/index.js';
import { RepresentationDto, RepresentationListDto } from '../counter/counter.dto.js';
import { NewGuardianshipDto } from './guardians.dto.js';
import { Guardianships } from './guardianships.js';

@ApiTags('guardianships')
@ApiNotFoundResponse({ description: 'not-found: unknown, or of others' })
@PeopleOnly()
@Controller('v1/guardianships')
export class GuardiansController {
  constructor(private readonly guardianships: Guardianships) {}

  /**
   * Lets a guardian act for a minor, from the guardian's own account, until the minor's eighteenth
   * birthday. The guardian sends the id as `Acting-For`.
   */
  @Post()
  @Allow('clerk')
  @LookUp()
  @ApiCreatedResponse({ type: RepresentationDto })
  begin(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NewGuardianshipDto,
  ): Promise<RepresentationDto> {
    return this.guardianships.begin(principal, body);
  }

  /** For whom you act or acted as guardian. */
  @Get()
  @Allow('learner')
  @ApiOkResponse({ type: RepresentationListDto })
  list(@CurrentPrincipal() principal: Principal): Promise<RepresentationListDto> {
    return this.guardianships.list(principal);
  }

  /** Ends a guardianship before its time: by the institution that recorded it, or by the guardian. */
  @Delete(':id')
  @Allow('clerk', 'learner')
  @HttpCode(204)
  @ApiNoContentResponse()
  end(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.guardianships.end(principal, id);
  }
}
