import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Millicredits } from '#libs/credit';
import {
  type BookedEntry,
  apply,
  depositTextOf,
  emptyLot,
  entryDigest,
  entryText,
  isPostable,
} from './index.js';

const FULL: BookedEntry = {
  postingId: '019ac123-0000-7000-8000-000000000001',
  recordedAt: new Date('2026-11-23T09:30:00.120Z'),
  actor: 'key:school',
  institutionId: '019ac123-0000-7000-8000-000000000002',
  learnerId: '019ac123-0000-7000-8000-000000000003',
  lotId: '5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f',
  lotSeq: 2,
  kind: 'use',
  debit: 'pledged',
  credit: 'counted',
  amount: 3000n as Millicredits,
  availableAfter: 1000n as Millicredits,
  heldAfter: 0n as Millicredits,
  settlesSeq: 1,
  reference: '019ac123-0000-7000-8000-000000000004',
  programme: 'HEALTH-OU',
  categoryId: 4,
  issuerId: '019ac123-0000-7000-8000-000000000005',
  occurredOn: '2026-06',
  expiresOn: '2033-06-30',
  ruleHash: Buffer.alloc(32, 7),
  commitment: Buffer.alloc(32, 9),
  reason: '材料齐全',
};

const EMPTY: BookedEntry = {
  ...FULL,
  institutionId: null,
  settlesSeq: null,
  reference: null,
  programme: null,
  expiresOn: null,
  ruleHash: null,
  reason: null,
};

describe('the digest of an entry', () => {
  it('is over one text with one value a line, in an order that never changes', () => {
    expect(entryText(FULL)).toBe(
      [
        'creditbank-entry/v1',
        '019ac123-0000-7000-8000-000000000001',
        '2026-11-23T09:30:00.120Z',
        'key:school',
        '019ac123-0000-7000-8000-000000000002',
        '019ac123-0000-7000-8000-000000000003',
        '5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f',
        '2',
        '3',
        '7',
        '8',
        '3000',
        '1000',
        '0',
        '1',
        '019ac123-0000-7000-8000-000000000004',
        'HEALTH-OU',
        '4',
        '019ac123-0000-7000-8000-000000000005',
        '2026-06',
        '2033-06-30',
        '07'.repeat(32),
        '09'.repeat(32),
        '材料齐全',
      ].join('\n'),
    );
    expect(entryDigest(FULL)).toEqual(
      createHash('sha256').update(entryText(FULL), 'utf8').digest(),
    );
  });

  it('writes nothing for what is null', () => {
    const lines = entryText(EMPTY).split('\n');
    expect(lines).toHaveLength(24);
    expect(lines.flatMap((line, i) => (line === '' ? [i] : []))).toEqual([
      4, 14, 15, 16, 20, 21, 23,
    ]);
  });

  it('differs when any value differs', () => {
    const changed: Partial<BookedEntry>[] = [
      { postingId: FULL.lotId },
      { recordedAt: new Date('2026-11-23T09:30:00.121Z') },
      { actor: 'key:other' },
      { institutionId: null },
      { learnerId: FULL.lotId },
      { lotId: FULL.learnerId },
      { lotSeq: 3 },
      { kind: 'reversal' },
      { debit: 'held' },
      { credit: 'used' },
      { amount: 3001n as Millicredits },
      { availableAfter: 1001n as Millicredits },
      { heldAfter: 1n as Millicredits },
      { settlesSeq: 0 },
      { reference: null },
      { programme: null },
      { categoryId: 5 },
      { issuerId: FULL.lotId },
      { occurredOn: '2026-07' },
      { expiresOn: null },
      { ruleHash: Buffer.alloc(32, 8) },
      { commitment: Buffer.alloc(32, 8) },
      { reason: null },
    ];
    const digests = [{}, ...changed].map((over) =>
      entryDigest({ ...FULL, ...over }).toString('hex'),
    );
    expect(new Set(digests).size).toBe(changed.length + 1);
  });

  it.each(['actor', 'reference', 'programme', 'occurredOn', 'reason'] as const)(
    'refuses a line break or an empty %s, which could make two entries one text',
    (field) => {
      fc.assert(
        fc.property(fc.string(), fc.string(), (before, after) => {
          expect(() => entryText({ ...FULL, [field]: `${before}\n${after}` })).toThrow(/one line/);
        }),
        { numRuns: 20 },
      );
      expect(() => entryText({ ...FULL, [field]: '' })).toThrow(/one line/);
    },
  );
});

describe('the text of a deposit', () => {
  const arbitraryDeposit = fc.record({
    amount: fc.bigInt(1n, 10_000_000n).map((amount) => amount as Millicredits),
    categoryId: fc.integer({ min: 1, max: 99 }),
    expiresOn: fc.constantFrom(null, '2033-06-30'),
    ruleHash: fc.constantFrom(null, FULL.ruleHash),
    reason: fc.constantFrom(null, '材料齐全'),
  });

  it('is that of the entry the machine makes of it', () => {
    fc.assert(
      fc.property(arbitraryDeposit, ({ amount, categoryId, expiresOn, ruleHash, reason }) => {
        const { lotId } = FULL;
        const applied = apply(emptyLot(lotId), { kind: 'deposit', lotId, amount });
        const [entry] = applied.ok ? applied.value.entries : [];
        const depositor = {
          postingId: FULL.postingId,
          recordedAt: FULL.recordedAt,
          actor: FULL.actor,
          institutionId: FULL.issuerId,
          ruleHash,
          reason,
        };
        const deposit = { ...FULL, amount, categoryId, expiresOn };
        expect(depositTextOf(depositor)(deposit)).toBe(
          entryText({ ...deposit, ...(entry as typeof deposit), ...depositor }),
        );
      }),
    );
  });

  it('refuses a line break in what is said', () => {
    const depositor = { ...FULL, institutionId: FULL.issuerId };
    expect(() => depositTextOf({ ...depositor, reason: 'a\nb' })).toThrow(/one line/);
    expect(() => depositTextOf({ ...depositor, reason: '' })).toThrow(/one line/);
    expect(() => depositTextOf(depositor)({ ...FULL, occurredOn: '2026\n06' })).toThrow(/one line/);
  });
});

test.each([
  [-1n, false],
  [0n, false],
  [1n, true],
  [10_000_000n, true],
  [10_000_001n, false],
])('an amount of %s thousandths can be posted: %s', (amount, expected) => {
  expect(isPostable(amount as Millicredits)).toBe(expected);
});
