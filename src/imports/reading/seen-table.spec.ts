import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { hashIdInRun } from '../../platform/ids/index.js';
import { type SeenKey, SeenTable, keyOfDigest, keyOfId } from './seen-table.js';

const folder = mkdtempSync(join(tmpdir(), 'seen-'));
const digest = (key: string) => keyOfDigest(createHash('sha256').update(key).digest());

afterAll(() => rmSync(folder, { recursive: true }));

describe('SeenTable', () => {
  it('answers like a map', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 2 }), fc.string({ maxLength: 1 })), {
          maxLength: 3000,
        }),
        (rows) => {
          const seen = new SeenTable(folder);
          const model = new Map<string, { row: number; said: string }>();
          rows.forEach(([key, said], i) => {
            const first = model.get(key);
            expect(seen.add(digest(key), i + 1, said)).toEqual(
              first && { row: first.row, saidSame: first.said === said },
            );
            if (!first) model.set(key, { row: i + 1, said });
          });
          seen.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('keeps 150,000 keys apart on disk, and leaves no file behind', () => {
    const seen = new SeenTable(folder);
    for (let i = 1; i <= 150_000; i += 1) {
      if (seen.add(digest(`school/2026/${i}`), i, `name ${i % 7}`)) throw new Error(`row ${i}`);
    }
    for (const row of [1, 24_577, 98_305, 150_000]) {
      expect(seen.add(digest(`school/2026/${row}`), 1, `name ${row % 7}`)).toEqual({
        row,
        saidSame: true,
      });
      expect(seen.add(digest(`school/2026/${row}`), 1, 'another')).toMatchObject({
        row,
        saidSame: false,
      });
    }
    expect(readdirSync(folder)).toEqual([]);
    seen.close();
  });

  it('goes on in another file where one place of the first is full', () => {
    const seen = new SeenTable(folder);
    // The second word names the place on disk: all of these want the same one.
    const key = (i: number): SeenKey => [(i * 2_654_435_761) % 2 ** 32, 5, i];
    const most = 24_576;
    for (let row = 1; row <= 2 * most; row += 1) {
      if (seen.add(key(row), row)) throw new Error(`row ${row}`);
    }
    for (const row of [1, 8_192, 8_193, 16_385, most, most + 1, 2 * most]) {
      expect(seen.add(key(row), 1)).toEqual({ row, saidSame: true });
    }
    expect(readdirSync(folder)).toEqual([]);
    seen.close();
  });
});

it('keeps the ids of one run apart', () => {
  const seen = new SeenTable(folder);
  for (let i = 1; i <= 60_000; i += 1) {
    const id = hashIdInRun('lot', 'school', `2026/${i}`);
    if (seen.add(keyOfId(id), i)) throw new Error(`row ${i}`);
  }
  expect(seen.add(keyOfId(hashIdInRun('lot', 'school', '2026/777')), 1)).toMatchObject({
    row: 777,
  });
  seen.close();
});

it('reads ids as numbers of their digits', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const words = [
        id.slice(28, 36),
        id.slice(24, 28) + id.slice(19, 23),
        id.slice(4, 8) + id.slice(14, 18),
      ];
      expect(keyOfId(id)).toEqual(words.map((word) => Number.parseInt(word, 16)));
    }),
  );
});
