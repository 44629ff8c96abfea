import * as fc from 'fast-check';
import { millicredits } from '#libs/credit';
import { type Command, type LotState, apply, emptyLot } from '#libs/double-entry';
import { dayOf } from '../platform/clock/index.js';
import { type Reading, countsOf, entriesAt, happenedOn, lotsOf, onDay } from './as-of.js';
import type { EntryRecord, LotView } from './ledger.types.js';

const START = Date.parse('2026-01-10T00:00:00Z');
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const LOTS = ['lot-a', 'lot-b', 'lot-c'];
const PROGRAMMES = ['P', 'Q'];

/** One thing that is tried: on which lot, how many hours after the one before it. */
interface Step {
  readonly lot: number;
  readonly hours: number;
  readonly kind: number;
  readonly amount: number;
  readonly programme: number;
  readonly reference: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  lot: fc.nat(LOTS.length - 1),
  hours: fc.nat(60),
  kind: fc.nat(7),
  amount: fc.integer({ min: 1, max: 6 }),
  programme: fc.nat(PROGRAMMES.length - 1),
  reference: fc.nat(2),
});
const deposits = fc.array(
  fc.record({
    /** Days between what happened and the deposit; a month or a year is known less exactly. */
    late: fc.nat(40),
    precision: fc.constantFrom(4, 7, 10),
    lifeDays: fc.option(fc.nat(30)),
  }),
  { minLength: LOTS.length, maxLength: LOTS.length },
);
const history = fc.tuple(deposits, fc.array(step, { maxLength: 25 })).map(entriesOf);

/** The entries that the machine makes of a random history, as the books would store them. */
function entriesOf([opened, steps]: [
  { late: number; precision: number; lifeDays: number | null }[],
  Step[],
]): EntryRecord[] {
  const states = new Map<string, LotState>();
  const lives = new Map<string, string | null>();
  const entries: EntryRecord[] = [];
  let now = START;
  const run = (command: Command, occurredOn: string): void => {
    const state = states.get(command.lotId) ?? emptyLot(command.lotId);
    const applied = apply(state, command);
    if (!applied.ok) return;
    states.set(command.lotId, applied.value.state);
    const isDeposit = command.kind === 'deposit';
    for (const entry of applied.value.entries) {
      entries.push({
        ...entry,
        learnerId: 'learner',
        categoryId: 1,
        issuerId: 'issuer',
        occurredOn,
        expiresOn: isDeposit ? (lives.get(command.lotId) ?? null) : null,
        postingId: `posting-${entries.length}`,
        postingPos: 0,
        recordedAt: new Date(now),
        ruleHash: null,
        commitment: Buffer.alloc(32),
        reason: null,
      });
    }
  };
  opened.forEach(({ late, precision, lifeDays }, index) => {
    const lotId = LOTS[index]!;
    lives.set(lotId, lifeDays === null ? null : dayOf(new Date(now + lifeDays * DAY_MS)));
    const occurredOn = dayOf(new Date(now - late * DAY_MS)).slice(0, precision);
    run({ kind: 'deposit', lotId, amount: millicredits(6000) }, occurredOn);
    now += HOUR_MS;
  });
  for (const one of steps) {
    now += one.hours * HOUR_MS;
    run(commandOf(one), dayOf(new Date(now)));
  }
  return entries.sort((a, b) =>
    a.lotId < b.lotId ? -1 : a.lotId > b.lotId ? 1 : a.lotSeq - b.lotSeq,
  );
}

function commandOf({ lot, kind, amount, programme, reference: number }: Step): Command {
  const lotId = LOTS[lot]!;
  const reference = `r${number}`;
  const hold = { lotId, amount: millicredits(amount * 1000), reference };
  const commands: Command[] = [
    { kind: 'hold', ...hold, programme: PROGRAMMES[programme]!, scope: 'single-use' },
    { kind: 'hold', ...hold, programme: PROGRAMMES[programme]!, scope: 'per-programme' },
    { kind: 'use', lotId, reference },
    { kind: 'use', lotId, reference },
    { kind: 'release', lotId, reference },
    { kind: 'reverse', lotId, reference },
    { kind: 'expire', lotId },
    kind % 2 === 0 ? { kind: 'revoke', lotId } : { kind: 'redeposit', lotId, reference },
  ];
  return commands[kind]!;
}

/** The plain sums of the database, written down once more in another way. */
function plainLots(entries: readonly EntryRecord[], day: string): LotView[] {
  return LOTS.flatMap((lotId) => {
    const own = entries.filter((entry) => entry.lotId === lotId);
    const [first] = own;
    if (!first) return [];
    const balance = (account: string): LotView['available'] =>
      millicredits(
        own.reduce(
          (sum, { debit, credit, amount }) =>
            sum + (credit === account ? amount : 0n) - (debit === account ? amount : 0n),
          0n,
        ),
      );
    const lot: LotView = {
      lotId,
      categoryId: 1,
      issuerId: 'issuer',
      depositedAt: first.recordedAt,
      expiresOn: first.expiresOn,
      deposited: first.amount,
      available: balance('available'),
      held: balance('held'),
      used: balance('used'),
      expired: balance('expired'),
      revoked: balance('revoked'),
      pledged: balance('pledged'),
      counted: balance('counted'),
    };
    return [onDay(lot, day)];
  });
}

const LATER = new Date(START + 3650 * DAY_MS);
const moment = fc.nat(60 * 24).map((hours) => new Date(START + hours * HOUR_MS));
const reading: fc.Arbitrary<Reading> = fc
  .tuple(fc.integer({ min: -60, max: 60 }), moment)
  .map(([days, knownAt]) => ({ asOf: dayOf(new Date(START + days * DAY_MS)), knownAt }));

describe('a reading of the books', () => {
  it('as of now is the plain balance', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const now = { asOf: dayOf(LATER), knownAt: LATER };
        expect(entriesAt(entries, now)).toEqual(entries);
        expect(lotsOf(entriesAt(entries, now), now.asOf)).toEqual(plainLots(entries, now.asOf));
      }),
    );
  });

  it('as of a moment is the plain balance of that moment', () => {
    fc.assert(
      fc.property(history, moment, (entries, knownAt) => {
        const day = dayOf(knownAt);
        const then = entries.filter((entry) => entry.recordedAt <= knownAt);
        const read = lotsOf(entriesAt(entries, { asOf: day, knownAt }), day);
        expect(read).toEqual(plainLots(then, day));
      }),
    );
  });

  it('is of each lot its first so many entries, whatever is asked', () => {
    fc.assert(
      fc.property(history, reading, (entries, at) => {
        const read = entriesAt(entries, at);
        for (const lotId of LOTS) {
          const own = read.filter((entry) => entry.lotId === lotId);
          const all = entries.filter((entry) => entry.lotId === lotId);
          expect(own).toEqual(all.slice(0, own.length));
        }
        for (const lot of lotsOf(read, at.asOf)) {
          const { available, held, used, expired, revoked } = lot;
          expect(available + held + used + expired + revoked).toBe(lot.deposited);
          expect([available, held, used, expired, revoked].every((one) => one >= 0n)).toBe(true);
        }
      }),
    );
  });

  it('knows more as time goes by, and never forgets', () => {
    fc.assert(
      fc.property(history, reading, fc.nat(500), (entries, at, hours) => {
        const known = new Set(entriesAt(entries, at));
        const later = new Date(at.knownAt.getTime() + hours * HOUR_MS);
        const more = new Set(entriesAt(entries, { ...at, knownAt: later }));
        const nextDay = dayOf(new Date(Date.parse(`${at.asOf}T12:00:00Z`) + hours * HOUR_MS));
        const wider = new Set(entriesAt(entries, { ...at, asOf: nextDay }));
        for (const entry of known)
          expect([more.has(entry), wider.has(entry)]).toEqual([true, true]);
      }),
    );
  });

  it('counts per programme what its entries say', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const counts = countsOf(entries);
        for (const lot of lotsOf(entries, '0000-01-01')) {
          const own = counts.filter((count) => count.lotId === lot.lotId);
          expect(own.reduce((sum, one) => sum + one.pledged, 0n)).toBe(lot.pledged);
          expect(own.reduce((sum, one) => sum + one.counted, 0n)).toBe(lot.counted);
          for (const one of own) {
            expect(one.counted).toBeLessThanOrEqual(lot.deposited);
          }
        }
      }),
    );
  });

  it.each([
    ['2026-06-15', '2026-06-20T00:00:00Z', '2026-06-15'],
    ['2026-05', '2026-06-20T00:00:00Z', '2026-05-31'],
    ['2026-06', '2026-06-20T00:00:00Z', '2026-06-20'],
    ['2026', '2026-06-20T17:00:00Z', '2026-06-21'],
    ['2025', '2026-06-20T00:00:00Z', '2025-12-31'],
  ])('%s, recorded at %s, happened on %s', (occurredOn, recordedAt, day) => {
    expect(happenedOn({ occurredOn, recordedAt: new Date(recordedAt) })).toBe(day);
  });

  it('takes no movement before the one it follows, when a clock went backwards', () => {
    const [entries] = fc.sample(history, { numRuns: 1, seed: 7 });
    const lot = entries!.filter((entry) => entry.lotId === LOTS[0]);
    const deposit = { ...lot[0]!, recordedAt: new Date(START + 5) };
    const hold = { ...deposit, lotSeq: 1, recordedAt: new Date(START + 1) };
    const read = entriesAt([deposit, hold], { asOf: '2026-12-31', knownAt: new Date(START + 3) });
    expect(read).toEqual([]);
  });
});
