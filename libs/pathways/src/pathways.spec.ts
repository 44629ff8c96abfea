import fc from 'fast-check';
import { millicredits, type PartialDate } from '#libs/credit';
import { compileScheme, type PathwayDocument } from '#libs/schemes';
import { outcome, SAMPLE, samplePathway } from '../test/sample.js';
import {
  carriedInto,
  changeOf,
  type GateAnswer,
  judgeGate,
  JOINED,
  type PathwayEvent,
  type PathwayOutcome,
  positionOf,
  semesterOf,
  semesterOn,
  yearOfStudy,
} from './index.js';

const pathway = samplePathway();
const gate = pathway.document.gates[0]!;
const exam = (passed: boolean | null, completedOn = '2026-06-10'): PathwayOutcome =>
  outcome('EXAM', { passed, completedOn: completedOn as PartialDate, credits: millicredits(0) });
const judge = (outcomes: readonly PathwayOutcome[], on = '2026-07-01'): GateAnswer =>
  judgeGate(pathway, gate, { state: 'one', intake: 2023, on, outcomes });

describe('semesters', () => {
  it.each([
    ['2023-09-01', 1],
    ['2024-01-31', 1],
    ['2024-02-01', 2],
    ['2024-08-31', 2],
    ['2026-01-15', 5],
    ['2026-06-10', 6],
    ['2026-09-01', 7],
    ['2023-08-31', 0],
  ])('%s is in semester %i of the intake of 2023', (day, semester) => {
    expect(semesterOn(2023, day)).toBe(semester);
  });

  it('of a vague date is told only when it cannot be another', () => {
    expect(semesterOf(2023, '2026-06' as PartialDate)).toBe(6);
    expect(semesterOf(2023, '2026' as PartialDate)).toBeNull();
    expect([1, 2, 3, 6, 7].map(yearOfStudy)).toEqual([1, 1, 2, 3, 4]);
  });
});

describe('a gate', () => {
  const met = [outcome('A'), outcome('C', { credits: millicredits(2000) })];

  it('passes, lets go, keeps, or says what is missing', () => {
    expect(judge([exam(true)])).toMatchObject({ verdict: 'passed', to: 'two', by: 'passes' });
    expect(judge([exam(false), ...met])).toMatchObject({ verdict: 'failed', to: 'left' });
    expect(judge([exam(false)])).toMatchObject({ verdict: 'failed', to: 'one', by: 'none' });
    expect(judge(met)).toMatchObject({ verdict: 'missing', semester: null });
    expect(judge([exam(true, '2026-01-10')])).toMatchObject({ verdict: 'refused', semester: 5 });
    expect(judge([exam(true, '2026')])).toMatchObject({ verdict: 'missing' });
    expect(judge([exam(null)])).toMatchObject({ verdict: 'missing' });
  });

  it('takes the best examination, and the last of equals', () => {
    const [first, second] = [exam(true), exam(true, '2026-06-20')];
    expect(judge([exam(false, '2026-06-25'), second, first]).evidence).toEqual([second.lotId]);
  });

  it('names the clauses with what they need, have, rest on and lack', () => {
    const [a] = met;
    const { facts } = judge([exam(false), a!]);
    expect(facts[1]).toMatchObject({
      value: 'short',
      isNeeded: true,
      clauses: [
        { id: 'credits', holds: false, needs: 6000n, has: 4000n, evidence: [a!.lotId] },
        { id: 'core', holds: true, needs: 1n, has: 1n, lacking: [] },
      ],
    });
    expect(judge([exam(false)]).facts[1]?.clauses[1]).toMatchObject({ lacking: ['A', 'B'] });
  });

  it('does not look at what is completed after the day', () => {
    expect(judge([exam(true)], '2026-06-01')).toMatchObject({ verdict: 'missing' });
  });

  it('more outcomes never make a passed one fail', () => {
    const any = fc.array(
      fc.record({ code: fc.constantFrom('A', 'B', 'EXAM', 'Z'), passed: fc.boolean() }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(any, any, (some, more) => {
        const at = (list: typeof some): PathwayOutcome[] =>
          list.map(({ code, passed }) =>
            outcome(code, { passed, completedOn: '2026-06-10' as PartialDate }),
          );
        const before = at(some);
        if (judge(before).verdict !== 'passed') return;
        expect(judge([...before, ...at(more)]).verdict).toBe('passed');
      }),
    );
  });

  it('says the same in whatever order outcomes come', () => {
    const all = [exam(false), exam(true), ...met, outcome('B')];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(judge(shuffled)).toEqual(judge(all));
      }),
    );
  });
});

describe('what carries over', () => {
  it('counts by clause, up to its limit, each lot once, the older first', () => {
    const [old, late] = [outcome('A', { completedOn: '2024-06' as PartialDate }), outcome('B')];
    const other = outcome('C', { category: 'public' });
    const carried = carriedInto(pathway, 'two', {
      outcomes: [late, other, old, exam(true)],
      until: '2026-07-01',
    });
    expect(carried).toMatchObject([
      {
        id: 'major',
        total: 5000n,
        lots: [
          { lotId: old.lotId, credits: 4000n },
          { lotId: late.lotId, credits: 1000n },
        ],
      },
      { id: 'rest', total: 4000n, lots: [{ lotId: other.lotId }] },
    ]);
    expect(carriedInto(pathway, 'one', { outcomes: [old], until: '2026-07-01' })).toEqual([]);
  });

  it('never counts more of a lot than it is worth, nor a lot twice, nor over a limit', () => {
    const any = fc.array(
      fc.record({
        code: fc.constantFrom('A', 'B', 'EXAM'),
        category: fc.constantFrom('major', 'public'),
        credits: fc.integer({ min: 0, max: 9000 }).map(millicredits),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(any, (list) => {
        const outcomes = list.map(({ code, ...over }) => outcome(code, over));
        const carried = carriedInto(pathway, 'two', { outcomes, until: '2026-07-01' });
        const lots = carried.flatMap((one) => one.lots);
        expect(new Set(lots.map(({ lotId }) => lotId)).size).toBe(lots.length);
        for (const { lotId, credits } of lots) {
          const worth = outcomes.find((one) => one.lotId === lotId)?.credits ?? 0n;
          expect(credits > 0n && credits <= worth).toBe(true);
        }
        for (const { atMost, total } of carried) {
          expect(atMost === null || total <= atMost).toBe(true);
        }
      }),
    );
  });
});

/** Events that the rules allow, chosen by numbers, as a service would write them. */
function walk(choices: readonly number[]): PathwayEvent[] {
  const base = { gate: null, verdict: null, major: null, evidence: [], day: '2026-06-10' };
  const events: PathwayEvent[] = [
    { ...base, seq: 1, event: JOINED, from: null, to: 'one', by: 'start', gives: [] },
  ];
  for (const choice of choices) {
    const from = events.at(-1)!.to;
    const ways = pathway.document.transitions.filter((one) => one.from.includes(from));
    const way = ways[choice % (ways.length || 1)];
    if (!way) break;
    const facts = Object.fromEntries(
      Object.entries(way.if ?? {}).map(([name, [value = '']]) => [name, value]),
    );
    const change = changeOf(pathway, from, way.event, facts);
    const isGate = way.event === 'gate';
    events.push({
      ...base,
      seq: events.length + 1,
      event: way.event,
      gate: isGate ? 'transfer' : null,
      verdict: isGate ? (way.id === 'passes' ? 'passed' : 'failed') : null,
      from,
      to: change.to,
      by: change.by,
      gives: change.gives,
      evidence: isGate ? [`lot-${events.length}`] : [],
    });
  }
  return events;
}

describe('the fold of the events', () => {
  const choices = fc.array(fc.nat({ max: 6 }), { maxLength: 8 });
  const none = new Set<string>();

  it('stands where the last event led, and a longer history keeps what the shorter one said', () => {
    fc.assert(
      fc.property(choices, (some) => {
        const events = walk(some);
        const position = positionOf(pathway, events, none);
        expect(position.state).toBe(events.at(-1)!.to);
        expect(position).toEqual(positionOf(pathway, events, none));
        for (let length = 1; length <= events.length; length += 1) {
          const then = positionOf(pathway, events.slice(0, length), none);
          expect(then.state).toBe(events[length - 1]!.to);
        }
      }),
    );
  });

  it('has one stage that is here exactly where one is studied', () => {
    fc.assert(
      fc.property(choices, (some) => {
        const { stages, stage } = positionOf(pathway, walk(some), none);
        const here = stages.filter(({ state }) => state === 'here');
        expect(here.map((one) => one.stage)).toEqual(stage ? [stage] : []);
        if (!stage) expect(stages.some(({ state }) => state === 'ahead')).toBe(false);
      }),
    );
  });

  it('asks to look again exactly at judgements that count and rest on something revoked', () => {
    fc.assert(
      fc.property(choices, fc.subarray(['lot-1', 'lot-2', 'lot-3', 'lot-4']), (some, lots) => {
        const revoked = new Set(lots);
        const position = positionOf(pathway, walk(some), revoked);
        expect(position.lookAgain.map(({ event }) => event)).toEqual(
          position.gates.filter(({ evidence }) => evidence.some((lot) => revoked.has(lot))),
        );
        const { lookAgain: _, ...rest } = position;
        expect(positionOf(pathway, walk(some), none)).toMatchObject(rest);
      }),
    );
  });

  it('after a reopening nothing of the gate is left', () => {
    const reopened = walk([0, 1]);
    expect(reopened.map(({ event }) => event)).toEqual([JOINED, 'gate', 'reopening']);
    expect(positionOf(pathway, reopened, new Set(['lot-1']))).toMatchObject({
      state: 'one',
      gives: [],
      gates: [],
      lookAgain: [],
      stages: [{ state: 'here' }, { state: 'ahead' }],
    });
  });

  it('refuses events that do not follow on each other', () => {
    const [first, second] = walk([0]);
    expect(() => positionOf(pathway, [], none)).toThrow('begins');
    const torn = [first!, { ...second!, from: 'two' }];
    expect(() => positionOf(pathway, torn, none)).toThrow('does not follow');
  });
});

describe('a document of a pathway', () => {
  const faultsOf = (change: Partial<PathwayDocument>): string[] => {
    const result = compileScheme({ ...SAMPLE, ...change });
    if (result.ok) return [];
    return (result.problem.faults ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
  };
  const [first] = SAMPLE.gates;
  const withFact = (fact: object) => ({
    gates: [{ ...first!, facts: [{ ...first!.facts[0]!, ...fact }, first!.facts[1]!] }],
  });

  it('names only what is there', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ stages: [{ state: 'x', institution: 's', years: 1 }] })).toContain(
      'rulebook-unknown-name /stages/0/state',
    );
    expect(faultsOf({ gates: [{ ...first!, event: 'x' }] })).toContain(
      'rulebook-unknown-name /gates/0/event',
    );
    expect(faultsOf({ gates: [] })).toContain('rulebook-unknown-name /transitions/0/if/exam');
  });

  it('has facts of one kind and conditions that can be met', () => {
    expect(faultsOf(withFact({ conditions: [] }))).toContain(
      'pathway-fact-of-one /gates/0/facts/0',
    );
    const [condition] = first!.facts[1]!.conditions!;
    const both = { ...condition!, outcomes: 2 };
    const found = faultsOf(withFact({ examination: undefined, conditions: [both] }));
    expect(found).toContain('pathway-clause-of-one /gates/0/facts/0/conditions/0');
    expect(found).toContain('pathway-clause-out-of-reach /gates/0/facts/0/conditions/0/outcomes');
  });
});
