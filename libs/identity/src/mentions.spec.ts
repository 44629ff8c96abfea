import { mentionsName, mentionsPhone, mentionsResidentId } from './mentions.js';

describe('a text that names a person', () => {
  it.each([
    ['11010519491231002X', true],
    ['no. 11010519491231002x, copy kept', true],
    ['物流-11010519491231002X', true],
    // A serial number with another last digit, or with more digits, is none.
    ['110105194912310021', false],
    ['911010519491231002X', false],
    ['202606300000000123', false],
    ['11010519491231002', false],
    ['', false],
  ])('by resident ID: %j %s', (text, is) => {
    expect(mentionsResidentId(text)).toBe(is);
  });

  it.each([
    ['电话 13812345678', true],
    ['+86 13812345678', true],
    ['1381234567', false],
    ['113812345678', false],
    ['12812345678', false],
  ])('by telephone: %j %s', (text, is) => {
    expect(mentionsPhone(text)).toBe(is);
  });

  it.each([
    ['王小明缺考一次', '王小明', true],
    ['王', '王', false],
    ['物流基础', '王小明', false],
    ['物流基础', null, false],
    ['欧阳•娜娜本人', '欧阳·娜娜', true],
    ['欧阳 娜娜本人', '欧阳·娜娜', true],
    ['记录属于 Shuang  Chong', 'SHUANG CHONG', true],
    ['ＳＨＵＡＮＧ ＣＨＯＮＧ', 'Shuang Chong', true],
    ['Shuangchong', 'SHUANG CHONG', false],
    ['欧阳', '欧阳·娜娜', false],
  ])('by name: %j %j %s', (text, name, is) => {
    expect(mentionsName(text, name)).toBe(is);
  });
});
