import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Rational, parseDecimal } from '#libs/credit';
import type { Text } from '#libs/problems';
import {
  Coefficients,
  type Difference,
  type WeighedTraining,
  differencesOf,
  formatDecimal,
  weigh,
} from '#libs/workload';
import { IndicatorInputs } from '../indicators/index.js';
import { type Training, TrainingsStore } from './trainings.store.js';
import {
  type ItemReason,
  type StatementItem,
  type StoredStatement,
  WorkloadStore,
} from './workload.store.js';

const COEFFICIENT_PLACES = 12;
const PERSON_DIGITS = 12;

/** A span of days of one institution. */
export interface Span {
  readonly institutionId: string;
  readonly from: string;
  readonly to: string;
}

/** The hours of one full-time student, from when they count and who says so. */
export interface HoursPerFte {
  readonly value: Rational;
  readonly text: string;
  readonly on: string | null;
  readonly source: Text;
}

/** Everything about the workload of a span, as it is known now. */
export interface Reckoned {
  readonly weighed: readonly WeighedTraining<Training>[];
  /** Corrections of periods that are closed. */
  readonly differences: readonly StatementItem[];
  readonly hoursPerFte: HoursPerFte | null;
}

/** Weighs the trainings of an institution and finds what closed statements lack. Changes nothing. */
@Injectable()
export class Reckoning {
  constructor(
    private readonly trainings: TrainingsStore,
    private readonly store: WorkloadStore,
    private readonly inputs: IndicatorInputs,
  ) {}

  async read(tx: EntityManager, span: Span): Promise<Reckoned> {
    const coefficients = new Coefficients(await this.store.coefficients(tx));
    const closed = await this.store.statements(tx, span.institutionId);
    const isClosed = closed.some(({ from, to }) => from <= span.from && span.to <= to);
    return {
      weighed: weigh(await this.trainings.list(tx, span), coefficients),
      // A closed period is corrected by the next statement, not shown as changed.
      differences: isClosed ? [] : await this.differences(tx, span.institutionId, closed),
      hoursPerFte: await this.#hoursPerFte(tx, span.to),
    };
  }

  /** What is known now of closed periods less what their statements said. */
  async differences(
    tx: EntityManager,
    institutionId: string,
    closed: readonly StoredStatement[],
  ): Promise<StatementItem[]> {
    if (closed.length === 0) return [];
    const coefficients = new Coefficients(await this.store.coefficients(tx));
    const known: WeighedTraining<Training>[] = [];
    for (const { from, to } of closed) {
      known.push(
        ...weigh(await this.trainings.list(tx, { institutionId, from, to }), coefficients),
      );
    }
    const stated = await this.store.stated(tx, institutionId);
    const found = differencesOf(stated, known);
    const gone = found.filter(({ fact }) => fact === null).map(({ lotId }) => lotId);
    // What a person learned was taught, also when the person has left the bank.
    const erased = await this.trainings.erasedAmong(tx, gone);
    const before = new Map(stated.map((one) => [one.lotId, one]));
    const weighedOf = new Map(known.map((one) => [one.fact.lotId, one]));
    return found
      .filter(({ lotId }) => !erased.has(lotId))
      .map((one, position) => {
        const now = weighedOf.get(one.lotId);
        if (now) return { ...itemOf(now, institutionId, position), ...amountsOf(one) };
        const was = before.get(one.lotId);
        if (!was) throw new Error(`nothing was stated of ${one.lotId}`);
        const { person, outcome, kind, level, mode } = was;
        const words = { person, outcome, kind, level, mode, coefficient: '', logIndex: null };
        return { position, lotId: one.lotId, day: one.day, ...words, ...amountsOf(one) };
      });
  }

  async #hoursPerFte(tx: EntityManager, on: string): Promise<HoursPerFte | null> {
    const input = await this.inputs.ofDistrict(tx, 'hours-per-fte', on);
    const value = input && parseDecimal(input.value);
    return input && value ? { ...input, value, text: input.value } : null;
  }
}

/** A training as a statement keeps it. */
export function itemOf(
  { fact, coefficient, weighed }: WeighedTraining<Training>,
  institutionId: string,
  position: number,
): StatementItem {
  const { lotId, day, kind, level, mode, minutes, outcome, learnerId, logIndex } = fact;
  return {
    position,
    lotId,
    person: pseudonymOf(institutionId, learnerId),
    outcome: outcome.code,
    day,
    reason: minutes === null ? 'hours-unknown' : 'counted',
    kind,
    level,
    mode,
    coefficient: formatDecimal(coefficient, COEFFICIENT_PLACES),
    minutes: minutes ?? 0n,
    weighed: weighed ?? 0n,
    logIndex,
  };
}

/**
 * Tells the people of one institution apart. Nothing leads back: who does not know a learner's id,
 * which is random, cannot find it, and it goes with the person.
 */
function pseudonymOf(institutionId: string, learnerId: string): string {
  const digest = createHash('sha256').update(`workload|${institutionId}|${learnerId}`);
  return digest.digest('hex').slice(0, PERSON_DIGITS);
}

function amountsOf({ minutes, weighed, reason }: Difference): {
  minutes: bigint;
  weighed: bigint;
  reason: ItemReason;
} {
  return { minutes, weighed, reason };
}
