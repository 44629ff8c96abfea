import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Scoped } from '../platform/auth/index.js';
import { PageQuery } from '../platform/http/index.js';
import { OverdueApplicationsDto, OverdueInstitutionsDto } from './overdue.dto.js';
import { OverdueApplications } from './overdue.service.js';

@ApiTags('conversions')
@Allow('authority')
@Scoped('applications')
@Controller('v1/overdue-applications')
export class OverdueController {
  constructor(private readonly overdue: OverdueApplications) {}

  /** Institutions that have not kept promised days, with how many; the longest overdue first. */
  @Get()
  byInstitution(): Promise<OverdueInstitutionsDto> {
    return this.overdue.byInstitution();
  }

  /** The applications behind one institution's number, without the learners. */
  @Get(':institution')
  of(
    @Param('institution') institution: string,
    @Query() query: PageQuery,
  ): Promise<OverdueApplicationsDto> {
    return this.overdue.of(institution, query);
  }
}
