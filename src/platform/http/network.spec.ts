import { networkOf } from './network.js';

describe('what is kept of an address', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.9', 'private'],
    ['172.32.0.9', '172.32.0.0/16'],
    ['192.168.1.1', 'private'],
    ['203.0.113.77', '203.0.0.0/16'],
    ['::ffff:203.0.113.77', '203.0.0.0/16'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8::/32'],
    ['2001::5', '2001:0::/32'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['2001:0db8::1', '2001:db8::/32'],
    ['fe80::1', 'private'],
    ['FD00::1', 'private'],
    ['somewhere', 'unknown'],
    ['', 'unknown'],
  ])('%s is remembered as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
