import type { District } from './district.js';

/** A figure from outside, as the authority enters it; the same of a day again counts instead. */
export interface Stated {
  readonly code: string;
  /** Null: of the whole district. */
  readonly institution: string | null;
  readonly on: string;
  readonly value: string;
}

/** What censuses of the city come to. */
export interface Census {
  readonly learners: number;
  readonly graduates: ReadonlyMap<number, number>;
  readonly pupils: ReadonlyMap<string, number>;
  readonly teachers: ReadonlyMap<string, number>;
}

const MODES = ['full-time', 'masters', 'overseas', 'evening', 'correspondence'] as const;
const EMPLOYED_SHARE = [48, 52] as const;

/** Everything that the authority enters, in this order. */
export function statementsOf(district: District, census: Census): Stated[] {
  return [
    ...[2025, 2026].map((year) => ({
      code: 'secondary-graduates',
      institution: null,
      on: `${year}-07-31`,
      value: String(census.graduates.get(year) ?? 0),
    })),
    ...EMPLOYED_SHARE.map((share, i) => ({
      code: 'employed-population',
      institution: null,
      on: ['2025-06-30', '2026-06-30'][i] as string,
      value: String(Math.ceil((census.learners * share) / 100)),
    })),
    // The number of hours is laid down anew in the middle of the two spans.
    { code: 'hours-per-fte', institution: null, on: '2026-01-01', value: '850.5' },
    { code: 'coefficient-evening', institution: null, on: '2026-03-01', value: '0.35' },
    ...district.houses.flatMap(({ code, trade }) => {
      if (trade === 'secondary-school' || trade === 'college') return schoolOf(code, census);
      return trade === 'open-university' ? modesOf(code, census.learners) : [];
    }),
  ];
}

function schoolOf(institution: string, { pupils, teachers, learners }: Census): Stated[] {
  const own = pupils.get(institution) ?? 0;
  const at = (code: string, on: string, value: number): Stated => ({
    code,
    institution,
    on,
    value: String(value),
  });
  return [
    at('students-in-school', '2025-10-01', own + 7),
    // Counted wrongly at first.
    at('students-in-school', '2025-10-01', own + 1),
    at('students-in-school', '2026-03-01', own + 2),
    at('specialised-teachers', '2025-09-01', (teachers.get(institution) ?? 0) + 1),
    at('programmes-offered', '2025-09-01', 11),
    at('programmes-matched', '2025-09-01', 9),
    at('programmes-matched', '2026-04-01', 10),
    ...modesOf(institution, learners),
  ];
}

function modesOf(institution: string, learners: number): Stated[] {
  return MODES.map((mode, i) => ({
    code: `enrolment-${mode}`,
    institution,
    on: '2025-11-01',
    value: String(Math.ceil(learners / (40 * (i + 1))) + i),
  }));
}
