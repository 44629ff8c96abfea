import * as fc from 'fast-check';
import {
  GrowingTree,
  HASH_BYTES,
  formatNote,
  inclusionRanges,
  signCheckpoint,
  signingKey,
} from '#libs/merkle';
import {
  type AccountLeaf,
  type BalanceProofFile,
  FIRST_CHAIN,
  type Report,
  type Seal,
  accountKey,
  accountLeaf,
  accountSiblings,
  extendChain,
  makeBalanceProof,
  sealLeaf,
  sealsName,
  verifyFile,
} from '../src/index.js';
import {
  type Book,
  LOG_KEY,
  TODAY,
  WITNESS,
  bookOf,
  cosigned,
  flips,
  rootOf,
  treeOf,
  trusting,
} from './books.js';

const SEALS_KEY = signingKey(sealsName(LOG_KEY.name), LOG_KEY.seed);

/** Which entries of a learner a bank seals, and which a holder shows. */
interface Lies {
  readonly sealed?: (learner: string, own: string, index: number) => boolean;
  readonly shown?: (learner: string, own: string, index: number) => boolean;
  readonly number?: number;
}

/** A bank that seals some of the entries of some learners, and says so of all. */
function proofOf(
  book: Book,
  learnerId: string,
  { sealed = isOf, shown = isOf, number = 5 }: Lies = {},
): BalanceProofFile {
  const indexesOf = (own: string, choice: typeof isOf): number[] =>
    book.entries.flatMap((entry, index) => (choice(entry.learnerId, own, index) ? [index] : []));
  const accounts = book.ids.learners
    .map((id): AccountLeaf => {
      const indexes = indexesOf(id, id === learnerId ? sealed : isOf);
      const chain = indexes.reduce<Buffer>(
        (hash, index) => extendChain(hash, index, book.leaves[index] as Buffer),
        FIRST_CHAIN,
      );
      return { key: accountKey(id), leaf: accountLeaf(accountKey(id), indexes.length, chain) };
    })
    .sort((a, b) => a.key.compare(b.key));
  const { root, around } = treeOf(accounts);
  const size = book.entries.length;
  const seal: Seal = {
    number,
    log: LOG_KEY.name,
    logSize: size,
    logRoot: rootOf(book.leaves, 0, size).toString('base64'),
    accounts: accounts.length,
    root: root.toString('base64'),
    sealedAt: '2026-11-26T14:00:00.000Z',
  };
  const seals = Array.from({ length: number }, (_, n) =>
    sealLeaf({ ...seal, number: n, logSize: n + 1 }),
  );
  seals.push(sealLeaf(seal));
  return makeBalanceProof({
    learnerId,
    root: book.root,
    proven: book.proven(indexesOf(learnerId, shown)),
    seal,
    account: accountSiblings(accountKey(learnerId), around(accountKey(learnerId))),
    sealPath: inclusionRanges(number, number + 1).map(({ start, end }) =>
      rootOf(seals, start, end),
    ),
    sealRoot: { witnesses: [], checkpoint: signedSeals(seals) },
  });
}

const isOf = (learner: string, own: string, _index: number): boolean => learner === own;

function signedSeals(seals: readonly Buffer[], size = seals.length): string {
  const tree = GrowingTree.empty();
  tree.append(Buffer.concat(seals.slice(0, size)));
  return formatNote(signCheckpoint({ origin: SEALS_KEY.name, size, root: tree.root() }, SEALS_KEY));
}

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const verify = (file: unknown, keys = [LOG_KEY]): Report =>
  verifyFile(bytesOf(file), trusting(...keys), TODAY);
const failed = ({ lines }: Report): string[] =>
  lines.filter(({ verdict }) => verdict === 'fails').map(({ check }) => check.split(' ')[0] ?? '');

describe('a balance proof', () => {
  const book = bookOf(30);
  const [learner = ''] = book.ids.learners;
  const proof = proofOf(book, learner);

  it('holds, and says the balance that its entries make', () => {
    const report = verify(proof);
    expect([report.verdict, failed(report)]).toEqual(['holds', []]);
    const detail = (check: string): string =>
      report.lines.find((line) => line.check === check)?.detail ?? '';
    expect(proof.entries.length).toBe(10);
    expect(detail('complete')).toContain('10 entries');
    // Two lots of 4.5, of each 1.5 used; one is past its last day by now.
    expect(detail('balance')).toBe(
      `available 6 (3 of it past its last day by ${TODAY}), held 0, used 3, expired 0, revoked 0`,
    );
    expect(detail('seal')).toContain('newest');
    expect(verify(proof, []).verdict).toBe('open');
  });

  it('names no other learner and no person', () => {
    const text = JSON.stringify(proof);
    for (const other of book.ids.learners.slice(1)) expect(text).not.toContain(other);
  });

  it.each(Array.from({ length: 10 }, (_, at) => at))(
    'shows when the holder drops its entry number %d',
    (drop) => {
      const own = proof.entries[drop]?.index;
      const dropped = proofOf(book, learner, {
        shown: (of, id, index) => isOf(of, id, index) && index !== own,
      });
      expect(failed(verify(dropped))).toContain('complete');
    },
  );

  it('shows when the holder drops the newest entries of a lot, or a whole lot', () => {
    for (const from of [1, 4, 5, 8, 9]) {
      const indexes = new Set(proof.entries.slice(0, from).map(({ index }) => index));
      const shortened = proofOf(book, learner, { shown: (_, __, index) => indexes.has(index) });
      // What is left follows from itself: only the seal tells.
      expect(failed(verify(shortened))).toEqual(['complete']);
    }
  });

  it('shows when the bank itself seals a lot with a gap in it', () => {
    const gap = (of: string, id: string, index: number): boolean =>
      isOf(of, id, index) && index !== 2;
    expect(failed(verify(proofOf(book, learner, { sealed: gap, shown: gap })))).toEqual([
      'balance',
    ]);
  });

  it('does not show what the bank leaves out of the seal itself: the log and its audits do', () => {
    const [last] = proof.entries.slice(-1).map(({ index }) => index);
    const hidden = (of: string, id: string, index: number): boolean =>
      isOf(of, id, index) && index !== last;
    // docs/decisions/0029: the leaf is in the public log, and its receipt proves the bank wrong.
    expect(verify(proofOf(book, learner, { sealed: hidden, shown: hidden })).verdict).toBe('holds');
  });

  it('is refused when any byte of it is another', () => {
    const small = bookOf(7);
    const file = bytesOf({
      ...proofOf(small, small.ids.learners[1] ?? '', { number: 1 }),
      ...witnessed(small),
    });
    expect(verifyFile(file, trusting(LOG_KEY), TODAY).verdict).toBe('holds');
    for (const bad of flips(file)) {
      const report = verifyFile(bad, trusting(LOG_KEY), TODAY);
      if (report.verdict !== 'fails') throw new Error(`taken: ${bad.toString()}`);
    }
    fc.assert(
      fc.property(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bad = Buffer.from(file);
        bad[at] = (bad[at] as number) ^ by;
        expect(verifyFile(bad, trusting(), TODAY).verdict).toBe('fails');
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, (file: BalanceProofFile) => object, string]>([
    ['another balance', ({ balances }) => ({ balances: balances.slice(1) }), 'balance'],
    ['another learner', () => ({ learnerId: book.ids.learners[1] }), 'complete'],
    ['no entries', () => ({ entries: [], hashes: [] }), 'complete'],
    ['a shorter way of the account', ({ account }) => ({ account: account.slice(1) }), 'complete'],
    ['a longer way of the account', ({ account }) => ({ account: [...account, zero] }), 'complete'],
    ['a seal of another number', ({ seal }) => ({ seal: { ...seal, number: 4 } }), 'seal'],
    ['a seal of another day', ({ seal }) => ({ seal: { ...seal, sealedAt: AGO } }), 'seal'],
    ['a seal of another size', ({ seal }) => ({ seal: { ...seal, logSize: 29 } }), 'seal'],
    ['a seal that is not the newest', () => ({ sealCheckpoint: newerSeals() }), 'seal'],
    [
      'the checkpoint of entries twice',
      (file) => ({ sealCheckpoint: file.checkpoint }),
      'checkpoint',
    ],
    ['a checkpoint of before', () => ({ checkpoint: bookOf(29).root.checkpoint }), 'entry'],
    ['a field more', () => ({ note: 'x' }), 'form'],
  ])('is refused with %s', (_, change, line) => {
    const report = verify({ ...proof, ...change(proof) });
    expect(report.verdict).toBe('fails');
    expect(failed(report)).toContain(line);
  });

  /** The same seals with one more behind them. */
  function newerSeals(): string {
    const { seal } = proof;
    const seals = Array.from({ length: 5 }, (_, n) =>
      sealLeaf({ ...seal, number: n, logSize: n + 1 }),
    );
    return signedSeals([...seals, sealLeaf(seal), sealLeaf({ ...seal, number: 6 })]);
  }
});

const zero = Buffer.alloc(HASH_BYTES).toString('base64');
const AGO = '2020-01-01T00:00:00.000Z';

/** The root of a book with a cosignature, as a file has it. */
function witnessed(book: Book): object {
  const { checkpoint } = cosigned(book.root);
  return { checkpoint, witnesses: [`${WITNESS.name}+${WITNESS.id}+${typed(WITNESS.publicKey)}`] };
}

function typed(publicKey: Buffer): string {
  return Buffer.concat([Buffer.of(4), publicKey]).toString('base64');
}
