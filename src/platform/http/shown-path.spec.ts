import { shownPath } from './shown-path.js';

describe('shownPath', () => {
  it.each([
    ['/v1/learners/me/balance?asOf=1', '/v1/learners/me/balance'],
    [
      '/v1/learners/01890000-0000-7000-8000-123456789012',
      '/v1/learners/01890000-0000-7000-8000-123456789012',
    ],
    ['/v1/programmes/YC-LOG-2026', '/v1/programmes/YC-LOG-2026'],
    ['/v1/learners/11010519491231002X/balance', '/v1/learners/~/balance'],
    ['/v1/learners/%E7%8E%8B%E5%B0%8F', '/v1/learners/~'],
    ['/v1/learners/王小明', '/v1/learners/~'],
    ['/verify/123456789012', '/verify/~'],
    ['/', '/'],
    ['', ''],
  ])('%s → %s', (url, shown) => {
    expect(shownPath(url)).toBe(shown);
  });
});
