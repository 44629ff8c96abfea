import fc from 'fast-check';
import { compiled, decide, learner, line, rule, sample } from '../../test/sample.js';
import type { DuplicateDocument, NamesDocument } from '../document/document.js';
import { sameName } from './names.js';

const KOREAN = {
  dropAfterWord: ['의', '및'],
  same: [['소프트웨어', 'SW', 'S/W']],
  firstIsUnnumbered: true,
};
const PLAIN = { dropAfterWord: [], same: [], firstIsUnnumbered: false };

test.each([
  ['인터넷의 이해', '인터넷 이해'],
  ['인터넷의이해 ', '인터넷의이해'],
  ['ENGLISH', 'English'],
  ['Ｅｎｇｌｉｓｈ', 'english'],
  ['S/W 활용', 'SW활용'],
  ['소프트웨어 활용', 'sw 활용'],
  ['전공실기', '전공실기1'],
  ['전공실기', '전공실기Ⅰ'],
  ['전공실기 1', '전공실기 I'],
  ['전공실기Ⅱ', '전공실기 2'],
  ['전공실기 II', '전공실기2'],
  ['전공실기Ⅲ', '전공실기 III'],
  ['전공실기Ⅳ', '전공실기 IV'],
  ['전공실기Ⅴ', '전공실기5'],
  ['회계-원리 (기초)', '회계원리기초'],
  ['e\u0301tude', 'étude'],
  ['전공 실기 III', '전공실기3'],
  ['전공실기ⅲ', '전공실기3'],
  ['전공실기 iv'.toUpperCase(), '전공실기4'],
  ['전공실기ⅳ', '전공실기4'],
  ['전공실기ⅴ', '전공실기5'],
  ['A \t B', 'A B'],
])('%s and %s are one name', (a, b) => {
  expect(sameName(a, KOREAN)).toBe(sameName(b, KOREAN));
});

test.each([
  ['인터넷의 이해', '인터넷의 활용'],
  ['전공실기', '전공실기2'],
  ['전공실기1', '전공실기11'],
  ['강의 기법', '강 기법'],
  ['의', '및'],
  ['Design MII', 'Design M2'],
  ['전공실기Ⅱ', '전공실기Ⅲ'],
  ['전공ⅠA', '전공1A'],
  ['전공ⅡA', '전공2A'],
  ['전공ⅢA', '전공3A'],
  ['전공ⅣA', '전공4A'],
  ['전공ⅤA', '전공5A'],
  ['전공1A', '전공A'],
])('%s and %s are two names', (a, b) => {
  expect(sameName(a, KOREAN)).not.toBe(sameName(b, KOREAN));
});

test('only what the document says makes no difference', () => {
  expect(sameName('인터넷의 이해', PLAIN)).not.toBe(sameName('인터넷 이해', PLAIN));
  expect(sameName('S/W', PLAIN)).toBe(sameName('sw', PLAIN));
  expect(sameName('소프트웨어', PLAIN)).not.toBe(sameName('SW', PLAIN));
  expect(sameName('전공실기', PLAIN)).not.toBe(sameName('전공실기1', PLAIN));
  expect(sameName('전공실기1', PLAIN)).toBe(sameName('전공실기Ⅰ', PLAIN));
  expect(sameName('1', KOREAN)).toBe('1');
  expect(sameName('Ⅰ', KOREAN)).toBe('i');
});

test('the longest way to write a word is looked for first', () => {
  const names = { ...PLAIN, same: [['정보기술', 'IT', 'IT기술']] };
  expect(sameName('IT기술 개론', names)).toBe(sameName('정보기술 개론', names));
});

test('white space and the order of reading make no difference', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (name) => {
      const once = sameName(name, PLAIN);
      expect(sameName(`  ${name}\u00a0`, PLAIN)).toBe(once);
      expect(once).toMatch(/^[\p{L}\p{N}]*$/u);
    }),
  );
});

describe('outcomes of one name count once', () => {
  const names: NamesDocument = { dropAfterWord: ['의'] };
  const granted = (
    duplicate: Partial<DuplicateDocument>,
    outcomes: readonly Parameters<typeof learner>[0][number][],
    earlier?: string,
  ): string =>
    line(
      decide(
        sample({
          rules: [rule('r', { has: { source: ['course', 'training'] } }, [{ elective: 'pool' }])],
          duplicates: [{ id: 'd', names, keep: 'highest-credits', ...duplicate }],
        }),
        learner(
          outcomes,
          earlier === undefined
            ? {}
            : { granted: [{ rule: 'r', elective: 'pool', credits: '1', lots: [earlier] }] },
        ),
      ),
    );
  const a = { lot: 'a', outcome: 'A', title: '인터넷의 이해', credits: '2' };
  const b = { lot: 'b', outcome: 'B', title: '인터넷 이해', credits: '3' };

  test('the better of two, or the one that was used before', () => {
    expect(granted({}, [a, b])).toBe('r:pool=3, r(a) family');
    expect(granted({}, [a, { ...b, title: '다른 과목' }])).toBe('r:pool=3, r:pool=2');
    expect(granted({}, [{ ...a, available: '0', state: 'used' }, b], 'a')).toBe(
      'r(b) family, r(a) lot-used',
    );
  });

  test('only among the outcomes that are meant, and with a name', () => {
    const training = { ...b, source: 'training' as const };
    expect(granted({ of: { source: 'course' } }, [a, training])).toBe('r:pool=3, r:pool=2');
    expect(granted({ of: { source: ['course', 'training'] } }, [a, training])).toContain('family');
    expect(granted({ of: { kind: 'k' } }, [a, { ...b, kind: 'k' }])).toBe('r:pool=3, r:pool=2');
    const kinds = [a, b].map((each) => ({ ...each, kind: 'k' }));
    expect(granted({ of: { kind: 'k' } }, kinds)).toContain('family');
    const nameless = [a, b].map((each) => ({ ...each, title: '—' }));
    expect(granted({}, nameless)).toBe('r:pool=3, r:pool=2');
  });

  test('a document that does not use it keeps its canonical form', () => {
    expect(compiled(sample()).rulebook).not.toHaveProperty('duplicates');
  });
});
