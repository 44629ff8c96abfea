import fc from 'fast-check';
import { breakLines } from './lines.js';
import { printable, runsOf } from './print.js';

/** Every character is one wide. */
const width = (text: string): number => Array.from(text).length;
const lines = (text: string, most: number): string[] => breakLines(text, most, width);

describe('breaking lines', () => {
  it('breaks Chinese between characters, but not before closing or after opening signs', () => {
    expect(lines('物流管理职业技能', 3)).toEqual(['物流管', '理职业', '技能']);
    expect(lines('物流管，理', 3)).toEqual(['物流', '管，理']);
    expect(lines('物流（管理）', 3)).toEqual(['物流', '（管', '理）']);
  });

  it('breaks Latin between words and Thai between its words, which have no spaces', () => {
    expect(lines('Logistics basics 2', 10)).toEqual(['Logistics', 'basics 2']);
    expect(lines('ใบแสดงผลการเรียน', 9)[0]).toMatch(/^(ใบแสดง|ใบแสดงผล)$/);
  });

  it('keeps a code point together and divides only what is wider than a line', () => {
    expect(lines('王小明[U+20BB7]', 9)).toEqual(['王小明', '[U+20BB7]']);
    expect(lines('a'.repeat(7), 3)).toEqual(['aaa', 'aaa', 'a']);
  });

  it('loses no character and makes no line too wide', () => {
    const texts = fc.string({
      unit: fc.constantFrom('物', '流', 'a', 'B', '，', '（', ' ', '1', 'ก', '-'),
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 3, max: 12 }), (text, most) => {
        const broken = lines(text, most);
        expect(broken.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of broken) expect(width(line)).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('what can be printed', () => {
  const has = { has: (face: string, code: number) => face === 'thai' || code < 0x10000 };

  it('names the code point of a character that no font has', () => {
    expect(printable('𠮷田\u{1F600}', has)).toBe('[U+20BB7]田[U+1F600]');
    expect(printable('a\n b\uFE0F', has)).toBe('a b');
  });

  it('changes the face with the script', () => {
    expect(runsOf('王 สม ชาย1')).toEqual([
      { face: 'chinese', text: '王 ' },
      { face: 'thai', text: 'สม ชาย' },
      { face: 'chinese', text: '1' },
    ]);
  });
});
