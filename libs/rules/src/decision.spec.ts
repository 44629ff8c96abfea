import { compiled, decide, learner, line, lot, rule, said, sample } from '../test/sample.js';
import type { RulebookDocument } from './document/document.js';
import { ENGINE, evaluate } from './evaluate.js';

const ON = '2026-10-01';
const title = { zh: '题', en: 'title' };
const B2 = [{ course: 'B2' }];
const POOL = [{ elective: 'pool', partial: true }];

test('a decision says what it was made of, and everything that came of it', () => {
  const rulebook = compiled(
    sample({
      version: 3,
      caps: [{ id: 'all', title, basis: '§3', max: '8', account: 'both' }],
      rules: [
        rule('r', { has: 'X', grade: { scale: 'percent', atLeast: '60' } }, B2, { basis: '§1' }),
      ],
      requirements: [{ id: 'q', title, basis: '§2', atLeast: '3' }],
    }),
  );
  const given = learner([lot('X', { grade: '70', gradeScale: 'percent', issuer: 'i' })]);
  expect(evaluate(rulebook, given, ON)).toEqual({
    format: 'credit-bank-decision/1',
    engine: 'credit-bank-rules/2',
    rulebook: { id: 'sample', version: 3, hash: rulebook.hash },
    programme: 'SAMPLE',
    on: ON,
    credits: '2',
    granted: [
      {
        rule: 'r',
        ruleTitle: { zh: 'r', en: 'r' },
        basis: '§1',
        effect: 'credit',
        course: 'B2',
        courseTitle: { zh: 'basic 2', en: 'basic 2' },
        elective: null,
        category: 'basic',
        credits: '2',
        value: null,
        uses: [{ lot: 'x', amount: '4', forfeited: '2' }],
        lots: ['x'],
        sources: ['course'],
        issuers: ['i'],
        remainder: 'forfeit',
        grade: null,
      },
    ],
    refused: [],
    pending: [],
    caps: [
      {
        cap: 'all',
        title,
        basis: '§3',
        counts: 'credits',
        per: null,
        account: 'both',
        limit: '8',
        before: '0',
        used: '2',
        rules: ['r'],
      },
    ],
    requirements: [
      { requirement: 'q', title, basis: '§2', needed: '3', have: '2', short: '1', met: false },
    ],
    award: 'not-met',
    proven: true,
    bound: '2',
    reasons: [
      {
        rule: 'r',
        path: '/rules/0/when',
        operator: 'has',
        wanted: 'X',
        read: 'X',
        lot: 'x',
        verdict: 'true',
        children: [
          {
            rule: 'r',
            path: '/rules/0/when',
            operator: 'grade',
            wanted: '>= 60 (percent)',
            read: '70',
            lot: 'x',
            verdict: 'true',
            children: [],
          },
        ],
      },
    ],
    missing: [
      {
        rule: null,
        requirement: 'q',
        title,
        changes: [{ kind: 'credits', lot: null, outcomes: [], wanted: '+ 1', read: '2' }],
      },
    ],
  });
});

test('a decision is made for a day, by an engine that there is', () => {
  const rulebook = compiled(sample());
  const none = learner([]);
  for (const day of ['2026-10', '2026-10-01T00:00', ' 2026-10-01', '']) {
    expect(() => evaluate(rulebook, none, day)).toThrow('a decision is made for a day, yyyy-MM-dd');
  }
  expect(() => evaluate(rulebook, none, ON, 'credit-bank-rules/0')).toThrow(
    'a decision is made again by the engine that made it',
  );
  expect(evaluate(rulebook, none, ON, 'credit-bank-rules/1').engine).toBe('credit-bank-rules/1');
  expect(evaluate(rulebook, none, ON).engine).toBe(ENGINE);
});

test('of two earlier grants of one course the first by name is told, whatever their order', () => {
  const [a, b] = ['a', 'b'].map((id) => ({ rule: id, course: 'B2', credits: '2' }));
  const by = (granted: NonNullable<Parameters<typeof learner>[1]>['granted']): unknown =>
    decide(sample({ rules: [rule('r', { has: 'X' }, B2)] }), learner([lot('X')], { granted }))
      .refused[0]?.params.by;
  expect([by([a!, b!]), by([b!, a!])]).toEqual(['a', 'a']);
});

test('refused and pending come in the order of the rules, then of the lots', () => {
  const graded = { has: { prefix: 'P' }, hours: { atLeast: '1' } };
  const rules = ['b', 'a'].map((id) => rule(id, graded, B2));
  expect(said({ rules }, [lot('P2'), lot('P1')])).toBe(
    'a(p1) waits hours, a(p2) waits hours, b(p1) waits hours, b(p2) waits hours',
  );
  const few = [lot('P2', { hours: '0.5' }), lot('P1', { hours: '0.5' })];
  expect(said({ rules }, few)).toBe(
    'a(p1) condition-false, a(p2) condition-false, b(p1) condition-false, b(p2) condition-false',
  );
});

describe('caps that are told', () => {
  const outcomes = [lot('X', { issuer: 'i' }), lot('Y', { issuer: 'j' })];
  const caps = (cap: object, ...ids: string[]): unknown => {
    const rules = ids.map((id) => rule(id, { has: id }, [{ elective: 'pool' }]));
    const document = sample({ rules, caps: [{ id: 'c', max: '4', ...cap }] });
    return decide(document, learner(outcomes)).caps.map(({ per, used, rules: by }) => [
      per,
      used,
      by.join(),
    ]);
  };

  test('one for all is told always', () => {
    expect(caps({}, 'X')).toEqual([[null, '4', 'X']]);
    expect(caps({ of: { category: 'core' } }, 'X')).toEqual([[null, '0', '']]);
    expect(caps({ max: '9' }, 'Y', 'X')).toEqual([[null, '8', 'X,Y']]);
  });

  test('one of each issuer where something was used of it or refused by it', () => {
    expect(caps({ per: 'issuer' }, 'X', 'Y')).toEqual([
      ['i', '4', 'X'],
      ['j', '4', 'Y'],
    ]);
    expect(caps({ per: 'issuer', of: { rule: 'Y' } }, 'X', 'Y')).toEqual([['j', '4', 'Y']]);
    expect(caps({ per: 'issuer', max: '3', of: { rule: 'Y' } }, 'X', 'Y')).toEqual([
      ['j', '0', ''],
    ]);
    expect(caps({ per: 'issuer', counts: 'lots', max: '1' }, 'X')).toEqual([['i', '1', 'X']]);
  });

  test('a refusal by one of them is no refusal by another, nor by another cap', () => {
    const rules = [
      rule('x', { has: 'X' }, [{ elective: 'pool' }]),
      rule('y', { has: 'Y' }, [{ course: 'C3' }]),
    ];
    const document = sample({
      rules,
      caps: [
        { id: 'c', max: '3', per: 'issuer', of: { category: 'free' } },
        { id: 'd', max: '9', per: 'issuer', of: { category: 'free' } },
      ],
    });
    const { caps: told, refused } = decide(document, learner(outcomes));
    expect(refused.map(({ code, params }) => [code, params.cap, params.per])).toEqual([
      ['cap', 'c', 'i'],
    ]);
    expect(told.map(({ cap, per }) => [cap, per])).toEqual([['c', 'i']]);
  });
});

describe('the bound', () => {
  const ways = Array.from({ length: 17 }, (_, at) => [
    lot(`P${at}`, { credits: '1' }),
    lot(`Q${at}`, { credits: '1' }),
  ]).flat();
  const pair = { all: [{ has: { prefix: 'P' } }, { has: { prefix: 'Q' } }] };
  const bound = (total: string): unknown => {
    const { target } = sample();
    const document = sample({ target: { ...target, total }, rules: [rule('r', pair, B2)] });
    const { credits, proven, bound: most } = decide(document, learner(ways));
    return [credits, proven, most];
  };

  test('is the programme where ways were left out, and never less than was granted', () => {
    expect(bound('40')).toEqual(['2', false, '40']);
    expect(bound('1')).toEqual(['2', false, '2']);
    expect(bound('2')).toEqual(['2', false, '2']);
  });

  test('is what was granted where nothing was left out', () => {
    const rules = [rule('r', { has: 'X' }, B2)];
    expect(decide(sample({ rules }), learner([lot('X')]))).toMatchObject({
      proven: true,
      bound: '2',
    });
  });

  test('one rule of many whose ways were left out is enough', () => {
    const rules = [rule('a', { has: 'X' }, [{ course: 'C3' }]), rule('r', pair, B2)];
    expect(decide(sample({ rules }), learner([...ways, lot('X')]))).toMatchObject({
      proven: false,
      bound: '40',
    });
  });
});

test('missing: requirements first, then what is nearest, then by rule', () => {
  const grade = (atLeast: string) => ({ scale: 'percent', atLeast });
  const document: RulebookDocument = sample({
    rules: [
      rule('far', { all: [{ has: 'X' }, { has: 'Z1' }, { has: 'Z2' }] }, B2),
      rule('b', { has: 'X', grade: grade('60') }, B2),
      rule('a', { has: 'X', grade: grade('70') }, B2),
      rule('near', { all: [{ has: 'X' }, { has: 'Z1' }] }, B2),
      rule('done', { has: 'X' }, POOL),
    ],
    requirements: [
      { id: 'open', title, atLeast: '30' },
      { id: 'met', title, atLeast: '1' },
    ],
  });
  const given = learner([lot('X', { grade: '50', gradeScale: 'percent' })]);
  const { missing } = decide(document, given);
  expect(missing.map(({ rule: of, requirement }) => of ?? requirement)).toEqual([
    'open',
    'a',
    'b',
    'near',
    'far',
  ]);
  expect(line(decide(document, given))).toContain('done:pool=4');
});
