import { absentAs, all, answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type RuleDraft = Schemas['RuleDraftDto'];
export type RuleDraftSummary = Schemas['RuleDraftSummaryDto'];
export type DraftState = RuleDraftSummary['state'];
export type RuleEvent = Schemas['RuleEventDto'];
export type RuleCheck = Schemas['RuleCheckDto'];
export type RuleFinding = Schemas['RuleFindingDto'];
export type RuleLimit = Schemas['RuleLimitDto'];
export type Simulation = Schemas['SimulationDto'];
export type SimulationReport = Schemas['SimulationReportDto'];
export type Retirement = Schemas['RetirementDto'];
export type Reevaluation = Schemas['ReevaluationDto'];

const path = (id: string) => ({ path: { id } });

/** Rules on their way: drafts, their simulations, their second person; and the end of versions. */
export const draftsApi = {
  drafts: () =>
    all((after) => answer(http.GET('/v1/rules/drafts', { params: { query: page(after) } }))),
  draft: (id: string) => answer(http.GET('/v1/rules/drafts/{id}', { params: path(id) })),
  check: (document: string) => answer(http.POST('/v1/rules/drafts/check', { body: { document } })),
  create: (document: string) => answer(http.POST('/v1/rules/drafts', { body: { document } })),
  replace: (id: string, document: string) =>
    answer(http.PUT('/v1/rules/drafts/{id}', { params: path(id), body: { document } })),
  submit: (id: string) =>
    answer(http.POST('/v1/rules/drafts/{id}/submission', { params: path(id) })),
  approve: (id: string, body: Schemas['RuleApprovalDto']) =>
    answer(http.POST('/v1/rules/drafts/{id}/approval', { params: path(id), body })),
  reject: (id: string, reason: string) =>
    answer(http.POST('/v1/rules/drafts/{id}/rejection', { params: path(id), body: { reason } })),
  publish: (id: string, from: string) =>
    answer(http.POST('/v1/rules/drafts/{id}/publication', { params: path(id), body: { from } })),
  simulations: (id: string) =>
    answer(
      http.GET('/v1/rules/drafts/{id}/simulations', {
        params: { ...path(id), query: { limit: 20 } },
      }),
    ),
  simulate: (id: string) =>
    answer(http.POST('/v1/rules/drafts/{id}/simulations', { params: path(id), body: {} })),
  simulation: (id: string) => answer(http.GET('/v1/rules/simulations/{id}', { params: path(id) })),
  cancel: (id: string) =>
    answer(http.POST('/v1/rules/simulations/{id}/cancellation', { params: path(id) })),
};

const END = '/v1/rules/{id}/versions/{version}/retirement';
const versionPath = (id: string, version: number) => ({ path: { id, version: String(version) } });

/** The end of a published version, which takes two people as its beginning did. */
export const retirementsApi = {
  show: (id: string, version: number) =>
    absentAs(404, answer(http.GET(END, { params: versionPath(id, version) }))),
  propose: (id: string, version: number, body: Schemas['RuleRetirementDto']) =>
    answer(http.POST(END, { params: versionPath(id, version), body })),
  approve: (id: string, version: number, endsOn: string) =>
    answer(http.POST(`${END}/approval`, { params: versionPath(id, version), body: { endsOn } })),
  reject: (id: string, version: number, reason: string) =>
    answer(http.POST(`${END}/rejection`, { params: versionPath(id, version), body: { reason } })),
};
