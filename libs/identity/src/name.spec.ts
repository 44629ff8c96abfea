import * as fc from 'fast-check';
import { nameKey, normaliseName } from './name.js';

const valueOf = (text: string): string | undefined => {
  const result = normaliseName(text);
  return result.ok ? result.value : undefined;
};

/** GB 18030 counts the code points beyond U+FFFF in bytes of 10, 126, 10 and 126 values. */
function fourBytes(char: string): Buffer {
  const linear = (char.codePointAt(0) ?? 0) - 0x10000;
  return Buffer.from([
    0x90 + Math.floor(linear / 12600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]);
}

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
    ['买买提⸱艾力', '买买提·艾力'],
    ['Anna·Maria', 'Anna·Maria'],
    ['\ue81e天', '龴天'],
    ['\ue864', '\u9fbb'],
    ['\u{2fa20}某', '\u{2fa20}某'],
    ['ᠮᠣᠩᠭᠣᠯ', 'ᠮᠣᠩᠭᠣᠯ'],
    ['བསྟན་འཛིན', 'བསྟན་འཛིན'],
    ["O'Neill-Łuk", "O'Neill-Łuk"],
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
    ['张\ufe0f三', 'control-character'],
    ['葛\u{e0100}', 'control-character'],
    ['张\u3164三', 'control-character'],
    ['张\u2800三', 'control-character'],
    ['张\u2066三', 'control-character'],
    ['张\u200d三', 'control-character'],
    ['\ue000某', 'name-character'],
    ['\ue78d', 'name-character'],
    ['\u{f0000}', 'name-character'],
    ['\u{1fffe}', 'name-character'],
    ['\u0378', 'name-character'],
    ['张\ufffd', 'name-character'],
    ['·艾力', 'name-dot'],
    ['买买提·', 'name-dot'],
    ['买买提··艾力', 'name-dot'],
    ['Anna • Maria', 'name-dot'],
    ['张'.repeat(51), 'value-too-long'],
    ['𠮷'.repeat(51), 'value-too-long'],
  ])('refuses %j as %s', (text, code) => {
    expect(normaliseName(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('counts characters, not code units', () => {
    expect(valueOf('𠮷'.repeat(50))).toBe('𠮷'.repeat(50));
  });

  it('says which code is no character', () => {
    expect(normaliseName('张\ue000')).toEqual({
      ok: false,
      problem: { code: 'name-character', params: { codePoint: 'U+E000' } },
    });
  });

  it('gives names that GB 18030 carries there and back, and nothing unseen', () => {
    const decoder = new TextDecoder('gb18030');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        const result = normaliseName(text);
        if (!result.ok) return;
        const { value } = result;
        expect(value).toBe(value.normalize('NFC'));
        expect(value).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u);
        const bytes = Buffer.concat(Array.from(value, fourBytes));
        if (/^[\u{10000}-\u{10ffff}]*$/u.test(value)) expect(decoder.decode(bytes)).toBe(value);
      }),
      { numRuns: 500 },
    );
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
