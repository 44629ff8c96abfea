import { absentAs, all, answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type RuleSummary = Schemas['RuleSummaryDto'];
export type RuleVersion = Schemas['RuleVersionDto'];
export type RuleReading = Schemas['RuleReadingDto'];
export type RuleSentence = Schemas['RuleSentenceDto'];
export type RuleChange = Schemas['RuleChangeDto'];
export type WorkedExample = Schemas['WorkedExampleDto'];
export type RuleState = RuleSummary['state'];
export type OutcomeDefinition = Schemas['OutcomeDefinitionDto'];
export type OutcomeKind = OutcomeDefinition['kind'];
export type Recognition = Schemas['RecognitionDto'];

/** What the catalogue is narrowed to; empty narrows nothing. */
export interface OutcomeQuery {
  readonly q: string;
  readonly kind: OutcomeKind | '';
  readonly institution: string;
}

/** On a phone an outcome takes a fifth of the screen: more come when they are asked for. */
const OUTCOMES_SHOWN = 25;

/** Published rules and the catalogue: everybody may read them. */
export const rulesApi = {
  rules: (q: string) =>
    all((after) =>
      answer(http.GET('/v1/rules', { params: { query: { ...page(after), ...(q && { q }) } } })),
    ),
  versions: (id: string) =>
    answer(http.GET('/v1/rules/{id}/versions', { params: { path: { id } } })),
  version: (id: string, version: string) =>
    answer(http.GET('/v1/rules/{id}/versions/{version}', { params: { path: { id, version } } })),
  changes: (id: string, version: string, since: number) =>
    answer(
      http.GET('/v1/rules/{id}/versions/{version}/changes', {
        params: { path: { id, version }, query: { since } },
      }),
    ),
  reevaluation: (id: string, version: string) =>
    absentAs(
      404,
      answer(
        http.GET('/v1/rules/{id}/versions/{version}/reevaluation', {
          params: { path: { id, version } },
        }),
      ),
    ),
  outcomes: ({ q, kind, institution }: OutcomeQuery, after: string | null) =>
    answer(
      http.GET('/v1/catalogue', {
        params: {
          query: {
            ...page(after),
            limit: OUTCOMES_SHOWN,
            ...(q && { q }),
            ...(kind && { kind }),
            ...(institution && { institution }),
          },
        },
      }),
    ),
  outcome: (code: string) =>
    answer(http.GET('/v1/catalogue/{code}', { params: { path: { code } } })),
  recognition: (code: string) =>
    answer(http.GET('/v1/catalogue/{code}/recognition', { params: { path: { code } } })),
};
