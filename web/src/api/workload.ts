import { answer, done, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Workload = Schemas['WorkloadDto'];
export type WorkloadLine = Schemas['WorkloadLineDto'];
export type WorkloadEntry = Schemas['WorkloadEntryDto'];
export type WorkloadStatement = Schemas['WorkloadStatementDto'];
export type TrainingIncome = Schemas['TrainingIncomeDto'];
export type NewTrainingIncome = Schemas['NewTrainingIncomeDto'];
export type Coefficients = Schemas['CoefficientListDto'];
export type Coefficient = Schemas['CoefficientOfDto'];
export type NewCoefficient = Schemas['NewCoefficientDto'];

/** An institution by its code, null for one's own, and a period. */
export interface WorkloadOf {
  readonly institution: string | null;
  readonly period: string;
}

const of = ({ institution, period }: WorkloadOf) => ({
  period,
  ...(institution !== null && { institution }),
});

/** Single trainings that a page begins with and adds; all of them are in the sheet to download. */
const ENTRIES_SHOWN = 20;

/** Training workload of an institution, with what an auditor needs. */
export const workloadApi = {
  show: (asked: WorkloadOf) => answer(http.GET('/v1/workload', { params: { query: of(asked) } })),
  entries: (asked: WorkloadOf, after: string | null) =>
    answer(
      http.GET('/v1/workload/entries', {
        params: { query: { ...of(asked), ...page(after), limit: ENTRIES_SHOWN } },
      }),
    ),
  evidence: (asked: WorkloadOf, statement: string | null) =>
    answer(
      http.GET('/v1/workload/evidence.xlsx', {
        params: { query: statement === null ? of(asked) : { statement } },
        parseAs: 'blob',
      }),
    ),
  close: (institution: string, period: string) =>
    answer(http.POST('/v1/workload/statements', { body: { institution, period } })),
  stateIncome: (body: NewTrainingIncome) => answer(http.POST('/v1/workload/income', { body })),
  coefficients: () => answer(http.GET('/v1/workload/coefficients')),
  propose: (body: NewCoefficient) => answer(http.POST('/v1/workload/coefficients', { body })),
};

export type OutreachConsent = Schemas['OutreachConsentDto'];
export type NewOutreachConsent = Schemas['NewOutreachConsentDto'];

/** Guardians' consents to records of pupils, and how many pupils a school reached. */
export const outreachApi = {
  consents: (after: string | null) =>
    answer(http.GET('/v1/outreach-consents', { params: { query: page(after) } })),
  give: (body: NewOutreachConsent) => answer(http.POST('/v1/outreach-consents', { body })),
  withdraw: (id: string) =>
    done(http.DELETE('/v1/outreach-consents/{id}', { params: { path: { id } } })),
  figures: (period: string) =>
    answer(http.GET('/v1/outreach-figures', { params: { query: { period } } })),
};
