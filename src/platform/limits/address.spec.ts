import { callerOfAddress } from './address.js';

describe('what requests of an address are counted under', () => {
  it.each([
    ['203.0.113.77', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.77'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('%s counts under %s', (address, key) => {
    expect(callerOfAddress(address)).toBe(key);
  });
});
