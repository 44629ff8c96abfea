import * as fc from 'fast-check';
import { nameKey, normaliseName } from './name.js';

const valueOf = (text: string): string | undefined => {
  const result = normaliseName(text);
  return result.ok ? result.value : undefined;
};

describe('normaliseName', () => {
  it.each([
    ['张三', '张三'],
    ['  张三\u3000', '张三'],
    ['张\u3000三', '张三'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['买买提‧艾力', '买买提·艾力'],
    ['买买提∙艾力', '买买提·艾力'],
    ['买买提.艾力', '买买提·艾力'],
    ['买买提 · 艾力', '买买提·艾力'],
    ['古丽·买买提．艾力', '古丽·买买提·艾力'],
    ['J. R. Smith', 'J. R. Smith'],
    ['Nguye\u0302\u0303n', 'Nguyễn'],
    ['สมชาย  ใจดี', 'สมชาย ใจดี'],
    ['𠮷田', '𠮷田'],
    ['𬱖㛃䶮', '𬱖㛃䶮'],
    ['〇一', '〇一'],
  ])('%j → %j', (text, name) => {
    expect(valueOf(text)).toBe(name);
  });

  it.each([
    ['', 'value-missing'],
    [' \u3000 ', 'value-missing'],
    ['张\u200b三', 'control-character'],
    ['张\u202e三', 'control-character'],
    ['张\u0000三', 'control-character'],
    ['张\n三', 'control-character'],
    ['张\ud842三', 'control-character'],
    ['张\u00ad三', 'control-character'],
    ['张'.repeat(51), 'value-too-long'],
    ['𠮷'.repeat(51), 'value-too-long'],
  ])('refuses %j as %s', (text, code) => {
    expect(normaliseName(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('counts characters, not code units', () => {
    expect(valueOf('𠮷'.repeat(50))).toBe('𠮷'.repeat(50));
  });

  it('is idempotent and throws on nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = normaliseName(text);
        if (once.ok) expect(normaliseName(once.value)).toEqual(once);
      }),
    );
    const parts = fc.constantFrom('张', '𠮷', '.', '·', '•', ' ', '\u3000', 'a', 'é', 'e\u0301');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (some) => {
        const once = normaliseName(some.join(''));
        if (once.ok) expect(normaliseName(once.value)).toEqual(once);
      }),
    );
  });
});

describe('nameKey', () => {
  it('ignores case and width, nothing else', () => {
    expect(nameKey('Zhang San')).toBe(nameKey('ＺＨＡＮＧ SAN'));
    expect(nameKey('张三')).not.toBe(nameKey('张叁'));
  });
});
