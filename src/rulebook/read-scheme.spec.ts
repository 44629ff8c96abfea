import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as describeProblem } from '#libs/problems';
import { schemeSchema } from '#libs/schemes';
import { RuleFileReader } from './documents.js';
import { SchemeReader } from './read-scheme.js';

const ROOT = join(process.cwd(), 'rulebooks');
const GOOD = readFileSync(join(ROOT, 'korea', 'provider-demerits.yaml'), 'utf8');
const reader = new SchemeReader();

function faultsOf(text: string): string {
  const result = reader.read(text);
  if (result.ok) return 'accepted';
  return (result.problem.faults ?? [{ pointer: '', code: result.problem.code, params: {} }])
    .map(({ code, pointer, params = {} }) => {
      return `${code} ${pointer} ${describeProblem(code, 'en', params).change}`;
    })
    .join('\n');
}

const spoil = (from: string | RegExp, to: string): string => {
  expect(GOOD).toMatch(from);
  return GOOD.replace(from, to);
};

test('the published schema is the one that is checked', () => {
  const published = readFileSync(join(ROOT, 'schema', 'scheme-1.schema.json'), 'utf8');
  expect(JSON.parse(published)).toEqual(schemeSchema());
});

test('a scheme that is right', () => {
  expect(faultsOf(GOOD)).toBe('accepted');
});

describe('a scheme with a fault names the place and the repair', () => {
  test.each([
    ['a kind nobody knows', 'kind: points-and-thresholds', 'kind: points', 'rulebook-shape /kind'],
    ['no kind', 'kind: points-and-thresholds\n', '', 'add "kind"'],
    ['a misspelt word', 'counts:', 'conts:', 'Did you mean "counts"?'],
    ['no examples', /examples:[\s\S]*/, 'examples: []\n', 'rulebook-shape /examples'],
    ['an answer no such scheme gives', 'standing: none', 'state: none', '"state" is not known'],
    ['a number in words', 'atLeast: 30', 'atLeast: thirty', 'rulebook-shape /thresholds/0/atLeast'],
    ['points below zero', 'points: 29', 'points: -29', 'rulebook-shape /examples/0/given/points'],
    [
      'thresholds that fall',
      'atLeast: 66',
      'atLeast: 36',
      'rulebook-number /thresholds/2/atLeast "36" does not fit; allowed: > 36',
    ],
  ])('%s', (_, from, to, expected) => {
    expect(faultsOf(spoil(from, to))).toContain(expected);
  });

  test('the fault of a meaning has its line too', () => {
    const result = reader.read(spoil('atLeast: 66', 'atLeast: 36'));
    const line = GOOD.split('\n').findIndex((text) => text.includes('atLeast: 66')) + 1;
    expect(result.ok || result.problem.faults?.[0]?.params?.line).toBe(String(line));
  });
});

test('one reader reads both formats', () => {
  const both = new RuleFileReader(join(ROOT, 'schema', 'rulebook-1.schema.json'));
  const read = (text: string): string => {
    const result = both.read(text);
    return result.ok ? result.value.format : result.problem.code;
  };
  expect(read(GOOD)).toBe('scheme');
  expect(read(readFileSync(join(ROOT, 'beijing', 'one-use.yaml'), 'utf8'))).toBe('rulebook');
  expect(read('format: credit-bank-scheme/1')).toBe('rulebook-invalid');
  expect(read('format: other')).toBe('rulebook-invalid');
  expect(read('- 1')).toBe('rulebook-invalid');
  expect(read('a: [')).toBe('rulebook-unreadable');
});
