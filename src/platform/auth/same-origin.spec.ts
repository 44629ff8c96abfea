import { isReading, isSameOrigin } from './same-origin.js';

const SITE = 'https://bank.example/base';

describe('isSameOrigin', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://bank.example' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://bank.example' }, true],
    [{ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, true],
    [{ origin: 'http://127.0.0.1:3001', host: '127.0.0.1:3000' }, false],
    [{ origin: 'https://bank.example.evil.example', host: 'bank.example' }, false],
    [{ origin: 'null', host: 'bank.example' }, false],
    [{ host: 'bank.example' }, false],
    [{}, false],
  ])('%j → %s', (headers, expected) => {
    expect(isSameOrigin(headers, SITE)).toBe(expected);
  });
});

describe('isReading', () => {
  it('lets methods without effect pass', () => {
    expect(['GET', 'HEAD', 'OPTIONS'].every(isReading)).toBe(true);
    expect(['POST', 'PUT', 'PATCH', 'DELETE'].some(isReading)).toBe(false);
  });
});
