import { answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Indicators = Schemas['IndicatorListDto'];
export type Indicator = Schemas['IndicatorDto'];
export type IndicatorDetail = Schemas['IndicatorDetailDto'];
export type IndicatorInput = Schemas['InputDto'];
export type IndicatorInputKind = Schemas['InputKindDto'];
export type NewIndicatorInput = Schemas['NewInputDto'];

/** The figures of the plan, readable by everybody; an authority is told small numbers as well. */
export const reportApi = {
  inputKinds: () => answer(http.GET('/v1/indicators/input-kinds')),
  inputs: (after: string | null) =>
    answer(http.GET('/v1/indicators/inputs', { params: { query: page(after) } })),
  enter: (body: NewIndicatorInput) => answer(http.POST('/v1/indicators/inputs', { body })),
  indicators: (period: string) =>
    answer(http.GET('/v1/indicators', { params: { query: { period } } })),
  indicator: (id: string, period: string) =>
    answer(http.GET('/v1/indicators/{id}', { params: { path: { id }, query: { period } } })),
};
