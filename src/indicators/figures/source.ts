import { add, parseDecimal, rational } from '#libs/credit';
import {
  type FigureSource,
  type Measure,
  type Period,
  type ResolvedInput,
  inputOf,
} from '#libs/indicators';
import type { DatedFigure } from '../inputs/dated-figures.js';
import type { InstitutionSum } from './figures.store.js';

/** Everything that figures of one period are counted from, read once. */
export interface Material {
  readonly period: Period;
  readonly sums: ReadonlyMap<Measure, readonly InstitutionSum[]>;
  readonly lateGraduates: readonly InstitutionSum[];
  readonly inputs: readonly DatedFigure[];
}

/** Counted for its period only: the graduates of another year say nothing about this one. */
const OF_PERIOD = ['secondary-graduates'];

/** The material of the whole district, or of one institution. */
export function sourceOf(material: Material, institutionId: string | null): FigureSource {
  const isWanted = (sum: InstitutionSum): boolean =>
    institutionId === null || sum.institutionId === institutionId;
  return {
    period: material.period,
    sums: (measure) => (material.sums.get(measure) ?? []).filter(isWanted),
    input: (code) => resolve(material, code, institutionId),
    lateGraduates: material.lateGraduates
      .filter(isWanted)
      .reduce((total, { count }) => total + count, 0n),
  };
}

/**
 * Of the district: what was stated for it as a whole, or else what its institutions stated, added up.
 * Of an institution: what was stated for it. Coefficients count everywhere.
 */
function resolve(
  { inputs, period }: Material,
  code: string,
  institutionId: string | null,
): ResolvedInput | null {
  const definition = inputOf(code);
  const all = inputs.filter(
    (input) => input.code === code && (!OF_PERIOD.includes(code) || input.on >= period.from),
  );
  const isCommon = definition?.otherwise !== undefined;
  const whole = all.filter((input) => input.institutionId === null);
  const own = all.filter((input) => input.institutionId === institutionId);
  const parts = all.filter((input) => input.institutionId !== null);
  const used = isCommon ? whole : institutionId !== null ? own : whole.length > 0 ? whole : parts;
  if (used.length > 0) return addUp(code, used);
  if (!definition?.otherwise) return null;
  const { value, source } = definition.otherwise;
  return { code, value: parseDecimal(value) ?? rational(0n), on: null, sources: [source] };
}

function addUp(code: string, used: readonly DatedFigure[]): ResolvedInput {
  const sources = [...new Set(used.map(({ source }) => source))];
  return {
    code,
    value: used.reduce(
      (sum, { value }) => add(sum, parseDecimal(value) ?? rational(0n)),
      rational(0n),
    ),
    on:
      used
        .map(({ on }) => on)
        .sort()
        .at(-1) ?? null,
    // What somebody typed is in whatever language it was typed in.
    sources: sources.map((text) => ({ zh: text, en: text })),
  };
}
