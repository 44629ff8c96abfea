import { formatCredits } from '#libs/credit';
import {
  type Checkpoint,
  type VerifierKey,
  decodeBase64,
  formatVerifierKey,
  verifierKey,
  verifyInclusion,
} from '#libs/merkle';
import { FIRST_CHAIN, accountKey, accountLeaf, extendChain, rootOfAccount } from './accounts.js';
import {
  BALANCES,
  type CategoryBalanceFile,
  balancesOf,
  overdueOf,
  replayLots,
  sumOf,
} from './balance.js';
import * as check from './checks.js';
import { leafOf, toBookedEntry } from './entries.js';
import {
  PLACED_FIELDS,
  type PlacedEntries,
  type ProvenEntry,
  judgeEntries,
  judgeHashes,
  placeEntries,
} from './placed.js';
import { SIGNED_FIELDS, type SignedRoot, keysOf } from './receipt.js';
import { type Line, fails, holds } from './report.js';
import { SEAL_FIELDS, type Seal, sealLeaf } from './seal.js';
import { type Trust, judgeAbsent, judgeCheckpoint, judgeKey, sealsName } from './trust.js';

export const BALANCE_PROOF_FORMAT = 'creditbank-balance-proof/v1';

/** All entries of a learner up to a seal, and the proof that these are all. */
export interface BalanceProofFile extends PlacedEntries {
  readonly format: typeof BALANCE_PROOF_FORMAT;
  readonly key: string;
  readonly witnesses: readonly string[];
  readonly learnerId: string;
  readonly checkpoint: string;
  readonly seal: Seal;
  /** Neighbours of the learner's account from the root of the seal down, base64. */
  readonly account: readonly string[];
  /** The way of the seal to the root of the log of seals, base64. */
  readonly sealPath: readonly string[];
  /** The root of the log of seals, signed: this seal is its newest. */
  readonly sealCheckpoint: string;
  /** What the entries make, as it is booked; one line a category. */
  readonly balances: readonly CategoryBalanceFile[];
}

/** What a balance proof is made of. */
export interface BalanceProofParts {
  readonly learnerId: string;
  /** The log of entries at the size of the seal. */
  readonly root: SignedRoot;
  readonly proven: readonly ProvenEntry[];
  readonly seal: Seal;
  readonly account: readonly Buffer[];
  readonly sealPath: readonly Buffer[];
  /** The log of seals, of which this seal is the newest. */
  readonly sealRoot: Pick<SignedRoot, 'witnesses' | 'checkpoint'>;
}

const MOST_STEPS = 256;
const STEPS = check.list(check.hash, MOST_STEPS);

const SHAPE = check.record({
  format: check.oneOf([BALANCE_PROOF_FORMAT]),
  ...SIGNED_FIELDS,
  learnerId: check.uuid,
  ...PLACED_FIELDS,
  seal: check.record(SEAL_FIELDS),
  account: STEPS,
  sealPath: STEPS,
  sealCheckpoint: check.signedNote,
  balances: BALANCES,
});

export function makeBalanceProof(parts: BalanceProofParts): BalanceProofFile {
  const { root, proven, seal, sealRoot, learnerId } = parts;
  const witnesses = [...root.witnesses, ...sealRoot.witnesses].map(formatVerifierKey);
  const replayed = replayLots(proven.map(({ entry }) => entry));
  return {
    format: BALANCE_PROOF_FORMAT,
    key: formatVerifierKey(root.key),
    witnesses: [...new Set(witnesses)],
    learnerId,
    // Books that are not sound prove no balance; the entries stand there all the same.
    balances: replayed.ok ? balancesOf(replayed.lots) : [],
    ...placeEntries(proven),
    checkpoint: root.checkpoint,
    seal,
    account: parts.account.map(toBase64),
    sealPath: parts.sealPath.map(toBase64),
    sealCheckpoint: sealRoot.checkpoint,
  };
}

/** Checks a balance proof that says it is one. */
export function judgeBalanceProof(value: unknown, trust: Trust, today: string): Line[] {
  const fault = SHAPE(value, '');
  if (fault !== undefined) return [fails('form', fault)];
  const proof = value as BalanceProofFile;
  const { key, witnesses } = keysOf(proof);
  const signed = { witnesses, trust };
  const log = judgeCheckpoint('checkpoint', proof.checkpoint, { key, ...signed });
  const seals = judgeCheckpoint('checkpoint of seals', proof.sealCheckpoint, {
    key: sealsKey(key),
    ...signed,
  });
  const lines = [
    judgeKey(proof.key, trust),
    ...log.lines,
    ...seals.lines,
    ...judgeAbsent([proof.checkpoint, proof.sealCheckpoint], witnesses, trust),
    judgeHashes(proof),
  ];
  if (log.checkpoint) lines.push(...judgeEntries(proof, log.checkpoint));
  if (log.checkpoint && seals.checkpoint) {
    lines.push(judgeSeal(proof, log.checkpoint, seals.checkpoint));
  }
  lines.push(judgeComplete(proof), judgeBalance(proof, today));
  return lines;
}

/** The key of the log of seals: the log's own under another name. */
export function sealsKey({ name, publicKey }: VerifierKey): VerifierKey {
  return verifierKey(sealsName(name), publicKey, 'note');
}

/** The seal is of the log in the file, and the newest that the log of seals had. */
function judgeSeal(proof: BalanceProofFile, log: Checkpoint, seals: Checkpoint): Line {
  const { seal, sealPath } = proof;
  const { number, logSize } = seal;
  const root = decodeBase64(seal.logRoot);
  if (seal.log !== log.origin || logSize !== log.size || !root?.equals(log.root)) {
    return fails('seal', 'it is of another log, or of another size of it, than the checkpoint');
  }
  if (seals.size !== number + 1) {
    return fails('seal', `it is number ${number} of ${seals.size} seals, and not the newest`);
  }
  const isIn = verifyInclusion({
    leaf: sealLeaf(seal),
    index: number,
    size: seals.size,
    root: seals.root,
    proof: hashesOf(sealPath),
  });
  if (!isIn) return fails('seal', 'the log of seals does not hold it: it was changed');
  return holds(
    'seal',
    `number ${number}, the newest; of ${logSize} entries, sealed at ${seal.sealedAt} by the bank's ` +
      'word. What was booked later is not in this file',
  );
}

/** The entries are those that the account in the seal stands for: all of them, and in their order. */
function judgeComplete({ learnerId, entries, account, seal }: BalanceProofFile): Line {
  const check = 'complete';
  const foreign = entries.find((entry) => entry.learnerId !== learnerId);
  if (foreign)
    return fails(check, `entry ${foreign.lotId}.${foreign.lotSeq} is of another learner`);
  const chain = entries.reduce(
    (hash, entry) => extendChain(hash, entry.index, leafOf(toBookedEntry(entry))),
    FIRST_CHAIN,
  );
  const key = accountKey(learnerId);
  const leaf = accountLeaf(key, entries.length, chain);
  const root = rootOfAccount({ key, leaf }, hashesOf(account));
  if (root && decodeBase64(seal.root)?.equals(root)) {
    const many = `the account has ${entries.length} entries up to the seal`;
    return holds(check, `${many}, and they are these: none was left out`);
  }
  return fails(
    check,
    'these are not the entries that the seal holds for the account: one was left out, added or changed',
  );
}

/** The entries follow from each other, and make the balance that the file states. */
function judgeBalance({ entries, balances }: BalanceProofFile, today: string): Line {
  const replayed = replayLots(entries.map(toBookedEntry));
  if (!replayed.ok) return fails('balance', replayed.fault);
  const { lots } = replayed;
  if (JSON.stringify(balances.map(ordered)) !== JSON.stringify(balancesOf(lots).map(ordered))) {
    return fails('balance', 'the entries make another balance than the file states');
  }
  const { available, held, used, expired, revoked } = sumOf(lots);
  const overdue = overdueOf(lots, today);
  const past =
    overdue > 0n ? ` (${formatCredits(overdue)} of it past its last day by ${today})` : '';
  return holds(
    'balance',
    `available ${available}${past}, held ${held}, used ${used}, expired ${expired}, revoked ${revoked}`,
  );
}

/** Fields in one order, whatever the order in the file. */
function ordered(balance: CategoryBalanceFile): [string, unknown][] {
  return Object.entries(balance).sort(([a], [b]) => (a < b ? -1 : 1));
}

function hashesOf(texts: readonly string[]): Buffer[] {
  return texts.map((text) => decodeBase64(text) ?? Buffer.alloc(0));
}

function toBase64(hash: Buffer): string {
  return hash.toString('base64');
}
