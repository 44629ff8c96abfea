import type {
  ComparedCondition,
  ComparedIndicator,
  ReportContent,
  ReportedIndicator,
  ReportedSchool,
} from '#libs/reports';
import type { IndicatorDto } from '../indicators/index.js';
import type { SchoolConditionsDto } from './conditions/conditions.dto.js';
import { toWarningDto } from './conditions/conditions.views.js';
import type {
  ComparedSideDto,
  ReportComparisonDto,
  ReportDto,
  ReportHeadDto,
} from './reports.dto.js';
import type { StoredReport } from './reports.store.js';

/** What a stored report says. Its bytes were made here, so they are not looked at again. */
export function contentIn({ body }: Pick<StoredReport, 'body'>): ReportContent {
  return JSON.parse(body) as ReportContent;
}

export function toHeadDto(stored: StoredReport, content = contentIn(stored)): ReportHeadDto {
  const { id, number, title, period, publishedAt, dataTime, scheduledFor, publisher } = content;
  return {
    id,
    number,
    title,
    period,
    publishedAt,
    dataTime,
    scheduledFor,
    publisher,
    hash: stored.hash.toString('hex'),
    reached: content.indicators.filter(({ met }) => met === true).length,
    targets: content.indicators.filter(({ target }) => target !== null).length,
  };
}

export function toReportDto(stored: StoredReport): ReportDto {
  const content = contentIn(stored);
  const { cohortFrozenAt, indicators, standards, schools, warnings } = content;
  return {
    ...toHeadDto(stored, content),
    cohortFrozenAt,
    indicators: indicators.map(toIndicatorDto),
    standards: [...standards],
    schools: schools.map(toSchoolDto),
    warnings: warnings.map(toWarningDto),
  };
}

function toIndicatorDto(one: ReportedIndicator): IndicatorDto {
  return {
    ...one,
    parts: [...one.parts],
    amounts: [...one.amounts],
    unknown: [...one.unknown],
    inputs: one.inputs.map((input) => ({ ...input, sources: [...input.sources] })),
    missing: [...one.missing],
  };
}

function toSchoolDto({ conditions, inputs, ...school }: ReportedSchool): SchoolConditionsDto {
  return { ...school, conditions: [...conditions], inputs: [...inputs] };
}

export function toSideDto(content: ReportContent): ComparedSideDto {
  const { id, title, period, dataTime } = content;
  return { reportId: id, title, period, dataTime };
}

export function toComparisonDto(
  sides: Pick<ReportComparisonDto, 'before' | 'after'>,
  indicators: ComparedIndicator[],
  conditions: ComparedCondition[],
): ReportComparisonDto {
  const changed = indicators.filter(({ isChanged }) => isChanged).length + conditions.length;
  return { ...sides, indicators, conditions, changed };
}
