import fc from 'fast-check';
import { parseDecimal } from '#libs/credit';
import {
  type Cell,
  type Circumstances,
  EMPLOYMENTS,
  ENTRIES,
  type FigureSource,
  GROUPS,
  INDICATORS,
  INPUTS,
  type Measure,
  type OutcomeFact,
  type PersonFacts,
  SMALL_CELL,
  type Sum,
  TEACHING_MODES,
  TRAINING_KINDS,
  contributionsAt,
  contributionsOf,
  figureOf,
  formatCircumstances,
  formatValue,
  hiddenCells,
  hiddenOf,
  hiddenRows,
  indicatorOf,
  isSmall,
  parseCircumstances,
  parsePeriod,
  schoolYearWith,
  seriesUpTo,
} from './index.js';

const NOTHING = parseCircumstances(null);

/** A source with inputs by code and sums by measure. */
function source(
  inputs: Record<string, string>,
  sums: Partial<Record<Measure, readonly Sum[]>> = {},
): FigureSource {
  return {
    period: parsePeriod('2026')!,
    sums: (measure) => sums[measure] ?? [],
    input: (code) => {
      const text = inputs[code] ?? INPUTS.find((one) => one.code === code && 'otherwise' in one);
      const value =
        typeof text === 'string'
          ? text
          : (text as { otherwise: { value: string } } | undefined)?.otherwise.value;
      return value === undefined
        ? null
        : { code, value: parseDecimal(value)!, on: '2026-10-01', sources: [] };
    },
    lateGraduates: 0n,
  };
}

function sum(category: string, count: number, minutes = 0): Sum {
  return { category, count: BigInt(count), minutes: BigInt(minutes) };
}

function valueOf(id: string, from: FigureSource): [string | null, boolean | null] {
  const definition = indicatorOf(id)!;
  const { value, met } = figureOf(definition, from);
  return [value && formatValue(value, definition.decimals), met];
}

describe('figures', () => {
  it('R55: 6,147 + 85 masters + 22 overseas + 34 evening + 298 correspondence are 6,380.5', () => {
    const enrolment = {
      'enrolment-full-time': '6147',
      'enrolment-masters': '85',
      'enrolment-overseas': '22',
      'enrolment-evening': '34',
      'enrolment-correspondence': '298',
    };
    expect(valueOf('fte-students', source(enrolment))).toEqual(['6380.5', null]);
    // A kind that nobody counted is not none.
    const { 'enrolment-evening': _, ...others } = enrolment;
    expect(figureOf(indicatorOf('fte-students')!, source(others))).toMatchObject({
      value: null,
      absence: 'input-missing',
      missing: ['enrolment-evening'],
    });
  });

  it('reach a target by the exact value and show it only then', () => {
    const ratioOf = (trainings: number) =>
      valueOf(
        'training-per-student',
        source(
          { 'students-in-school': '1000' },
          { training: [sum('unknown|unknown|unknown|known', trainings)] },
        ),
      );
    expect(ratioOf(1999)).toEqual(['1.99', false]);
    expect(ratioOf(2000)).toEqual(['2.00', true]);
  });

  it('convert hours exactly', () => {
    const sums = { training: [sum('upgrading|yes|none|known', 3, 162_000 + 90)] };
    expect(valueOf('training-workload', source({ 'hours-per-fte': '900' }, sums))).toEqual([
      '3.0',
      null,
    ]);
  });

  it('count every way on apart, and nobody twice', () => {
    const graduate = ['transfer', 'matched', 'exempt', 'other', 'none'].map((way, i) =>
      sum(way, [30, 20, 10, 0, 40][i]!),
    );
    const figure = figureOf(indicatorOf('secondary-onward')!, source({}, { graduate }));
    expect(figure.met).toBe(true);
    expect(figure.tables[0]).toMatchObject({ key: 'graduates', count: 100n });
    expect(figure.missing).toEqual(['secondary-graduates']);
  });

  it('leave out who is stated to have no work, and name who is not known to have any', () => {
    const skilled = [sum('3|employed', 40), sum('5|unknown', 50), sum('1|not-employed', 70)];
    const from = source({ 'employed-population': '300' }, { skilled });
    expect(valueOf('skilled-workers', from)).toEqual(['90', false]);
    expect(valueOf('skilled-share', from)).toEqual(['30.00', true]);
    expect(valueOf('highly-skilled-share', from)).toEqual(['44.44', true]);
    const { unknown } = figureOf(indicatorOf('skilled-workers')!, from);
    expect(unknown).toEqual([{ key: 'employment:unknown', count: 50n }]);
  });

  it('are there for every indicator, without inventing a value', () => {
    for (const definition of INDICATORS) {
      const figure = figureOf(definition, source({}));
      const isCount = definition.unit === 'persons' || definition.unit === 'person-times';
      const isZero = isCount || definition.id === 'training-workload';
      expect([definition.id, figure.value !== null]).toEqual([definition.id, isZero]);
    }
  });
});

describe('small cells', () => {
  /** A table of sums, two levels deep. */
  const table = fc
    .array(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((rows): Cell => {
      const cells = rows.map((row, i) => ({
        key: `${i}`,
        count: BigInt(row.reduce((a, b) => a + b, 0)),
        cells: row.map((count, j) => ({ key: `${i}.${j}`, count: BigInt(count) })),
      }));
      return { key: 'all', count: cells.reduce((a, { count }) => a + count, 0n), cells };
    });

  it('are not told, nor given away by any sum of what is told', () => {
    fc.assert(
      fc.property(table, (root) => {
        const hidden = hiddenCells(root);
        const walk = (cell: Cell): void => {
          if (isSmall(cell.count)) expect(hidden.has(cell.key)).toBe(true);
          const secret = (cell.cells ?? []).filter(({ key }) => hidden.has(key));
          const left = secret.reduce((total, { count }) => total + count, 0n);
          if (hidden.has(cell.key)) {
            // All parts told would add up to it.
            expect(cell.count === 0n || !cell.cells || secret.length > 0).toBe(true);
          } else if (secret.length > 0) {
            expect(secret.length).toBeGreaterThan(1);
            expect(left).toBeGreaterThanOrEqual(SMALL_CELL);
          }
          cell.cells?.forEach(walk);
        };
        walk(root);
      }),
    );
  });

  it('hide whole rows, and never one alone', () => {
    const rows = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 6 });
    fc.assert(
      fc.property(rows, (numbers) => {
        const all = numbers.map(([a, b], i) => ({ key: `${i}`, counts: [BigInt(a), BigInt(b)] }));
        const hidden = hiddenRows(all);
        const told = all.filter(
          ({ key, counts }) => !hidden.has(key) && counts.some((n) => n > 0n),
        );
        for (const { counts } of told) expect(counts.some(isSmall)).toBe(false);
        if (told.length === 0 || hidden.size === 0) return;
        expect(hidden.size).toBeGreaterThan(1);
        for (const column of [0, 1]) {
          const left = all
            .filter(({ key }) => hidden.has(key))
            .reduce((total, { counts }) => total + counts[column]!, 0n);
          expect(isSmall(left)).toBe(false);
        }
      }),
    );
  });

  it('hide the value that would give them away', () => {
    const graduate = [sum('transfer', 95), sum('none', 5)];
    const figure = figureOf(indicatorOf('secondary-onward')!, source({}, { graduate }));
    expect(hiddenOf(figure).value).toBe(true);
    const known = [sum('transfer', 85), sum('none', 15)];
    const other = figureOf(indicatorOf('secondary-onward')!, source({}, { graduate: known }));
    expect(hiddenOf(other).value).toBe(false);
  });
});

describe('periods', () => {
  it('are calendar years and school years, and nothing else', () => {
    expect(parsePeriod('2026')).toMatchObject({ from: '2026-01-01', to: '2026-12-31' });
    expect(parsePeriod('2025-2026')).toMatchObject({ from: '2025-09-01', to: '2026-08-31' });
    for (const text of ['2025-2027', '26', '2026-', '0026', '2026-09'])
      expect(parsePeriod(text)).toBeUndefined();
    expect(schoolYearWith('2026-08-31').id).toBe('2025-2026');
    expect(schoolYearWith('2026-09-01').id).toBe('2026-2027');
    expect(seriesUpTo(parsePeriod('2025-2026')!, 2).map(({ id }) => id)).toEqual([
      '2024-2025',
      '2025-2026',
    ]);
  });
});

describe('circumstances', () => {
  const maybe = <T>(from: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
    fc.option(from, { nil: null });
  const circumstances: fc.Arbitrary<Circumstances> = fc.record({
    groups: maybe(fc.subarray([...GROUPS])),
    trainingKind: maybe(fc.constantFrom(...TRAINING_KINDS)),
    subsidised: maybe(fc.boolean()),
    employment: maybe(fc.constantFrom(...EMPLOYMENTS)),
    origin: maybe(fc.constantFrom('local', 'CN-51', 'TH')),
    mode: maybe(fc.constantFrom(...TEACHING_MODES)),
    entry: maybe(fc.constantFrom(...ENTRIES)),
  });

  it('are read as they were written, and nothing said stays nothing', () => {
    fc.assert(
      fc.property(circumstances, (said) => {
        expect(parseCircumstances(formatCircumstances(said))).toEqual(said);
      }),
    );
    expect(formatCircumstances(NOTHING)).toBeNull();
  });
});

describe('contributions', () => {
  const fact = (over: Partial<OutcomeFact>): OutcomeFact => ({
    learnerId: 'a',
    lotId: 'lot',
    institutionId: 'school',
    isTraining: false,
    skillLevel: null,
    milestone: null,
    day: '2026-03-01',
    validTo: null,
    minutes: null,
    passed: true,
    circumstances: NOTHING,
    recordedAt: 1,
    turns: [],
    ...over,
  });
  const person = (outcomes: OutcomeFact[], links: PersonFacts['links'] = []): PersonFacts => ({
    outcomes,
    links,
    alternativeIds: new Set(),
  });

  it('have a person once, by the highest level that is valid', () => {
    const facts = person([
      fact({ lotId: '5', skillLevel: 5, day: '2020-01-01' }),
      fact({ lotId: '3', skillLevel: 3, day: '2022-01-01', validTo: '2024-12-31' }),
    ]);
    const spans = contributionsOf(facts).filter(({ measure }) => measure === 'skilled');
    expect(spans.map(({ category, day, until }) => [category, day, until])).toEqual([
      ['5|unknown', '2020-01-01', '2022-01-01'],
      ['3|unknown', '2022-01-01', '2025-01-01'],
      ['5|unknown', '2025-01-01', null],
    ]);
  });

  it('let a graduate go on once, and follow a correction without forgetting', () => {
    const graduation = fact({ lotId: 'g', milestone: 'secondary-graduation', day: '2026-06-30' });
    const onward = fact({
      lotId: 'o',
      milestone: 'onward-matched',
      day: '2026-08-01',
      recordedAt: 5,
      turns: [9],
    });
    const found = contributionsOf(person([graduation, onward]))
      .filter(({ measure }) => measure === 'graduate')
      .map(({ category, knownFrom, knownTo }) => [category, knownFrom, knownTo]);
    expect(found).toEqual([
      ['none', 1, 5],
      ['matched', 5, 9],
      ['none', 9, null],
    ]);
  });

  it('see one person in two accounts while they are linked', () => {
    const facts = person(
      [
        fact({ lotId: 'x', skillLevel: 4 }),
        fact({ lotId: 'y', learnerId: 'b', skillLevel: 3, day: '2026-04-01' }),
      ],
      [
        { id: 'm', survivorId: 'a', absorbedId: 'b', undoesId: null, recordedAt: 3 },
        { id: 's', survivorId: 'a', absorbedId: 'b', undoesId: 'm', recordedAt: 7 },
      ],
    );
    const skilledAt = (moment: number) =>
      contributionsAt(facts, moment).filter(
        ({ measure, until }) => measure === 'skilled' && until === null,
      ).length;
    expect([1, 3, 7].map(skilledAt)).toEqual([2, 1, 2]);
  });

  it('know at each moment what was computed at it', () => {
    const facts = fc.array(
      fc.record({
        lotId: fc.uuid(),
        learnerId: fc.constantFrom('a', 'b'),
        isTraining: fc.boolean(),
        skillLevel: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
        day: fc.constantFrom('2024-05-01', '2025-10-01', '2026-02-01'),
        validTo: fc.constantFrom(null, '2026-01-01'),
        recordedAt: fc.integer({ min: 1, max: 9 }),
        turns: fc.uniqueArray(fc.integer({ min: 10, max: 19 }), { maxLength: 3 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(facts, fc.integer({ min: 1, max: 20 }), (list, moment) => {
        const all = person(
          list.map((one) => fact({ ...one, turns: one.turns.toSorted((a, b) => a - b) })),
        );
        const known = contributionsOf(all)
          .filter(({ knownFrom, knownTo }) => knownFrom <= moment && (knownTo ?? 99) > moment)
          .map(({ knownFrom: _from, knownTo: _to, ...one }) => one);
        const text = (list: readonly object[]) =>
          list
            .map((one) => JSON.stringify(one, (_, v) => (typeof v === 'bigint' ? String(v) : v)))
            .sort();
        expect(text(known)).toEqual(text(contributionsAt(all, moment)));
      }),
    );
  });
});
