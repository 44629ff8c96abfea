import { millicredits } from '#libs/credit';
import { type BookedEntry, type Command, apply, emptyLot } from '#libs/double-entry';
import {
  GrowingTree,
  type SigningKey,
  type VerifierKey,
  cosign,
  formatNote,
  formatSignature,
  inclusionRanges,
  signCheckpoint,
  signingKey,
} from '#libs/merkle';
import {
  type AccountLeaf,
  type AccountSurroundings,
  type ProvenEntry,
  type SignedRoot,
  type Trust,
  groupOf,
  leafOf,
  rowRoot,
  subtreeRoot,
} from '../src/index.js';

export const LOG_KEY = signingKey('bank.example/v1/log', Buffer.alloc(32, 1));
export const WITNESS = signingKey('school.example/witness', Buffer.alloc(32, 7), 'cosignature');
export const TODAY = '2026-11-26';

const id = (kind: number, n: number): string =>
  `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Books of three learners: lots that are opened, held, released and used, one entry after another. */
export interface Book {
  readonly entries: readonly BookedEntry[];
  readonly leaves: readonly Buffer[];
  readonly root: SignedRoot;
  readonly ids: { readonly learners: readonly string[]; readonly other: string };
  proven(indexes: readonly number[]): ProvenEntry[];
}

export function bookOf(size: number, key: SigningKey = LOG_KEY): Book {
  const entries = makeEntries(size);
  const leaves = entries.map(leafOf);
  const checkpoint = formatNote(
    signCheckpoint({ origin: key.name, size, root: rootOf(leaves, 0, size) }, key),
  );
  const learners = [0, 1, 2].map((n) => id(1, n));
  return {
    entries,
    leaves,
    root: { key, witnesses: [], checkpoint },
    ids: { learners, other: id(1, 9) },
    proven: (indexes) =>
      indexes.map((index) => ({
        entry: entries[index] as BookedEntry,
        index,
        proof: proofOf(leaves, index),
      })),
  };
}

/** The same root with a cosignature. */
export function cosigned(root: SignedRoot, witness: SigningKey = WITNESS): SignedRoot {
  const text = root.checkpoint.slice(0, root.checkpoint.lastIndexOf('\n\n') + 1);
  const line = formatSignature(cosign(text, witness, 1_764_000_000));
  return { ...root, witnesses: [witness], checkpoint: root.checkpoint + line };
}

export function trusting(...keys: VerifierKey[]): Trust {
  return { logs: keys.map((key) => ({ key, because: 'the option --key' })), witnesses: [] };
}

/** A file with each of its bytes altered in turn: in one bit, and into a digit. */
export function* flips(good: Buffer): Generator<Buffer> {
  for (let at = 0; at < good.length; at += 1) {
    const own = good[at] as number;
    const others = [own ^ (1 << (at % 8)), 0x30].filter((byte) => byte !== own);
    for (const byte of others) {
      const bad = Buffer.from(good);
      bad[at] = byte;
      yield bad;
    }
  }
}

/** The proof by the definition: the roots of the ranges that it covers. */
export function proofOf(leaves: readonly Buffer[], index: number): Buffer[] {
  return inclusionRanges(index, leaves.length).map(({ start, end }) => rootOf(leaves, start, end));
}

export function rootOf(leaves: readonly Buffer[], start: number, end: number): Buffer {
  const tree = GrowingTree.empty();
  tree.append(Buffer.concat(leaves.slice(start, end)));
  return tree.root();
}

/** The tree of accounts as it is stored: groups, and two rows of nodes. */
export function treeOf(accounts: readonly AccountLeaf[]): {
  root: Buffer;
  around: (key: Buffer) => AccountSurroundings;
} {
  const groupsOf = (first: number): number[] => [
    ...new Set(accounts.map(({ key }) => groupOf(key)).filter((group) => group >> 8 === first)),
  ];
  const own = (group: number): AccountLeaf[] =>
    accounts.filter(({ key }) => groupOf(key) === group);
  const lower = (first: number): Map<number, Buffer> =>
    new Map(groupsOf(first).map((group) => [group & 0xff, subtreeRoot(own(group))]));
  const firsts = [...new Set(accounts.map(({ key }) => key[0] as number))];
  const upper = new Map(firsts.map((first) => [first, rowRoot(lower(first))]));
  const around = (key: Buffer): AccountSurroundings => ({
    group: own(groupOf(key)),
    lower: lower(groupOf(key) >> 8),
    upper,
  });
  return { root: rowRoot(upper), around };
}

/** Each lot in turn: a deposit, a hold, a release, a hold, a use. */
function makeEntries(size: number): BookedEntry[] {
  const steps = ['deposit', 'hold', 'release', 'hold', 'use'] as const;
  const entries: BookedEntry[] = [];
  for (let lot = 0; entries.length < size; lot += 1) {
    const lotId = id(2, lot);
    let state = emptyLot(lotId);
    for (const [step, kind] of steps.entries()) {
      const applied = apply(state, commandOf(kind, lotId, step));
      if (!applied.ok) throw new Error(applied.problem.code);
      state = applied.value.state;
      for (const entry of applied.value.entries) {
        entries.push({ ...entry, ...factsOf(lot, entries.length) });
      }
    }
  }
  return entries.slice(0, size);
}

function commandOf(
  kind: 'deposit' | 'hold' | 'release' | 'use',
  lotId: string,
  step: number,
): Command {
  const reference = id(3, step < 3 ? 1 : 2);
  if (kind === 'deposit') return { kind, lotId, amount: millicredits(4500) };
  if (kind !== 'hold') return { kind, lotId, reference };
  const amount = millicredits(1500);
  return { kind, lotId, amount, reference, programme: null, scope: 'single-use' };
}

function factsOf(lot: number, place: number): Omit<BookedEntry, keyof Entry> {
  return {
    learnerId: id(1, lot % 3),
    categoryId: 1 + (lot % 2),
    issuerId: id(4, 1),
    occurredOn: '2026-06',
    expiresOn: place % 5 === 0 ? (lot % 2 === 0 ? '2026-07-31' : '2033-06-30') : null,
    ruleHash: place % 3 === 0 ? Buffer.alloc(32, 3) : null,
    commitment: Buffer.alloc(32, place),
    reason: place % 4 === 0 ? '成绩更正 “A”' : null,
    postingId: id(5, place),
    recordedAt: new Date(1_764_000_000_000 + place),
    actor: id(6, 1),
    institutionId: place % 2 === 0 ? id(4, 1) : null,
  };
}

type Entry = Pick<
  BookedEntry,
  | 'lotId'
  | 'lotSeq'
  | 'kind'
  | 'debit'
  | 'credit'
  | 'amount'
  | 'availableAfter'
  | 'heldAfter'
  | 'settlesSeq'
  | 'reference'
  | 'programme'
>;
