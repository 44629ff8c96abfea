import { answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type ReportHead = Schemas['ReportHeadDto'];
export type PublishedReport = Schemas['ReportDto'];
export type ReportComparison = Schemas['ReportComparisonDto'];
export type ReportCheck = Schemas['ReportCheckDto'];
export type ReportSchedule = Schemas['ScheduleDto'];
export type NewSchedule = Schemas['NewScheduleDto'];
export type Standard = Schemas['StandardDto'];
export type SchoolConditions = Schemas['SchoolConditionsDto'];
export type SchoolCondition = Schemas['AssessedConditionDto'];
export type SchoolWarning = Schemas['WarningDto'];
export type ConditionInput = Schemas['ConditionInputDto'];
export type NewCondition = Schemas['NewConditionDto'];
export type NewSchoolStandard = Schemas['NewSchoolStandardDto'];
export type IndicatorSource = Schemas['SourceDto'];

export type PaperLanguage = 'zh-CN' | 'en';

const of = (id: string) => ({ params: { path: { id } } });
const AS_BLOB = { parseAs: 'blob' } as const;

/** Published reports and the conditions of schools. */
export const reportsApi = {
  list: (after: string | null) =>
    answer(http.GET('/v1/reports', { params: { query: page(after) } })),
  report: (id: string) => answer(http.GET('/v1/reports/{id}', of(id))),
  changes: (id: string) => answer(http.GET('/v1/reports/{id}/changes', of(id))),
  compare: (id: string, other: string) =>
    answer(http.GET('/v1/reports/{id}/comparison/{other}', { params: { path: { id, other } } })),
  file: (id: string) => answer(http.GET('/v1/reports/{id}.json', { ...of(id), ...AS_BLOB })),
  pdf: (id: string, language: PaperLanguage) =>
    answer(
      http.GET('/v1/reports/{id}.pdf', {
        params: { path: { id }, query: { language } },
        ...AS_BLOB,
      }),
    ),
  xlsx: (id: string, language: PaperLanguage) =>
    answer(
      http.GET('/v1/reports/{id}.xlsx', {
        params: { path: { id }, query: { language } },
        ...AS_BLOB,
      }),
    ),
  check: (file: unknown) =>
    answer(http.POST('/v1/reports/checks', { body: file as Record<string, never> })),
  publish: (period: string) => answer(http.POST('/v1/reports', { body: { period } })),
  schedule: () => answer(http.GET('/v1/reports/schedule')),
  setSchedule: (body: NewSchedule) => answer(http.POST('/v1/reports/schedule', { body })),
};

/** What schools state of themselves, and the standards that they are held against. */
export const conditionsApi = {
  standards: () => answer(http.GET('/v1/conditions/standards')),
  schools: () => answer(http.GET('/v1/conditions', { params: { query: {} } })),
  inputs: (after: string | null) =>
    answer(http.GET('/v1/conditions/inputs', { params: { query: page(after) } })),
  state: (body: NewCondition) => answer(http.POST('/v1/conditions/inputs', { body })),
  setStandard: (body: NewSchoolStandard) =>
    answer(http.POST('/v1/conditions/assignments', { body })),
};

/** From a figure down to what it is counted from. */
export const sourcesApi = {
  entry: (id: string) => answer(http.GET('/v1/entries/{id}', of(id))),
  proof: (id: string) => answer(http.GET('/v1/entries/{id}/proof', of(id))),
  list: (id: string, query: { period: string; institution: string }, after: string | null) =>
    answer(
      http.GET('/v1/indicators/{id}/sources', {
        params: {
          path: { id },
          query: {
            ...page(after),
            period: query.period,
            ...(query.institution !== '' && { institution: query.institution }),
          },
        },
      }),
    ),
};
