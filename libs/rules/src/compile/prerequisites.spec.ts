import { lot, rule, said } from '../../test/sample.js';
import type { PrerequisiteDocument, RulebookDocument } from '../document/document.js';
import { faultsIn } from '../../test/faults.js';

const title = { zh: '题', en: 'title' };
const POOL = [{ elective: 'pool', partial: true }];
const needs = (
  outcome: string | string[],
  first: PrerequisiteDocument['needs'],
  id = `needs ${String(outcome)}`,
): PrerequisiteDocument => ({ id, title, outcome, needs: first });
const proof = (has: string) => ({ has, evidenceOnly: true });

/** Lots that are used by a rule for any of the outcomes of a clause. */
const used = (
  has: Extract<NonNullable<RulebookDocument['rules']>[number]['when'], { has: unknown }>['has'],
  prerequisites: PrerequisiteDocument[],
  codes: string,
): string =>
  said(
    { rules: [rule('r', { has }, POOL)], prerequisites },
    [...codes].map((code) => lot(code, { source: code < 'M' ? 'course' : 'training' })),
  );
const count = (text: string): number => text.split('r:pool=4').length - 1;

test('each outcome needs its own first outcome, and no other', () => {
  const both = [needs('A', proof('X')), needs('B', proof('Y'))];
  expect(count(used(['A', 'B'], both, 'ABXY'))).toBe(2);
  expect(count(used(['A', 'B'], both, 'ABX'))).toBe(1);
  expect(count(used(['A', 'B'], both, 'AX'))).toBe(1);
  expect(count(used(['A', 'B'], both, 'AY'))).toBe(0);
  expect(count(used(['A', 'B', 'C'], both, 'ABC'))).toBe(1);
});

test('one outcome that is named by two prerequisites needs both', () => {
  const both = [needs('A', proof('X'), 'one'), needs('A', proof('Y'), 'two')];
  expect(count(used('A', both, 'AXY'))).toBe(1);
  expect(count(used('A', both, 'AX'))).toBe(0);
  expect(count(used('A', both, 'AY'))).toBe(0);
});

test('a clause that selects by prefix or source is held to it where it can mean the outcome', () => {
  const one = [needs('A', proof('X'))];
  expect(count(used({ prefix: 'A' }, one, 'A'))).toBe(0);
  expect(count(used({ prefix: 'A' }, one, 'AX'))).toBe(1);
  expect(count(used({ source: 'course' }, one, 'AB'))).toBe(1);
  expect(count(used({ source: 'course' }, one, 'ABX'))).toBe(2);
  expect(count(used({ source: 'course', except: ['A'] }, one, 'ABX'))).toBe(1);
  expect(count(used({ source: 'course', except: ['B'] }, one, 'ABX'))).toBe(1);
  expect(count(used({ prefix: 'B' }, one, 'AB'))).toBe(1);
});

const chain = (length: number): string[] =>
  faultsIn({
    prerequisites: Array.from({ length }, (_, at) =>
      needs(`O${at}`, proof(`O${(at + 1) % length}`), `p${at}`),
    ),
  });

test('a circle is named in full up to ten, then cut', () => {
  const names = (count: number): string =>
    Array.from({ length: count }, (_, at) => `outcome O${at}`).join(' → ');
  const place = (length: number): string =>
    `/prerequisites/${length - 1}/needs/0 rulebook-prerequisite-circle`;
  expect(chain(1)).toEqual([`${place(1)} outcome O0 → outcome O0`]);
  expect(chain(10)).toEqual([`${place(10)} ${names(10)} → outcome O0`]);
  expect(chain(11)).toEqual([`${place(11)} ${names(10)} → … → outcome O0`]);
});

test('a way into a circle is no part of it', () => {
  const prerequisites = [
    needs('START', proof('A'), 'start'),
    needs('A', proof('B'), 'a'),
    needs('B', [proof('C'), proof('A')], 'b'),
  ];
  expect(faultsIn({ prerequisites })).toEqual([
    '/prerequisites/2/needs/1 rulebook-prerequisite-circle outcome A → outcome B → outcome A',
  ]);
});

test('two circles through one outcome are both named', () => {
  const prerequisites = [
    needs('A', [proof('B'), proof('C')], 'a'),
    needs(['B', 'C'], proof('A'), 'b'),
  ];
  expect(faultsIn({ prerequisites })).toEqual([
    '/prerequisites/1/needs/0 rulebook-prerequisite-circle outcome A → outcome B → outcome A',
    '/prerequisites/1/needs/0 rulebook-prerequisite-circle outcome A → outcome C → outcome A',
  ]);
});
