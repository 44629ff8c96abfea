import * as fc from 'fast-check';
import { BUCKETS, bucketOf, hashId, hashIdInBucket, isUuid, newId } from './index.js';

describe('ids', () => {
  it('carry every bucket and give it back', () => {
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const ids = [newId(bucket), hashIdInBucket(bucket, 'share', String(bucket))];
      expect(ids.map(bucketOf)).toEqual([bucket, bucket]);
      expect(ids.every(isUuid)).toBe(true);
    }
  });

  it('have a bucket of their own when none is asked for', () => {
    const buckets = Array.from({ length: 200 }, () => bucketOf(newId()));
    expect(buckets.every((bucket) => bucket >= 0 && bucket < BUCKETS)).toBe(true);
    expect(new Set(buckets).size).toBeGreaterThan(100);
  });

  it('are read alike in either case of letters', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const digits = Number.parseInt(id.slice(14, 18), 16) & 0x3ff;
        expect([bucketOf(id), bucketOf(id.toUpperCase())]).toEqual([digits, digits]);
      }),
    );
  });

  it('of equal parts are equal, and no two lists of parts are confused', () => {
    expect(hashId('a', 'bc')).toBe(hashId('a', 'bc'));
    expect(hashId('a', 'bc')).not.toBe(hashId('ab', 'c'));
  });

  it('rise with time, however many a millisecond has', () => {
    const ids = Array.from({ length: 5_000 }, () => newId(0));
    expect(ids.toSorted()).toEqual(ids);
  });
});
