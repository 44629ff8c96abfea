import {
  type Cell,
  type Figure,
  type IndicatorDefinition,
  type Period,
  type ResolvedInput,
  countsIn,
  formatValue,
  hiddenOf,
  hiddenRows,
  isHelper,
  isSmall,
  titleOf,
} from '#libs/indicators';
import type { Institution } from '../institutions/index.js';
import type { FiguresOfPeriod } from './figures/figures.js';
import type {
  FigureDto,
  IndicatorDto,
  IndicatorListDto,
  IndicatorPartDto,
  InstitutionFigureDto,
  PeriodDto,
  SeriesPointDto,
  UsedInputDto,
} from './indicators.dto.js';

/** Decimals of hours, weights and figures from outside. */
const AMOUNT_DECIMALS = 2;

/** To whom figures are shown: the public is not told small numbers of people. */
export type Audience = 'everybody' | 'overseer';

export function toListDto(figures: FiguresOfPeriod, audience: Audience): IndicatorListDto {
  return {
    ...headOf(figures),
    items: figures.items.map(({ definition, figure }) =>
      toIndicatorDto(definition, figure, audience),
    ),
  };
}

export function headOf({
  period,
  day,
  dataTime,
  cohortFrozenAt,
}: FiguresOfPeriod): Omit<IndicatorListDto, 'items'> {
  return {
    period: toPeriodDto(period, day),
    dataTime: dataTime.toISOString(),
    cohortFrozenAt: cohortFrozenAt?.toISOString() ?? null,
  };
}

export function toIndicatorDto(
  definition: IndicatorDefinition,
  figure: Figure,
  audience: Audience,
): IndicatorDto {
  const { id, version, title, definition: text, unit, decimals, target, owner } = definition;
  return {
    id,
    version,
    title,
    definition: text,
    unit,
    decimals,
    target,
    owner,
    ...toFigureDto(definition, figure, audience),
  };
}

export function toPoint(
  period: Period,
  { definition, figure }: { definition: IndicatorDefinition; figure: Figure },
  audience: Audience,
): SeriesPointDto {
  const { value, met, absence } = toFigureDto(definition, figure, audience);
  return { period: period.id, value, met, suppressed: absence === 'suppressed' };
}

/**
 * One row an institution. For the public a row is hidden as a whole: what it says is made of numbers
 * that would otherwise give each other away, and with the total those of its neighbours.
 */
export function toInstitutionDtos(
  definition: IndicatorDefinition,
  rows: readonly { institution: Institution; figure: Figure }[],
  audience: Audience,
): InstitutionFigureDto[] {
  const hidden = audience === 'overseer' ? new Set<string>() : hiddenAmong(rows);
  return rows.map(({ institution: { code, name }, figure }) => {
    const suppressed = hidden.has(code);
    const { value, met } = suppressed
      ? { value: null, met: null }
      : toFigureDto(definition, figure, 'overseer');
    return { code, name, value, met, suppressed };
  });
}

function hiddenAmong(
  rows: readonly { institution: Institution; figure: Figure }[],
): ReadonlySet<string> {
  const revealed = rows.map(({ institution: { code: key }, figure }) => {
    return { key, counts: revealedBy(figure), isInStretches: figure.stretches !== undefined };
  });
  // As with the cells of a table: where other periods give stretches away, all rows or none.
  const isSecret = revealed.some(
    ({ counts, isInStretches }) => isInStretches && counts.some(isSmall),
  );
  return isSecret ? new Set(revealed.map(({ key }) => key)) : hiddenRows(revealed);
}

/** Numbers of people that somebody who knows the value, here and of other periods, can work out. */
function revealedBy(figure: Figure): bigint[] {
  const known = [figure, ...(figure.stretches ?? [])].map(countsIn);
  return known.flatMap((counts) => figure.reveals.map((key) => counts.get(key) ?? 0n));
}

function toFigureDto(
  { decimals }: IndicatorDefinition,
  figure: Figure,
  audience: Audience,
): FigureDto {
  const isPublic = audience === 'everybody';
  const hidden = hiddenOf(figure);
  const isHidden = isPublic && hidden.value && figure.value !== null;
  const told = (key: string, count: bigint): Pick<IndicatorPartDto, 'value' | 'suppressed'> => {
    const suppressed = isPublic && hidden.cells.has(key);
    return { value: suppressed ? null : count.toString(), suppressed };
  };
  const { value, absence, met, unknown, inputs, missing } = figure;
  return {
    value: isHidden || !value ? null : formatValue(value, decimals),
    absence: isHidden ? 'suppressed' : absence,
    met: isHidden ? null : met,
    parts: figure.tables.flatMap((table) => toParts(table, null, told)),
    amounts: figure.amounts.map(({ key, value: amount }) => ({
      key,
      title: titleOf(key),
      value: isHidden ? null : formatValue(amount, AMOUNT_DECIMALS),
    })),
    unknown: unknown.map(({ key, count }) => ({
      key,
      title: titleOf(key),
      partOf: null,
      ...told(key, count),
    })),
    inputs: inputs.map(toUsedDto),
    missing: missing.map((code) => ({ code, title: titleOf(code) })),
  };
}

function toParts(
  { key, count, cells = [] }: Cell,
  partOf: string | null,
  told: (key: string, count: bigint) => Pick<IndicatorPartDto, 'value' | 'suppressed'>,
): IndicatorPartDto[] {
  const below = cells.flatMap((cell) => toParts(cell, isHelper(key) ? partOf : key, told));
  if (isHelper(key)) return below;
  return [{ key, title: titleOf(key), partOf, ...told(key, count) }, ...below];
}

function toUsedDto({ code, value, on, sources }: ResolvedInput): UsedInputDto {
  return {
    code,
    title: titleOf(code),
    value: withoutZeros(formatValue(value, 6)),
    on,
    sources: [...sources],
  };
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function toPeriodDto({ id, kind, from, to }: Period, countedTo: string): PeriodDto {
  return { id, kind, from, to, countedTo };
}
