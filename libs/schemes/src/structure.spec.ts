import { answer, example, faultsOf, scheme, sentences, text } from '../test/sample.js';
import type { SchemeAnswer, SchemeDocument } from './scheme.js';

describe('one level of a tree', () => {
  const document = (examples: unknown[] = []): SchemeDocument =>
    scheme('one-level-of-a-tree', { amount: text('credits'), examples });

  test('nodes on different branches may carry, one below another may not', () => {
    const verdict = (nodes: unknown): SchemeAnswer => answer(document(), { nodes });
    expect(
      verdict([
        { id: 'top' },
        { id: 'a', parent: 'top', carries: true },
        { id: 'b', parent: 'top', carries: true },
      ]),
    ).toEqual({ verdict: 'valid', above: 'none', below: 'none' });
    expect(
      verdict([
        { id: 'leaf', parent: 'mid', carries: true },
        { id: 'mid', parent: 'top' },
        { id: 'top', carries: true },
      ]),
    ).toEqual({ verdict: 'invalid', above: 'top', below: 'leaf' });
  });

  test('a tree that bites its tail is none', () => {
    const nodes = [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
    ];
    expect(answer(document(), { nodes }).verdict).toBe('invalid');
  });

  test('nodes of an example stand once and have parents that are there', () => {
    const nodes = [{ id: 'a' }, { id: 'a' }, { id: 'b', parent: 'c' }];
    expect(faultsOf(document([example({ nodes })]))).toEqual([
      'rulebook-duplicate /examples/0/given/nodes/1/id',
      'rulebook-unknown-name /examples/0/given/nodes/2/parent',
    ]);
    expect(sentences(document())[0]).toContain('A node that carries credits');
  });
});

describe('validity and batch', () => {
  const document = (change: Record<string, unknown> = {}): SchemeDocument =>
    scheme('validity-and-batch', {
      validDays: { atLeast: 2, atMost: 4 },
      expired: text('too old'),
      batchAtMost: 2,
      results: [
        { id: 'one', title: text('one'), matches: 1 },
        { id: 'other', title: text('other') },
      ],
      ...change,
    });

  test('the last day counts, and only lives within the limits can be chosen', () => {
    const verdict = (days: number, on: string): string | undefined =>
      answer(document(), { proof: { issued: '2026-02-27', days, on } }).verdict;
    expect(verdict(2, '2026-03-01')).toBe('valid');
    expect(verdict(2, '2026-03-02')).toBe('expired');
    expect(verdict(1, '2026-02-27')).toBe('refused');
    expect(verdict(4, '2026-03-03')).toBe('valid');
    expect(verdict(5, '2026-02-27')).toBe('refused');
    expect(answer(document(), {})).toEqual({ verdict: 'refused', results: 'none' });
  });

  test('each row has a result, and a batch a size', () => {
    expect(answer(document(), { batch: [1, 0] })).toEqual({
      verdict: 'valid',
      results: 'one, other',
    });
    expect(answer(document(), { batch: [] })).toEqual({ verdict: 'valid', results: 'none' });
    expect(answer(document(), { batch: [1, 1, 1] })).toEqual({
      verdict: 'refused',
      results: 'none',
    });
    const only = document({ results: [{ id: 'one', title: text('one'), matches: 1 }] });
    expect(answer(only, { batch: [2] }).results).toBe('none');
  });

  test('limits the wrong way round, and two results for one number', () => {
    expect(faultsOf(document({ validDays: { atLeast: 5, atMost: 4 } }))).toEqual([
      'rulebook-number /validDays/atMost',
    ]);
    const result = { id: 'one', title: text('one'), matches: 1 };
    expect(faultsOf(document({ results: [result, { ...result, id: 'two' }] }))).toEqual([
      'rulebook-duplicate /results/1',
    ]);
    expect(faultsOf(document({ results: [result, { ...result, matches: 2 }] }))).toEqual([
      'rulebook-duplicate /results/1/id',
    ]);
    expect(sentences(document())).toEqual([
      'A holder chooses a life of 2 to 4 days; after it: too old.',
      '持有人可选 2 至 4 天有效期；过期后：too old。',
      'A batch has at most 2 rows; each is one of: one, other.',
      '批量核查每次最多 2 条，结果为：one、other。',
    ]);
  });
});

describe('review panel', () => {
  const expert = { kind: 'expert', consecutiveYears: 5 };
  const document = (change: Record<string, unknown> = {}): SchemeDocument =>
    scheme('review-panel', {
      panels: [
        { id: 'small', title: text('small'), when: { catalogued: ['yes'] }, people: 1 },
        { id: 'big', title: text('big'), when: { task: ['set'] }, people: 2, expert },
      ],
      catalogueMonths: 12,
      ...change,
    });
  const teacher = { kind: 'teacher' };

  test('the first panel that fits decides how many', () => {
    const facts = { catalogued: 'yes', task: 'set' };
    expect(answer(document(), { facts, people: [teacher] })).toEqual({
      verdict: 'enough',
      panel: 'small',
      people: '1',
      short: 'none',
    });
    expect(answer(document(), { facts: { task: 'other' }, people: [] })).toEqual({
      verdict: 'no-panel',
      panel: 'none',
      people: '0',
      short: 'none',
    });
  });

  test('an expert of too few years is none', () => {
    const facts = { task: 'set' };
    const short = (people: unknown): string | undefined =>
      answer(document(), { facts, people }).short;
    expect(short([teacher, expert])).toBe('none');
    expect(short([teacher, { ...expert, consecutiveYears: 4 }])).toBe('expert');
    expect(short([teacher, { kind: 'expert' }])).toBe('expert');
    expect(short([teacher, { ...expert, kind: 'teacher' }])).toBe('expert');
    expect(short([teacher])).toBe('1 people, expert');
  });

  test('a stale catalogue takes its outcomes out', () => {
    const given = (on: string): unknown => ({
      facts: { catalogued: 'yes' },
      people: [teacher],
      catalogue: { issued: '2026-01-01', on },
    });
    expect(answer(document(), given('2027-01-01')).verdict).toBe('enough');
    expect(answer(document(), given('2027-01-02')).verdict).toBe('no-panel');
    const lasting = document({ catalogueMonths: undefined });
    expect(answer(lasting, given('2099-01-01')).verdict).toBe('enough');
  });

  test('nothing stands below a panel that takes every case', () => {
    const all = { id: 'all', title: text('all'), people: 3 };
    const last = { id: 'last', title: text('last'), people: 1 };
    expect(faultsOf(document({ panels: [all, last] }))).toEqual(['scheme-unreachable /panels/0']);
    expect(faultsOf(document({ panels: [last] }))).toEqual([]);
    expect(faultsOf(document({ panels: [{ ...all, when: { a: ['1'] } }, all] }))).toEqual([
      'rulebook-duplicate /panels/1/id',
    ]);
  });

  test('sentences', () => {
    expect(sentences(document())).toEqual([
      'small: at least 1 people.',
      'small：至少 1 人。',
      'big: at least 2 people, among them one expert of 5 consecutive years.',
      'big：至少 2 人，其中至少一名连续从业 5 年的 expert。',
      'The catalogue is issued again every 12 months; an older one counts for nothing.',
      '名录每 12 个月重新发布，过期名录不作依据。',
    ]);
    expect(sentences(document({ catalogueMonths: undefined }))).toHaveLength(4);
  });
});

describe('parts of a score', () => {
  const part = (id: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
    id,
    title: text(id),
    max: '300',
    weight: '1',
    stated: 'source',
    outcomes: ['X'],
    ...over,
  });
  const document = (
    parts: unknown[] = [part('a'), part('b', { weight: '0.5', stated: 'parameter' })],
    examples: unknown[] = [],
  ): SchemeDocument => scheme('score-parts', { total: text('sum'), parts, examples });

  test('are added up with their weights, exactly', () => {
    expect(answer(document(), { scores: { a: '210.125', b: '99.001' } })).toEqual({
      total: '259.6255',
      missing: 'none',
      beyond: 'none',
    });
  });

  test('a part that is not known is no nought, and beyond the maximum is no maximum', () => {
    expect(answer(document(), { scores: { a: '210' } })).toMatchObject({
      total: 'none',
      missing: 'b',
    });
    expect(answer(document(), { scores: { a: '300', b: '300.001' } })).toMatchObject({
      total: 'none',
      beyond: 'b',
    });
    expect(answer(document(), { scores: { a: '300', b: '0' } }).total).toBe('300');
    expect(answer(document(), { scores: {} }).missing).toBe('a, b');
  });

  test('faults and sentences', () => {
    const examples = [example({ scores: { c: '1' } })];
    expect(faultsOf(document([part('a', { max: '0' }), part('a')], examples))).toEqual([
      'rulebook-duplicate /parts/1/id',
      'rulebook-number /parts/0/max',
      'rulebook-unknown-name /examples/0/given/scores/c',
    ]);
    expect(sentences(document())).toEqual([
      'sum = a (at most 300) × 1 + b (at most 300) × 0.5.',
      'sum = a（满分 300） × 1 + b（满分 300） × 0.5。',
      'Maximum and weight of b are a parameter: the source does not state them.',
      'b的满分和权重是参数：来源文件未写明。',
    ]);
  });
});
