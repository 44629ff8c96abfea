import { levelKey } from './level-key.js';

describe('levelKey', () => {
  it.each([
    ['四级', '4'],
    ['４级', '四级/中级工'],
    ['中级工（四级）', '中级工'],
    ['高级技师', '一级'],
    [' 初级 ', '初级'],
    ['NCrF 4.5', 'ncrf4.5'],
  ])('%s = %s', (one, other) => {
    expect(levelKey(one)).toBe(levelKey(other));
  });

  it.each([
    ['初级', '初级工'],
    ['技师', '高级技师'],
    ['三级', '四级'],
  ])('%s ≠ %s', (one, other) => {
    expect(levelKey(one)).not.toBe(levelKey(other));
  });
});
