import { type Client, all, answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Scheme = Schemas['SchemeDto'];
export type SchemeDetail = Schemas['SchemeDetailDto'];
export type NewScheme = Schemas['NewSchemeDto'];
export type SchemePlace = Schemas['PlaceDto'];
export type Eligibility = Schemas['EligibilityDto'];
export type Evidence = Schemas['EvidenceDto'];
export type Candidacy = Schemas['CandidacyDto'];
export type Candidate = Schemas['CandidateDto'];
export type CandidateDetail = Schemas['CandidateDetailDto'];
export type CandidacyDecision = Schemas['CandidacyDecisionDto'];
export type PlaceCheck = Schemas['PlaceCheckDto'];
export type SchemeSimulation = Schemas['SchemeSimulationDto'];
export type NewSchemeSimulation = Schemas['NewSchemeSimulationDto'];

/** Admission schemes, for everybody who has to do with them. */
export const schemesApi = {
  list: () =>
    all((after) => answer(http.GET('/v1/admission-schemes', { params: { query: page(after) } }))),
  show: (code: string) =>
    answer(http.GET('/v1/admission-schemes/{code}', { params: { path: { code } } })),
  publish: (body: NewScheme) => answer(http.POST('/v1/admission-schemes', { body })),
  simulations: (code: string) =>
    all((after) =>
      answer(
        http.GET('/v1/admission-schemes/{code}/simulations', {
          params: { path: { code }, query: page(after) },
        }),
      ),
    ),
  simulate: (code: string, body: NewSchemeSimulation) =>
    answer(
      http.POST('/v1/admission-schemes/{code}/simulations', { params: { path: { code } }, body }),
    ),
  setPlaces: (code: string, place: string, places: number) =>
    answer(
      http.PUT('/v1/admission-schemes/{code}/places/{place}', {
        params: { path: { code, place } },
        body: { places },
      }),
    ),
  quotaCheck: (code: string) =>
    answer(http.GET('/v1/admission-schemes/{code}/quota-check', { params: { path: { code } } })),
  candidates: (code: string, after: string | null) =>
    answer(
      http.GET('/v1/admission-schemes/{code}/candidacies', {
        params: { path: { code }, query: page(after) },
      }),
    ),
  candidate: (id: string) =>
    answer(http.GET('/v1/admission-candidacies/{id}', { params: { path: { id } } })),
  decide: (id: string, body: CandidacyDecision) =>
    answer(
      http.POST('/v1/admission-candidacies/{id}/decision', { params: { path: { id } }, body }),
    ),
  eligibility: (client: Client, code: string) =>
    answer(
      client.GET('/v1/admission-schemes/{code}/eligibility', {
        params: { path: { code }, query: { learner: 'me' } },
      }),
    ),
  evidencePaper: (client: Client, code: string, share: string) =>
    answer(
      client.GET('/v1/admission-schemes/{code}/evidence.pdf', {
        params: { path: { code }, query: { share } },
        parseAs: 'blob',
      }),
    ),
  apply: (client: Client, code: string, place: string) =>
    answer(
      client.POST('/v1/admission-schemes/{code}/candidacies', {
        params: { path: { code } },
        body: { place },
      }),
    ),
  withdraw: (client: Client, id: string) =>
    answer(client.POST('/v1/admission-candidacies/{id}/withdrawal', { params: { path: { id } } })),
};
