import fc from 'fast-check';
import { parsePartialDate } from '#libs/credit';
import { compiled, decide, learner, line, rule, sample } from '../../test/sample.js';
import { periodOf } from './calendar.js';
import type { CalendarDocument, RulebookDocument } from '../document/document.js';
import type {
  ExampleLearnerDocument,
  ExampleOutcomeDocument,
} from '../document/document-examples.js';
import { compileRulebook } from '../compile/compile.js';

const CALENDAR = {
  yearStarts: '09-01',
  semesters: [
    { id: 'autumn', starts: '09-01' },
    { id: 'spring', starts: '02-15' },
    { id: 'summer', starts: '06-01' },
  ],
  cutOffs: [{ graduation: '07', lastDay: '06-15' }],
} satisfies CalendarDocument;

test.each([
  ['2026-09-01', '2026', '2026/autumn'],
  ['2026-08-31', '2025', '2025/summer'],
  ['2026-12-31', '2026', '2026/autumn'],
  ['2027-01-01', '2026', '2026/autumn'],
  ['2027-02-14', '2026', '2026/autumn'],
  ['2027-02-15', '2026', '2026/spring'],
  ['2027-05-31', '2026', '2026/spring'],
  ['2027-06-01', '2026', '2026/summer'],
  ['2026-10', '2026', '2026/autumn'],
  ['2027-02', '2026', null],
  ['2026', null, null],
])('%s belongs to %s and %s', (day, year, semester) => {
  const date = parsePartialDate(day) ?? null;
  expect(periodOf(CALENDAR, 'academic-year', date)).toBe(year);
  expect(periodOf(CALENDAR, 'semester', date)).toBe(semester);
  expect(periodOf(undefined, 'semester', date)).toBeNull();
  expect(periodOf(CALENDAR, 'semester', null)).toBeNull();
});

const POOL = [
  rule('r', { has: { source: 'course' } }, [{ elective: 'pool', partial: true }], {
    remainder: 'keep',
  }),
];

function credits(
  document: Partial<RulebookDocument>,
  outcomes: readonly ExampleOutcomeDocument[],
  rest: Partial<ExampleLearnerDocument> = {},
): string {
  return line(
    decide(sample({ calendar: CALENDAR, rules: POOL, ...document }), learner(outcomes, rest)),
  );
}

const course = (lot: string, credit: string, completed: string): ExampleOutcomeDocument => {
  return { lot, outcome: 'C', credits: credit, completed };
};

describe('caps of a period', () => {
  const caps = [
    { id: 'year', max: '6', per: 'academic-year' as const },
    { id: 'term', max: '4', per: 'semester' as const },
  ];

  test('each period has its own room, and earlier decisions have taken of it', () => {
    const both = [course('a', '5', '2025-10-01'), course('b', '5', '2026-03-01')];
    expect(credits({ caps }, both)).toBe('r:pool=4, r:pool=2');
    const earlier = { rule: 'r', elective: 'pool', category: 'free', credits: '4', lots: ['z'] };
    const taken = (completed: string[]): string =>
      credits({ caps }, [course('a', '5', '2025-10-01')], { granted: [{ ...earlier, completed }] });
    expect(taken(['2025-12'])).toBe('r(a) cap');
    expect(taken(['2026-03-01'])).toBe('r:pool=2');
    expect(taken(['2024-12-01'])).toBe('r:pool=4');
    expect(taken(['2025'])).toBe('r:pool=4');
  });

  test('what is granted keeps its day for later decisions, only where periods count', () => {
    const facts = learner([course('a', '3', '2025-10')]);
    const [grant] = decide(sample({ calendar: CALENDAR, rules: POOL, caps }), facts).granted;
    expect(grant?.completed).toEqual(['2025-10']);
    const again = { ...learner([course('b', '3', '2025-11-01')]), granted: grant ? [grant] : [] };
    expect(line(decide(sample({ calendar: CALENDAR, rules: POOL, caps }), again))).toBe('r:pool=1');
    const [plain] = decide(sample({ rules: POOL }), facts).granted;
    expect(plain).not.toHaveProperty('completed');
  });

  test('the room that is left is told for each period', () => {
    const { caps: uses } = decide(
      sample({ calendar: CALENDAR, rules: POOL, caps }),
      learner([course('a', '5', '2025-10-01'), course('b', '1', '2026-03-01')]),
    );
    expect(uses.map(({ cap, per, used, limit }) => `${cap} ${per} ${used}/${limit}`)).toEqual([
      'year 2025 5/6',
      'term 2025/autumn 4/4',
      'term 2025/spring 1/4',
    ]);
  });

  test('an outcome whose period is not known waits, unless the cap is about others', () => {
    expect(credits({ caps }, [course('a', '1', '2026')])).toBe('r(a) waits completed');
    const others = [
      { id: 'c', max: '1', per: 'semester' as const, of: { source: 'training' as const } },
    ];
    expect(credits({ caps: others }, [course('a', '1', '2026')])).toBe('r:pool=1');
  });

  test('a sum is taken from the periods that have room', () => {
    const rules = [
      rule('s', { sum: { what: 'credits', atLeast: '1' }, of: { has: 'C' } }, [
        { elective: 'pool' },
      ]),
    ];
    const lots = [course('a', '4', '2025-10-01'), course('b', '3', '2026-03-01')];
    expect(credits({ caps: [{ id: 'term', max: '4', per: 'semester' }], rules }, lots)).toContain(
      's:pool=4',
    );
    expect(credits({ caps: [{ id: 'term', max: '7', per: 'semester' }], rules }, lots)).toBe(
      's:pool=7',
    );
  });

  test('what counts is what fits into every period, whatever the order', () => {
    const month = fc.integer({ min: 1, max: 24 });
    const outcome = fc.record({ month, halves: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 7 }), (list) => {
        const outcomes = list.map(({ month: at, halves }, index) => {
          const day = `${2025 + Math.floor((at - 1) / 12)}-${String(((at - 1) % 12) + 1).padStart(2, '0')}-20`;
          return course(`l${index}`, String(halves / 2), day);
        });
        const term = [{ id: 'term', max: '2.5', per: 'semester' as const }];
        const document = sample({ calendar: CALENDAR, rules: POOL, caps: term });
        const total = new Map<string, number>();
        for (const { credits: credit = '0', completed = '' } of outcomes) {
          const period = periodOf(CALENDAR, 'semester', parsePartialDate(completed) ?? null) ?? '';
          total.set(period, Math.min(5, (total.get(period) ?? 0) + Number(credit) * 2));
        }
        const expected = [...total.values()].reduce((sum, each) => sum + each, 0) / 2;
        expect(Number(decide(document, learner(outcomes)).credits)).toBe(expected);
        expect(decide(document, learner([...outcomes].reverse()))).toEqual(
          decide(document, learner(outcomes)),
        );
      }),
      { numRuns: Math.min(50, Number(process.env.RULE_RUNS ?? 50)) },
    );
  });
});

test('in the last semester nothing counts after the cut-off', () => {
  const at = (completed: string, graduates?: string): string =>
    credits({}, [course('a', '1', completed)], graduates === undefined ? {} : { graduates });
  expect(at('2026-06-15', '2026-07')).toBe('r:pool=1');
  expect(at('2026-06-16', '2026-07')).toBe('r(a) lot-after-cut-off');
  expect(at('2026-06', '2026-07')).toBe('r:pool=1');
  expect(at('2026-07', '2026-07')).toBe('r(a) lot-after-cut-off');
  expect(at('2026-06-16', '2026-01')).toBe('r:pool=1');
  expect(at('2026-06-16')).toBe('r:pool=1');
  expect(at('2027-06-16', '2026-07')).toBe('r(a) lot-after-cut-off');
  const document = sample({ rules: POOL });
  expect(
    line(decide(document, learner([course('a', '1', '2026-06-16')], { graduates: '2026-07' }))),
  ).toBe('r:pool=1');
});

test('a requirement for each period is as far as the poorest period', () => {
  const title = { en: 't', zh: 't' };
  const state = (per: 'semester' | 'academic-year', outcomes: ExampleOutcomeDocument[]): string => {
    const requirements = [{ id: 'q', title, atLeast: '3', per }];
    const { requirements: states } = decide(
      sample({ calendar: CALENDAR, rules: POOL, requirements }),
      learner(outcomes),
    );
    return states.map(({ have, short, met }) => `${have} ${short} ${met}`).join();
  };
  const [autumn, spring] = [course('a', '4', '2025-10-01'), course('b', '2', '2026-03-01')];
  expect(state('semester', [autumn, spring])).toBe('2 1 false');
  expect(state('semester', [autumn])).toBe('4 0 true');
  expect(state('semester', [])).toBe('0 3 false');
  expect(state('academic-year', [autumn, spring])).toBe('6 0 true');
});

describe('a calendar that cannot be meant', () => {
  const faults = (calendar: CalendarDocument | undefined, per = 'semester'): string[] => {
    const result = compileRulebook(
      sample({
        ...(calendar && { calendar }),
        caps: [{ id: 'c', max: '1', per: per as 'semester' }],
        requirements: [
          { id: 'q', title: { en: 't', zh: 't' }, atLeast: '1', per: 'academic-year' },
        ],
      }),
    );
    return result.ok
      ? []
      : (result.problem.faults ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
  };

  test('periods without a calendar, semesters without any', () => {
    expect(faults(undefined)).toEqual([
      'rulebook-calendar-missing /caps/0/per',
      'rulebook-calendar-missing /requirements/0/per',
    ]);
    expect(faults({ yearStarts: '03-01' })).toEqual(['rulebook-calendar-missing /caps/0/per']);
    expect(faults({ yearStarts: '03-01' }, 'academic-year')).toEqual([]);
    expect(faults(undefined, 'issuer')).toEqual(['rulebook-calendar-missing /requirements/0/per']);
  });

  test('semesters that do not begin with the year, go backwards, or stand twice', () => {
    const semesters = (...starts: string[]): string[] =>
      faults({
        yearStarts: '09-01',
        semesters: starts.map((each, at) => ({ id: `s${at}`, starts: each })),
      });
    expect(semesters('09-01', '02-01')).toEqual([]);
    expect(semesters('09-02', '02-01')).toEqual(['rulebook-number /calendar/semesters/0/starts']);
    expect(semesters('09-01', '02-01', '12-01')).toEqual([
      'rulebook-number /calendar/semesters/2/starts',
    ]);
    expect(semesters('09-01', '09-01')).toEqual(['rulebook-number /calendar/semesters/1/starts']);
    const twice = { id: 's', starts: '09-01' };
    expect(
      faults({ yearStarts: '09-01', semesters: [twice, { ...twice, starts: '10-01' }] }),
    ).toEqual(['rulebook-duplicate /calendar/semesters/1/id']);
    const cutOff = { graduation: '07', lastDay: '06-15' };
    expect(faults({ ...CALENDAR, cutOffs: [cutOff, cutOff] })).toEqual([
      'rulebook-duplicate /calendar/cutOffs/1/graduation',
    ]);
  });
});

test('documents without a calendar keep their canonical form', () => {
  const { rulebook } = compiled(sample({ caps: [{ id: 'c', max: '1' }] }));
  expect(Object.keys(rulebook)).not.toContain('calendar');
  expect(Object.keys(rulebook.caps[0] ?? {})).not.toContain('account');
});

describe('faults of a calendar say what is wrong', () => {
  const faults = (calendar: CalendarDocument, rest: Partial<RulebookDocument> = {}): unknown => {
    const result = compileRulebook(sample({ calendar, ...rest }));
    return (result.ok ? [] : (result.problem.faults ?? [])).map(({ pointer, code, params }) => [
      pointer,
      code,
      params,
    ]);
  };

  test('semesters and cut-offs', () => {
    const semester = (id: string, starts: string) => ({ id, starts });
    expect(faults({ yearStarts: '09-01', semesters: [semester('a', '09-02')] })).toEqual([
      ['/calendar/semesters/0/starts', 'rulebook-number', { value: '09-02', range: '09-01' }],
    ]);
    const order = [semester('a', '09-01'), semester('b', '03-01'), semester('c', '03-01')];
    expect(faults({ yearStarts: '09-01', semesters: order })).toEqual([
      ['/calendar/semesters/2/starts', 'rulebook-number', { value: '03-01', range: '> 03-01' }],
    ]);
    const late = [semester('a', '09-01'), semester('b', '03-01'), semester('c', '10-01')];
    expect(faults({ yearStarts: '09-01', semesters: late })).toEqual([
      ['/calendar/semesters/2/starts', 'rulebook-number', { value: '10-01', range: '> 03-01' }],
    ]);
    const cutOff = { graduation: '07', lastDay: '06-15' };
    expect(faults({ yearStarts: '09-01', cutOffs: [cutOff, cutOff] })).toEqual([
      [
        '/calendar/cutOffs/1/graduation',
        'rulebook-duplicate',
        { name: '07', first: '/calendar/cutOffs/0/graduation' },
      ],
    ]);
  });

  test('a period that the calendar does not have', () => {
    const caps = [{ id: 'c', max: '1', per: 'semester' as const }];
    expect(faults({ yearStarts: '09-01' }, { caps })).toEqual([
      ['/caps/0/per', 'rulebook-calendar-missing', { per: 'semester' }],
    ]);
  });
});
