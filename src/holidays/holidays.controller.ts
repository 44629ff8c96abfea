import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal, Public, Scoped } from '../platform/auth/index.js';
import { HolidayNoticeDto, NewHolidayNoticeDto } from './holidays.dto.js';
import { Holidays } from './holidays.service.js';

@ApiTags('conversions')
@Controller('v1/holidays')
@Scoped('operations')
export class HolidaysController {
  constructor(private readonly holidays: Holidays) {}

  /** The days of a year on which no promise counts, or an unusual one does. */
  @Public()
  @Get(':year')
  show(@Param('year') year: string): Promise<HolidayNoticeDto> {
    return this.holidays.show(year);
  }

  /** Says what the notice of a year says; promises that are made from now on count by it. */
  @Allow('authority')
  @Put(':year')
  put(
    @CurrentPrincipal() principal: Principal,
    @Param('year') year: string,
    @Body() body: NewHolidayNoticeDto,
  ): Promise<HolidayNoticeDto> {
    return this.holidays.put(principal, year, body);
  }
}
