import { formatHours } from '#libs/credit';
import {
  type WorkloadLine,
  type WorkloadTotal,
  formatDecimal,
  fteOf,
  unitsOf,
} from '#libs/workload';
import { entryId } from '../ledger/index.js';
import type { TrainingIncomeDto } from './income.dto.js';
import type { HoursPerFte } from './reckoning.js';
import type {
  HoursPerFteDto,
  WorkloadDifferencesDto,
  WorkloadEntryDto,
  WorkloadLineDto,
  WorkloadTotalDto,
} from './workload.dto.js';
import type { StatementItem, StoredIncome } from './workload.store.js';

/** Decimals of workload units and full-time equivalents that are shown. */
const SHOWN_PLACES = 4;
const COEFFICIENT_PLACES = 12;
const THOUSAND = 1000n;

export function toLineDto(line: WorkloadLine): WorkloadLineDto {
  const { kind, level, mode, coefficient, count } = line;
  return {
    kind,
    level,
    mode,
    coefficient: formatDecimal(coefficient, COEFFICIENT_PLACES),
    count,
    ...amountsOf(line),
  };
}

export function toTotalDto(total: WorkloadTotal, perFte: HoursPerFte | null): WorkloadTotalDto {
  const fte = fteOf(total.weighed, perFte?.value ?? null);
  return {
    count: total.count,
    ...amountsOf(total),
    fte: fte && formatDecimal(fte, SHOWN_PLACES),
  };
}

export function toEntryDto(item: StatementItem, hasEntry: boolean): WorkloadEntryDto {
  const id = hasEntry ? entryId({ lotId: item.lotId, lotSeq: 0 }) : null;
  return {
    person: item.person,
    outcomeId: item.lotId,
    entryId: id,
    logIndex: item.logIndex,
    proof: id && `/v1/entries/${id}/proof`,
    outcome: item.outcome,
    day: item.day,
    reason: item.reason,
    kind: item.kind,
    level: item.level,
    mode: item.mode,
    coefficient: item.coefficient,
    hours: item.reason === 'hours-unknown' ? null : hoursOf(item.minutes),
    weighedMinutes: weighedMinutesOf(item.weighed),
  };
}

/** Corrections with their sum. */
export function toDifferencesDto(items: readonly StatementItem[]): WorkloadDifferencesDto {
  const minutes = items.reduce((sum, one) => sum + one.minutes, 0n);
  const weighed = items.reduce((sum, one) => sum + one.weighed, 0n);
  return {
    count: items.length,
    ...amountsOf({ minutes, weighed }),
    items: items.map((item) => toEntryDto(item, item.logIndex !== null)),
  };
}

export function toHoursPerFteDto(perFte: HoursPerFte | null): HoursPerFteDto | null {
  return perFte && { value: perFte.text, on: perFte.on, source: { ...perFte.source } };
}

export function toIncomeDto(one: StoredIncome): TrainingIncomeDto {
  const { id, project, on, amountFen, source, recordedAt } = one;
  return { id, project, on, amountFen, source, recordedAt: recordedAt.toISOString() };
}

function amountsOf({ minutes, weighed }: { minutes: bigint; weighed: bigint }): {
  hours: string;
  weighedMinutes: string;
  units: string;
} {
  return {
    hours: hoursOf(minutes),
    weighedMinutes: weighedMinutesOf(weighed),
    units: formatDecimal(unitsOf(weighed), SHOWN_PLACES),
  };
}

function hoursOf(minutes: bigint): string {
  return minutes < 0n ? `-${formatHours(-minutes)}` : formatHours(minutes);
}

/** Thousandths of a minute as minutes, exact. */
function weighedMinutesOf(weighed: bigint): string {
  return formatDecimal({ num: weighed, den: THOUSAND }, 3);
}
