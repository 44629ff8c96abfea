import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Figure,
  INDICATORS,
  type IndicatorDefinition,
  type Measure,
  type Period,
  addsUp,
  figureOf,
  stretchesOf,
} from '#libs/indicators';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { InputsStore } from '../inputs/inputs.store.js';
import { ProjectionStore } from '../projection/projection.store.js';
import { type Counting, FiguresStore, type InstitutionSum } from './figures.store.js';
import { type Material, sourceOf } from './source.js';

/** For which time a figure is asked, and as it was known when. */
export interface Asked {
  readonly period: Period;
  /** Null: as it is known now. */
  readonly knownAt: Date | null;
  /** The one indicator that is wanted; left out for all of them. */
  readonly only?: IndicatorDefinition;
}

/** A figure of the district with its definition. */
export interface IndicatorFigure {
  readonly definition: IndicatorDefinition;
  readonly figure: Figure;
}

/** The figures of one period, counted from one reading of the ledger. */
export interface FiguresOfPeriod {
  readonly period: Period;
  /** The last day that was looked at, `yyyy-mm-dd`. */
  readonly day: string;
  /** The moment up to which everything recorded is in the figures. */
  readonly dataTime: Date;
  /** When the cohort of graduates was frozen; null while it is open. */
  readonly cohortFrozenAt: Date | null;
  readonly items: readonly IndicatorFigure[];
  /** Counts the same of one institution. */
  readonly ofInstitution: (definition: IndicatorDefinition, institutionId: string) => Figure;
  /** Institutions that have something in an indicator. */
  readonly institutionsIn: (definition: IndicatorDefinition) => readonly string[];
}

/** Figures of the plan's indicators, exact and with nothing hidden. */
@Injectable()
export class IndicatorFigures {
  readonly #projection = new ProjectionStore();

  constructor(
    private readonly database: Database,
    private readonly store: FiguresStore,
    private readonly inputs: InputsStore,
    private readonly clock: Clock,
  ) {}

  /** Every indicator in a period, or the one that is wanted. */
  read(asked: Asked): Promise<FiguresOfPeriod> {
    // Figures are about all institutions by their nature; who is told what is decided by the caller.
    return this.database.readAcrossTenants((tx) => this.readWithin(tx, asked));
  }

  /** {@link read} inside a transaction of the caller, who is told everything. */
  async readWithin(tx: EntityManager, { period, knownAt, only }: Asked): Promise<FiguresOfPeriod> {
    const now = this.clock.now();
    const waiting = knownAt === null ? await this.#projection.waitingSince(tx) : null;
    const day = this.lastDayOf(period);
    const inputs = await this.inputs.listInForce(tx, { on: day, knownAt, institutionId: null });
    const frozenAt = await this.inputs.firstEntered(tx, {
      code: 'secondary-graduates',
      from: period.from,
      to: period.to,
      knownAt,
    });
    const definitions = only ? [only] : INDICATORS;
    const additive = definitions.filter(addsUp);
    const at = { period, day, knownAt, definitions };
    const { sums, late } = await this.#sums(tx, at, frozenAt);
    const material: Material = { period, sums, lateGraduates: late, inputs };
    const stretches: Material[] = [];
    for (const stretch of stretchesOf(period)) {
      const within = { ...at, period: stretch, day: this.lastDayOf(stretch) };
      const found = await this.#sums(tx, { ...within, definitions: additive }, frozenAt);
      stretches.push({ ...material, sums: found.sums, lateGraduates: found.late });
    }
    const read = (definition: IndicatorDefinition, institutionId: string | null): Figure =>
      figureWith(definition, { material, stretches, institutionId });
    return {
      period,
      day,
      dataTime: knownAt ?? waiting ?? now,
      cohortFrozenAt: frozenAt,
      items: definitions.map((definition) => ({
        definition,
        figure: read(definition, null),
      })),
      ofInstitution: read,
      institutionsIn: (definition) => institutionsIn(definition, material),
    };
  }

  /** The day on which stocks of a period are counted: its end, or today. */
  lastDayOf({ to }: Period): string {
    const today = this.clock.today();
    return to < today ? to : today;
  }

  async #sums(
    tx: EntityManager,
    {
      definitions,
      ...at
    }: Pick<Counting, 'period' | 'day' | 'knownAt'> & {
      readonly definitions: readonly IndicatorDefinition[];
    },
    frozenAt: Date | null,
  ): Promise<{ sums: Map<Measure, InstitutionSum[]>; late: InstitutionSum[] }> {
    const sums = new Map<Measure, InstitutionSum[]>();
    let late: InstitutionSum[] = [];
    const wanted = new Map(
      definitions.flatMap(({ counts }) => counts).map((count) => [count.measure, count]),
    );
    for (const count of wanted.values()) {
      const counting = { ...at, ...count };
      if (count.measure === 'graduate' && frozenAt !== null) {
        const cohort = await this.store.frozenSums(tx, counting, frozenAt);
        sums.set(count.measure, cohort.within);
        late = cohort.late;
      } else sums.set(count.measure, await this.store.sums(tx, counting));
    }
    return { sums, late };
  }
}

/** A figure, with that of each stretch of time that other periods could give away. */
function figureWith(
  definition: IndicatorDefinition,
  from: {
    readonly material: Material;
    readonly stretches: readonly Material[];
    readonly institutionId: string | null;
  },
): Figure {
  const of = (material: Material): Figure =>
    figureOf(definition, sourceOf(material, from.institutionId));
  const figure = of(from.material);
  if (from.stretches.length === 0 || !addsUp(definition)) return figure;
  return { ...figure, stretches: from.stretches.map(of) };
}

function institutionsIn({ id, counts }: IndicatorDefinition, material: Material): string[] {
  const counted = counts.flatMap(({ measure }) => material.sums.get(measure) ?? []);
  const codes = INPUT_CODES[id] ?? [];
  const stated = material.inputs.filter(({ code }) => codes.includes(code));
  const ids = [...counted, ...stated].map(({ institutionId }) => institutionId);
  return [...new Set(ids)].filter((one) => one !== null).sort();
}

/** Inputs by institution, of indicators that can be had for one institution by them. */
const INPUT_CODES: Readonly<Record<string, readonly string[]>> = {
  'training-per-student': ['students-in-school'],
  'fte-students': [
    'enrolment-full-time',
    'enrolment-masters',
    'enrolment-overseas',
    'enrolment-evening',
    'enrolment-correspondence',
  ],
  'dual-qualified-teachers': ['specialised-teachers'],
  'programme-match': ['programmes-offered', 'programmes-matched'],
};
