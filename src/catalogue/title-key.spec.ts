import * as fc from 'fast-check';
import {
  isFoundBy,
  looseTitleKey,
  searchKeysOf,
  searchTextOf,
  searchWordsOf,
  titleKey,
} from './title-key.js';

describe('titleKey', () => {
  it.each([
    ['English', 'ENGLISH'],
    ['S/W 활용', 'SW활용'],
    ['전공실기Ⅰ', '전공실기 1'],
    ['전공실기 I', '전공실기1'],
    ['Ｐｙｔｈｏｎ程序设计', 'python 程序设计'],
    ['大学英语（一）', '大学英语(一)'],
    ['Web前端开发职业技能等级证书（初级）', 'web前端开发职业技能等级证书 初级'],
    ['College English II', 'college english 2'],
    ['高等数学（Ⅱ）', '高等数学(2)'],
    ['机械制图 ⅰ', '机械制图1'],
    ['“红岩”精神', '红岩精神'],
  ])('%s = %s', (one, other) => {
    expect(titleKey(one)).toBe(titleKey(other));
  });

  it.each([
    ['C语言', 'C++语言'],
    ['C#程序设计', 'C程序设计'],
    ['高等数学Ⅰ', '高等数学Ⅱ'],
    ['전공실기', '전공실기1'],
    ['Taxi', 'Tax 1'],
    ['Hawaii', 'Hawa 2'],
  ])('%s ≠ %s', (one, other) => {
    expect(titleKey(one)).not.toBe(titleKey(other));
  });

  it('ignores case, width, spaces and punctuation anywhere', () => {
    const part = fc.constantFrom('语文', 'web', 'C++', '12', '한국', 'é');
    const noise = fc.constantFrom('', ' ', '\u3000', '（', '·', '-', '《', '/');
    fc.assert(
      fc.property(fc.array(fc.tuple(part, noise), { minLength: 1, maxLength: 8 }), (parts) => {
        const plain = parts.map(([text]) => text).join('');
        const noisy = parts.map(([text, sign]) => sign + text.toUpperCase() + sign).join('');
        expect(titleKey(noisy)).toBe(titleKey(plain));
      }),
    );
  });
});

describe('looseTitleKey', () => {
  it.each([
    ['인터넷의 이해', '인터넷 이해'],
    ['전공실기', '전공실기1'],
    ['전공실기', '전공실기Ⅰ'],
  ])('%s = %s (R25)', (one, other) => {
    expect(looseTitleKey(one)).toBe(looseTitleKey(other));
  });

  it('keeps other numbers apart', () => {
    expect(looseTitleKey('전공실기11')).not.toBe(looseTitleKey('전공실기1'));
    expect(looseTitleKey('전공실기2')).not.toBe(looseTitleKey('전공실기'));
  });
});

describe('search text', () => {
  it('keeps names apart and drops what has no letter', () => {
    expect(searchTextOf(['AB-1', '……', 'ab1'])).toBe('ab1\nab');
    expect(searchKeysOf('！？')).toEqual([]);
  });

  it.each([
    ['叉车', '叉车司机培训', true],
    ['司机 叉车', '叉车司机培训', true],
    ['logistics basics', 'Basics of Logistics', true],
    ['logistics cooking', 'Basics of Logistics', false],
    ['web 前端', 'Web前端开发', true],
    ['！ ？', '叉车', false],
  ])('a search for %s in %s: %s', (q, name, found) => {
    expect(isFoundBy(q, searchTextOf([name]))).toBe(found);
  });

  it('parts a text of several words only', () => {
    expect(searchWordsOf(' 叉车 ')).toEqual([]);
    expect(searchWordsOf('叉车  ・ 司机 叉车')).toEqual(['叉车', '司机']);
  });
});
