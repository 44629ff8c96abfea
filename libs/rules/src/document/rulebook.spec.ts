import { rule, sample } from '../../test/sample.js';
import type { RulebookDocument } from './document.js';
import { canonicalise, type Rulebook } from './rulebook.js';

const title = { zh: '题', en: 'title' };
const canonical = (change: Partial<RulebookDocument> = {}): Rulebook =>
  canonicalise(sample(change));
const NOTHING_SELECTED = { source: [], category: [], issuer: [], elective: [], rule: [] };
const HAS_X = canonical({ rules: [rule('r', { has: 'X' }, [{ course: 'B2' }])] }).rules[0]!.when;

describe('a document that says as little as it can', () => {
  const { courses: _, electives: __, ...target } = sample().target;
  const least: RulebookDocument = {
    format: 'credit-bank-rulebook/1',
    id: 'least',
    version: 1,
    title,
    basis: [{ text: 'law' }],
    target,
    inForce: { from: '2026-01-01', to: null, by: 'application' },
    examples: [],
  };

  test('gets every default and no member that is newer', () => {
    expect(canonicalise(least)).toEqual({
      ...least,
      basis: [{ text: 'law', clause: null, url: null }],
      target: { ...target, plan: null, courses: [], electives: [] },
      lots: { reuse: 'what-is-left', shelfLifeYears: null },
      scales: {},
      maps: [],
      ratios: {},
      caps: [],
      families: [],
      never: [],
      rules: [],
      requirements: [],
      rights: [],
    });
  });

  test('keeps what it does say', () => {
    const said = {
      basis: [{ text: 'law', clause: '§1', url: 'https://example.org' }],
      target: { ...target, plan: '2026' },
      lots: { reuse: 'never' as const, shelfLifeYears: 5, scope: 'per-programme' as const },
    };
    expect(canonicalise({ ...least, ...said })).toMatchObject(said);
    const single = canonicalise({ ...least, lots: { scope: 'single-use' } });
    expect(single.lots).toEqual({ reuse: 'what-is-left', shelfLifeYears: null });
  });
});

test('one is the same as a list of one', () => {
  const select = (of: object): unknown =>
    canonical({ caps: [{ id: 'c', max: '1', of }] }).caps[0]?.of;
  const single = { source: 'course', category: 'core', issuer: 'i', elective: 'pool', rule: 'b2' };
  const lists = Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));
  expect(select(single)).toEqual(lists);
  expect(select(lists)).toEqual(lists);
  expect(select({ course: 'B2', outcome: 'X' })).toEqual({
    ...NOTHING_SELECTED,
    course: ['B2'],
    outcome: ['X'],
  });
  expect(select({})).toEqual(NOTHING_SELECTED);
});

test('caps', () => {
  expect(canonical({ caps: [{ id: 'c', max: '1' }] }).caps).toEqual([
    {
      id: 'c',
      title: null,
      basis: null,
      max: '1',
      counts: 'credits',
      of: NOTHING_SELECTED,
      per: 'learner',
    },
  ]);
  const said = { id: 'c', title, basis: '§', counts: 'lots', per: 'issuer', account: 'a' } as const;
  const share = { percent: '50', of: 'total' };
  expect(canonical({ caps: [{ ...said, max: share }] }).caps).toEqual([
    { ...said, max: { ...share, round: 'down' }, of: NOTHING_SELECTED },
  ]);
  expect(canonical({ caps: [{ ...said, max: { ...share, round: 'up' } }] }).caps[0]?.max).toEqual({
    ...share,
    round: 'up',
  });
});

test('rules and grants', () => {
  const { rules } = canonical({
    rules: [
      rule('r', { has: 'X' }, [
        { course: 'B2' },
        { elective: 'pool' },
        { effect: 'right', value: 'v' },
        { effect: 'exemption', course: 'B2' },
        { elective: 'pool', credits: { ratio: 'sum' }, partial: true },
        { elective: 'pool', credits: { ratio: 'sum', max: '3' } },
        { course: 'B2', credits: '1' },
      ]),
    ],
  });
  const nothing = { course: null, elective: null, effect: 'credit', value: null, partial: false };
  expect(rules).toEqual([
    {
      id: 'r',
      title: { zh: 'r', en: 'r' },
      basis: null,
      inForce: null,
      when: HAS_X,
      grants: [
        { ...nothing, course: 'B2', credits: 'of-target' },
        { ...nothing, elective: 'pool', credits: 'of-lot' },
        { ...nothing, effect: 'right', value: 'v', credits: '0' },
        { ...nothing, effect: 'exemption', course: 'B2', credits: '0' },
        { ...nothing, elective: 'pool', credits: { ratio: 'sum', max: null }, partial: true },
        { ...nothing, elective: 'pool', credits: { ratio: 'sum', max: '3' } },
        { ...nothing, course: 'B2', credits: '1' },
      ],
      take: 'all',
      grade: 'none',
      remainder: 'forfeit',
      remainderTo: null,
      shortfall: 'refuse',
    },
  ]);
  const said = {
    basis: '§',
    inForce: { from: '2026-01-01', to: '2026-02-01', by: 'completion' },
    under: 'deal',
    take: 'any',
    grade: 'exempt',
    remainder: 'elective',
    remainderTo: 'pool',
    shortfall: 'allow',
  } as const;
  expect(
    canonical({ rules: [rule('r', { has: 'X' }, [{ course: 'B2' }], said)] }).rules[0],
  ).toMatchObject(said);
});

test('conditions', () => {
  const when = (written: Parameters<typeof rule>[1]): unknown =>
    canonical({ rules: [rule('r', written, [{ course: 'B2' }])] }).rules[0]?.when;
  const has = [{ has: 'X' }];
  expect(when({ all: has })).toEqual({ op: 'all', all: [HAS_X] });
  expect(when({ any: has })).toEqual({ op: 'any', any: [HAS_X] });
  expect(when({ atLeast: 1, of: has })).toEqual({ op: 'at-least', atLeast: 1, of: [HAS_X] });
  expect(when({ joined: 'p', of: has })).toEqual({ op: 'joined', joined: 'p', of: [HAS_X] });
  expect(when({ sum: { what: 'hours', atLeast: '1' }, of: { has: 'X' } })).toEqual({
    op: 'sum',
    sum: { what: 'hours', atLeast: '1' },
    of: HAS_X,
  });
});

test('requirements, families and what is never replaced', () => {
  const requirement = { id: 'q', title, atLeast: '1' };
  const plain = { ...requirement, basis: null, of: NOTHING_SELECTED };
  expect(canonical({ requirements: [requirement], rights: [requirement] })).toMatchObject({
    requirements: [plain],
    rights: [plain],
  });
  const said = { ...requirement, basis: '§', per: 'semester' as const, of: { category: 'core' } };
  expect(canonical({ requirements: [said] }).requirements).toEqual([
    { ...said, of: { ...NOTHING_SELECTED, category: ['core'] } },
  ]);
  const family = { id: 'f', outcomes: ['X'], keep: 'highest-level' as const };
  expect(canonical({ families: [family] }).families).toEqual([
    { ...family, title: null, basis: null },
  ]);
  expect(canonical({ families: [{ ...family, title, basis: '§' }] }).families).toEqual([
    { ...family, title, basis: '§' },
  ]);
  expect(canonical({ never: [{ id: 'n', title }] }).never).toEqual([
    { id: 'n', title, basis: null, course: [], category: [], for: null },
  ]);
  expect(
    canonical({ never: [{ id: 'n', title, basis: '§', course: 'B2', for: { has: 'X' } }] }).never,
  ).toEqual([{ id: 'n', title, basis: '§', course: ['B2'], category: [], for: HAS_X }]);
});

test('scales', () => {
  expect(canonical().scales).toMatchObject({
    percent: { values: [], numbers: { from: '0', to: '100' } },
    five: { values: [['F'], ['P', 'pass'], ['M'], ['G'], ['E']], numbers: null },
  });
});

describe('members that are newer than published documents', () => {
  test('a calendar', () => {
    expect(canonical({ calendar: { yearStarts: '09-01' } }).calendar).toEqual({
      yearStarts: '09-01',
      semesters: [],
      cutOffs: [],
    });
    const said = {
      yearStarts: '09-01',
      semesters: [{ id: 'a', starts: '09-01' }],
      cutOffs: [{ graduation: '07', lastDay: '06-01' }],
    };
    expect(canonical({ calendar: said }).calendar).toEqual(said);
  });

  test('parameters and agreements', () => {
    const parameters = { p: { title, value: 'all' as const } };
    expect(canonical({ parameters }).parameters).toEqual({ p: { ...parameters.p, basis: null } });
    const agreement = {
      id: 'd',
      title,
      inForce: { from: '2026-01-01', to: null, by: 'application' as const },
      parties: [{ institution: 'school', accepts: '1' }],
    };
    expect(canonical({ agreements: [agreement] }).agreements).toEqual([
      { ...agreement, basis: null },
    ]);
    expect(canonical({ agreements: [{ ...agreement, basis: '§' }] }).agreements).toEqual([
      { ...agreement, basis: '§' },
    ]);
  });

  test('duplicates', () => {
    const duplicate = { id: 'd', names: {}, keep: 'highest-level' as const };
    expect(canonical({ duplicates: [duplicate] }).duplicates).toEqual([
      {
        ...duplicate,
        title: null,
        basis: null,
        of: { source: [], kind: [] },
        names: { dropAfterWord: [], same: [], firstIsUnnumbered: false },
      },
    ]);
    const names = { dropAfterWord: ['의'], same: [['a', 'b']], firstIsUnnumbered: true };
    const of = { source: 'course' as const, kind: 'k' };
    expect(
      canonical({ duplicates: [{ ...duplicate, title, basis: '§', of, names }] }).duplicates,
    ).toEqual([
      { ...duplicate, title, basis: '§', of: { source: ['course'], kind: ['k'] }, names },
    ]);
  });

  test('prerequisites and exclusions', () => {
    const needs = [{ has: 'X' }, { recognised: 'B2' }];
    expect(
      canonical({ prerequisites: [{ id: 'p', title, outcome: 'Y', needs }] }).prerequisites,
    ).toEqual([
      {
        id: 'p',
        title,
        basis: null,
        course: [],
        outcome: ['Y'],
        needs: [
          { ...HAS_X, evidenceOnly: true },
          { op: 'recognised', recognised: 'B2' },
        ],
      },
    ]);
    const [prerequisite] =
      canonical({
        prerequisites: [{ id: 'p', title, basis: '§', course: 'B2', needs: { has: 'X' } }],
      }).prerequisites ?? [];
    expect(prerequisite).toMatchObject({ basis: '§', course: ['B2'], outcome: [] });
    expect(prerequisite?.needs).toHaveLength(1);
    expect(canonical({ exclusions: [{ id: 'e', title }] }).exclusions).toEqual([
      { id: 'e', title, basis: null, courses: [], outcomes: [] },
    ]);
    const said = { id: 'e', title, basis: '§', courses: ['B2'], outcomes: ['X'] };
    expect(canonical({ exclusions: [said] }).exclusions).toEqual([said]);
  });
});

test('two ways to type one character are one text, in names and values', () => {
  const composed = 'caf\u00e9';
  const decomposed = 'cafe\u0301';
  const of = (word: string): Rulebook =>
    canonical({
      title: { zh: word, en: word },
      scales: { [word]: { values: [word] } },
    });
  expect(of(decomposed)).toEqual(of(composed));
  expect(of(decomposed).title.en).toBe(composed);
  expect(Object.keys(of(decomposed).scales)).toEqual([composed]);
});
