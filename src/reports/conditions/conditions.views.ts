import {
  CONDITION_INPUTS,
  type Standard,
  type Stated,
  type Warning,
  conditionInputOf,
} from '#libs/reports';
import type { StandardDto, StatedInputDto, WarningDto } from './conditions.dto.js';

export function toStandardDto({ id, version, title, source, conditions }: Standard): StandardDto {
  const used = new Set(conditions.flatMap(({ of, per }) => (per === null ? [of] : [of, per])));
  return {
    id,
    version,
    title,
    source,
    conditions: conditions.map(({ code, title: named, unit, bound, value }) => ({
      code,
      title: named,
      unit,
      bound,
      value,
    })),
    inputs: CONDITION_INPUTS.filter(({ code }) => used.has(code)).map((input) => ({
      code: input.code,
      title: input.title,
      whole: input.isWhole,
    })),
  };
}

export function toStatedDto({ code, value, on, source }: Stated): StatedInputDto {
  const title = conditionInputOf(code)?.title ?? { zh: code, en: code };
  return { code, title, value, on, source };
}

export function toWarningDto({ kind, level, school, text, basis }: Warning): WarningDto {
  return { kind, level, school, text, basis };
}
