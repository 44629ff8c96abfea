import fc from 'fast-check';
import { decodeBase58, encodeBase58 } from './base58.js';
import { formatMoment, readMoment } from './dates.js';
import { didDocument, didKeyDocument, didWeb, didWebUrl } from './did.js';
import { didKeySigner, multikeyOf, publicKeyOf, readMultikey } from './keys.js';
import { MIN_STATUS_BITS, StatusBits, drawStatusIndex } from './status-list.js';

const bytes = fc.uint8Array({ maxLength: 70 });

it('base58 there and back, zeros in front included', () => {
  expect(encodeBase58(Buffer.from('Hello World!'))).toBe('2NEpo7TZRRrLZSi2U');
  expect(encodeBase58(Buffer.from('0000287fb4cd', 'hex'))).toBe('11233QC4');
  fc.assert(
    fc.property(bytes, (some) => {
      expect(decodeBase58(encodeBase58(some))).toEqual(Buffer.from(some));
    }),
  );
  expect(decodeBase58('0OIl')).toBeUndefined();
  expect(decodeBase58('2'.repeat(201))).toBeUndefined();
});

it('keys there and back, and nothing else is a key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
      const publicKey = publicKeyOf(seed);
      expect(multikeyOf(publicKey)).toMatch(/^z6Mk/);
      expect(readMultikey(multikeyOf(publicKey))).toEqual(publicKey);
    }),
    { numRuns: 20 },
  );
  for (const other of ['', 'z', 'z6Mk', 'zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76', 7]) {
    expect(readMultikey(other)).toBeUndefined();
  }
});

it('a did:web has one address, or none', () => {
  expect(didWebUrl(didWeb('bank.example'))).toBe('https://bank.example/.well-known/did.json');
  expect(didWebUrl(didWeb('localhost:3000', 'institutions', 'SPB'))).toBe(
    'https://localhost:3000/institutions/SPB/did.json',
  );
  for (const other of [
    'did:key:z6Mk',
    'did:web:',
    'did:web:a%2Fb',
    'did:web:a@b',
    'did:web:a:..',
    'did:web:a:%2e%2e:x',
    'did:web:user%40evil.example',
    'did:web:a%3Ax',
    'did:web:a%',
  ]) {
    expect([other, didWebUrl(other)]).toEqual([other, undefined]);
  }
});

it('the document of a did:key is made of the key; retired keys present nothing', () => {
  const { did } = didKeySigner(Buffer.alloc(32, 1));
  expect(didKeyDocument(did)).toMatchObject({
    id: did,
    assertionMethod: [`${did}#${did.slice(8)}`],
  });
  const publicKey = publicKeyOf(Buffer.alloc(32, 1));
  expect(didDocument('did:web:a', [{ fragment: 'k', publicKey, retired: true }])).toMatchObject({
    assertionMethod: ['did:web:a#k'],
    authentication: [],
  });
});

it('moments are those of dateTimeStamp', () => {
  expect(formatMoment(new Date('2026-07-02T03:00:00.999Z'))).toBe('2026-07-02T03:00:00Z');
  for (const right of ['2026-02-28T23:59:59Z', '2024-02-29T00:00:00.123+08:00']) {
    expect(readMoment(right)).toEqual(new Date(right));
  }
  for (const wrong of [
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01',
    5,
  ]) {
    expect([wrong, readMoment(wrong)]).toEqual([wrong, undefined]);
  }
});

describe('status lists', () => {
  it('there and back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(MIN_STATUS_BITS - 1), { maxLength: 30 }), (set) => {
        const read = StatusBits.decode(StatusBits.withSize(MIN_STATUS_BITS, set).encode());
        expect(read?.size).toBe(MIN_STATUS_BITS);
        for (const index of set) expect(read?.at(index)).toBe(true);
        const other = set.map((index) => (index + 1) % MIN_STATUS_BITS);
        for (const index of other) expect(read?.at(index)).toBe(set.includes(index));
      }),
      { numRuns: 20 },
    );
    expect(StatusBits.withSize(MIN_STATUS_BITS).at(MIN_STATUS_BITS)).toBeUndefined();
    expect(StatusBits.withSize(MIN_STATUS_BITS).at(-1)).toBeUndefined();
  });

  it('the first bit is the leftmost', () => {
    const text = StatusBits.withSize(MIN_STATUS_BITS, [0]).encode();
    expect(StatusBits.decode(text)?.at(0)).toBe(true);
    expect(StatusBits.decode(text)?.at(7)).toBe(false);
  });

  it('places are drawn until one is free, but not for ever', async () => {
    const draws = [3, 3, 5];
    const draw = (taken: number[]) =>
      drawStatusIndex(
        MIN_STATUS_BITS,
        () => draws.shift() ?? 3,
        async (index) => taken.includes(index),
      );
    expect(await draw([3])).toBe(5);
    expect(await draw([3])).toBeUndefined();
  });
});
