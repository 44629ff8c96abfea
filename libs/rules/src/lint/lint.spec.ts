import { findings, of, when } from '../../test/findings.js';
import { rule, sample } from '../../test/sample.js';
import type { ConditionDocument, RulebookDocument } from '../document/document.js';
import { describeFinding } from './index.js';

describe('conditions that nothing meets', () => {
  const impossible = (has: object): string[] => of('unsatisfiable', when({ has: 'X', ...has }));
  const at = (what: string, from: string, to: string): string =>
    `error /rules/0/when/${what} ${JSON.stringify({ what, from, to })}`;

  test.each([
    [{ grade: { scale: 'percent', atLeast: '60', below: '60' } }, at('grade', '60', '60')],
    [{ grade: { scale: 'percent', atLeast: '60', below: '60.1' } }, null],
    [{ grade: { scale: 'german', atLeast: '2', below: '2' } }, at('grade', '2', '2')],
    [{ grade: { scale: 'german', atLeast: '3', below: '2' } }, null],
    [{ level: { scale: 'level', atLeast: 'high', below: 'mid' } }, at('level', 'high', 'mid')],
    [{ level: { scale: 'level', atLeast: 'mid', below: 'high' } }, null],
    [{ level: { scale: 'level', atLeast: 'high', exactly: 'mid' } }, at('level', 'high', 'mid')],
    [{ level: { scale: 'level', atLeast: 'mid', exactly: 'mid' } }, null],
    [{ level: { scale: 'level', below: 'mid', exactly: 'mid' } }, at('level', 'mid', 'mid')],
    [{ level: { scale: 'level', below: 'high', exactly: 'mid' } }, null],
    [{ judged: { what: 'o', atLeast: '2/3', below: '0.6' } }, at('judged', '2/3', '0.6')],
    [{ judged: { what: 'o', atLeast: '2/3', below: '0.7' } }, null],
    [{ hoursPerCredit: { atLeast: '30', atMost: '29' } }, at('hoursPerCredit', '30', '29')],
    [{ hoursPerCredit: { atLeast: '30', atMost: '30' } }, null],
    [
      { completed: { onOrAfter: '2026-02-01', before: '2026-02-01' } },
      at('completed', '2026-02-01', '2026-02-01'),
    ],
    [{ completed: { onOrAfter: '2026-01-31', before: '2026-02-01' } }, null],
  ])('%j', (has, expected) => {
    expect(impossible(has)).toEqual(expected === null ? [] : [expected]);
  });

  test('wherever the clause stands', () => {
    const has = { has: 'X', hoursPerCredit: { atLeast: '2', atMost: '1' } };
    const paths = (change: Partial<RulebookDocument>): (string | undefined)[] =>
      of('unsatisfiable', change).map((text) => text.split(' ')[1]);
    const title = { en: 't', zh: 't' };
    expect(
      paths({
        ...when({
          all: [
            { any: [has] },
            { atLeast: 1, of: [{ has: 'Y' }, has] },
            { joined: 'p', of: [has] },
            { sum: { what: 'hours', atLeast: '1' }, of: has },
            { learner: { ageAtLeast: 1 } },
          ],
        }),
        parameters: { p: { title, value: 'all' } },
        never: [{ id: 'n', title, course: 'C4', for: has }],
        prerequisites: [{ id: 'q', title, course: 'C3', needs: [{ recognised: 'B2' }, has] }],
      }),
    ).toEqual([
      '/never/0/for/hoursPerCredit',
      '/prerequisites/0/needs/1/hoursPerCredit',
      '/rules/0/when/all/0/any/0/hoursPerCredit',
      '/rules/0/when/all/1/of/1/hoursPerCredit',
      '/rules/0/when/all/2/of/0/hoursPerCredit',
      '/rules/0/when/all/3/of/hoursPerCredit',
    ]);
  });
});

test.each([
  [{ grade: { scale: 'percent', atLeast: '0' } }, 'grade >= 0'],
  [{ grade: { scale: 'percent', atLeast: '0.1' } }, null],
  [{ grade: { scale: 'percent', atLeast: '0', below: '50' } }, null],
  [{ grade: { scale: 'german', atLeast: '5' } }, 'grade >= 5'],
  [{ grade: { scale: 'german', atLeast: '4' } }, null],
  [{ grade: { scale: 'five', atLeast: 'F' } }, 'grade >= F'],
  [{ grade: { scale: 'five', atLeast: 'P' } }, null],
  [{ level: { scale: 'level', atLeast: 'low' } }, 'level >= low'],
  [{ hours: { atLeast: '0' } }, 'hours >= 0'],
  [{ hours: { atLeast: '1' } }, null],
  [{ credits: { atLeast: '0' } }, 'credits >= 0'],
  [{ attendance: { atLeast: '0' } }, 'attendance >= 0'],
  [{ judged: { what: 'o', atLeast: '0' } }, 'judged >= 0'],
  [{ judged: { what: 'o', atLeast: '1' } }, null],
])('a limit that everything passes: %j', (has, wanted) => {
  const [member = ''] = Object.keys(has);
  const expected = `warning /rules/0/when/${member} ${JSON.stringify({ wanted })}`;
  expect(of('always-true', when({ has: 'X', ...has }))).toEqual(wanted === null ? [] : [expected]);
});

describe('windows', () => {
  const inForce = { from: '2026-01-01', to: '2026-12-31', by: 'application' as const };
  const own = (from: string, to: string | null, by: 'application' | 'completion'): string[] =>
    of('never-in-force', {
      inForce,
      rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], { inForce: { from, to, by } })],
    });

  test('a rule shares a day with its document', () => {
    const params = {
      from: '2027-01-01',
      to: '…',
      documentFrom: '2026-01-01',
      documentTo: '2026-12-31',
    };
    expect(own('2027-01-01', null, 'application')).toEqual([
      `error /rules/0/inForce ${JSON.stringify(params)}`,
    ]);
    expect(own('2026-12-31', null, 'application')).toEqual([]);
    expect(own('2025-01-01', '2026-01-01', 'application')).toEqual([]);
    expect(own('2025-01-01', '2025-12-31', 'application')).toHaveLength(1);
    expect(own('2025-01-01', '2025-12-31', 'completion')).toEqual([]);
  });

  const document = (
    id: string,
    from: string,
    to: string | null,
    version = 1,
  ): Partial<RulebookDocument> => ({
    id,
    version,
    inForce: { from, to, by: 'application' },
  });
  const overlaps = (...documents: Partial<RulebookDocument>[]): string[] =>
    findings(documents)
      .filter(({ code }) => code === 'lint-dates-overlap')
      .map(({ rulebook, params }) => `${rulebook} ${params.other} ${params.from} ${params.to}`);

  test('two documents of one programme share no day', () => {
    expect(
      overlaps(document('a', '2026-01-01', '2026-06-30'), document('b', '2026-06-30', null)),
    ).toEqual(['a b 2026-06-30 2026-06-30', 'b a 2026-06-30 2026-06-30']);
    expect(
      overlaps(document('a', '2026-01-01', '2026-06-29'), document('b', '2026-06-30', null)),
    ).toEqual([]);
    expect(overlaps(document('a', '2026-01-01', null), document('b', '2026-06-30', null))[0]).toBe(
      'a b 2026-06-30 …',
    );
    // A newer version replaces the older one.
    expect(
      overlaps(document('a', '2026-01-01', null), document('a', '2026-06-30', null, 2)),
    ).toEqual([]);
    const elsewhere = { ...sample().target, programme: 'OTHER' };
    expect(
      overlaps(document('a', '2026-01-01', null), {
        ...document('b', '2026-06-30', null),
        target: elsewhere,
      }),
    ).toEqual([]);
  });

  test('one version has one content', () => {
    const twice = (change: Partial<RulebookDocument>): string[] =>
      findings([document('a', '2026-01-01', null), change])
        .filter(({ code }) => code === 'lint-version-twice')
        .map(
          ({ rulebook, version, severity, path }) => `${rulebook} ${version} ${severity} ${path}`,
        );
    expect(twice(document('a', '2026-02-01', null))).toEqual([
      'a 1 error /version',
      'a 1 error /version',
    ]);
    expect(twice(document('a', '2026-01-01', null))).toEqual([]);
    expect(twice(document('a', '2026-02-01', null, 2))).toEqual([]);
  });
});

describe('agreements', () => {
  const title = { en: 't', zh: 't' };
  const side = (id: string, accepts: string, rest: object = {}): Partial<RulebookDocument> => ({
    id,
    agreements: [
      {
        id: 'deal',
        title,
        inForce: { from: '2026-01-01', to: null, by: 'completion' },
        parties: [
          { institution: 'school', accepts: '3' },
          { institution: 'partner', accepts },
        ],
        ...rest,
      },
    ],
  });
  const told = (...documents: Partial<RulebookDocument>[]): string[] =>
    findings(documents)
      .filter(({ code }) => code === 'lint-agreement-differs')
      .map(({ rulebook, path, severity, params }) => {
        return `${rulebook} ${severity} ${path} ${params.name} ${params.other}`;
      });

  test('both sides write down the same', () => {
    expect(told(side('a', '9'), side('b', '9'))).toEqual([]);
    expect(told(side('a', '9'), side('b', '8'))).toEqual([
      'a warning /agreements/0 deal b',
      'b warning /agreements/0 deal a',
    ]);
    const later = { inForce: { from: '2026-02-01', to: null, by: 'completion' } };
    expect(told(side('a', '9'), side('b', '9', later))).toHaveLength(2);
    expect(told(side('a', '9'), side('b', '8', { id: 'other' }))).toEqual([]);
    expect(told(side('a', '9'), { ...side('a', '8'), version: 2 })).toEqual([]);
    expect(told(side('a', '9'), { id: 'b' })).toEqual([]);
  });

  test('two agreements of strangers may have one name', () => {
    const parties = [
      { institution: 'x', accepts: '1' },
      { institution: 'y', accepts: '1' },
    ];
    const strangers = {
      ...side('b', '1', { parties }),
      target: { ...sample().target, institution: 'x' },
    };
    expect(told(side('a', '9'), strangers)).toEqual([]);
  });
});

describe('the catalogue', () => {
  const outcomes = [
    { code: 'X-1', source: 'certificate', kind: 'x', category: 'major' },
    { code: 'C-1', source: 'course', kind: 'c', category: 'public' },
  ] as const;
  const unaccepted = (has: ConditionDocument): (string | undefined)[] =>
    findings([when(has)], { outcomes })
      .filter(({ code }) => code === 'lint-outcome-nobody-accepts')
      .map(({ rulebook, params }) => `${rulebook} ${params.outcome}`);

  test('codes that it does not have, with the nearest', () => {
    const change = {
      ...when({ has: ['X-1', 'X-2'] }),
      families: [{ id: 'f', outcomes: ['C-1', 'D-1'], keep: 'highest-level' as const }],
    };
    expect(of('outcome-unknown', change, { outcomes })).toEqual([
      'error /families/0/outcomes/1 {"outcome":"D-1","nearest":"X-1"}',
      'error /rules/0/when/has {"outcome":"X-2","nearest":"X-1"}',
    ]);
    expect(of('outcome-unknown', change)).toEqual([]);
    expect(of('outcome-unknown', when({ has: 'SOMETHING-ELSE' }), { outcomes })[0]).toContain(
      '"—"',
    );
  });

  test.each<[ConditionDocument, string[]]>([
    [{ has: 'X-1' }, ['null C-1']],
    [{ has: ['X-1', 'C-1'] }, []],
    [{ has: { source: 'certificate' } }, ['null C-1']],
    [{ has: { kind: 'c' } }, ['null X-1']],
    [{ has: { category: 'major' } }, ['null C-1']],
    [{ has: { prefix: 'X-' } }, ['null C-1']],
    [{ has: { except: ['X-1'] } }, ['null X-1']],
    [{ has: { source: 'certificate', category: 'public' } }, ['null X-1', 'null C-1']],
    [{ all: [{ has: 'X-1' }, { sum: { what: 'hours', atLeast: '1' }, of: { has: 'C-1' } }] }, []],
  ])('outcomes that %j leaves unaccepted', (has, expected) => {
    expect(new Set(unaccepted(has))).toEqual(new Set(expected));
  });
});

test('what is found is sorted, counted and said in both languages', () => {
  const rules = Array.from({ length: 120 }, (_, at) =>
    rule(`r${at}`, { has: `X${at}` }, [{ course: 'B2' }]),
  );
  const found = findings([{ rules }]).filter(({ code }) => code === 'lint-rule-without-example');
  expect(found).toHaveLength(100);
  expect(found.slice(8, 12).map(({ path }) => path)).toEqual([
    '/rules/8',
    '/rules/9',
    '/rules/10',
    '/rules/11',
  ]);
  const [first] = found;
  if (!first) throw new Error('nothing found');
  expect(describeFinding(first, 'en').change).toContain('Add an example in which "r0" is granted');
  expect(describeFinding(first, 'zh').title).toBe('没有示例说明该规则');
  const ids = findings([{ id: 'b' }, { id: 'a', version: 2 }, { id: 'a' }]).map(
    ({ rulebook, version }) => `${rulebook} ${version}`,
  );
  expect(ids).toEqual([...ids].sort());
});
