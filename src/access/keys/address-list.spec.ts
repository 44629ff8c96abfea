import { isWithin, networkText } from './address-list.js';

describe('address lists', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3/32'],
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::1', '2001:db8::1/128'],
    ['2001:db8:1:2::/48', '2001:db8:1::/48'],
  ])('%s is kept as %s', (text, network) => {
    expect(networkText(text)).toBe(network);
  });

  it.each([
    '',
    '10.1',
    '10.1.2.3.4',
    '10.1.2.3/33',
    '::/129',
    '0x7f.1',
    '2130706433',
    '010.1.1.1',
    'x',
    '10.1.2.3/',
    '::1%eth0',
  ])('%j is none', (text) => {
    expect(networkText(text)).toBeUndefined();
  });

  it.each([
    ['10.1.255.1', true],
    ['::ffff:10.1.255.1', true],
    ['10.2.0.1', false],
    ['2001:db8::9', true],
    ['2001:db9::9', false],
    ['unknown', false],
  ])('%s is within: %s', (address, expected) => {
    expect(isWithin(address, ['10.1.0.0/16', '2001:db8::/32'])).toBe(expected);
  });

  it('with nothing on it lets nobody in', () => {
    expect(isWithin('10.1.1.1', [])).toBe(false);
  });
});
