export {
  type AccountLeaf,
  type AccountSurroundings,
  EMPTY_SUBTREE,
  FIRST_CHAIN,
  GROUP_BITS,
  ROW_WIDTH,
  accountKey,
  accountLeaf,
  accountSiblings,
  extendChain,
  groupOf,
  rootOfAccount,
  rowRoot,
  subtreeRoot,
} from './accounts.js';
export {
  BALANCE_PROOF_FORMAT,
  type BalanceProofFile,
  type BalanceProofParts,
  makeBalanceProof,
  sealsKey,
} from './balance-proof.js';
export type { CategoryBalanceFile } from './balance.js';
export { type EntryFile, leafOf, toBookedEntry, toEntryFile } from './entries.js';
export * as checks from './checks.js';
export { MOST_ENTRIES, type PlacedEntries, type ProvenEntry } from './placed.js';
export { RECEIPT_FORMAT, type ReceiptFile, type SignedRoot, makeReceipt } from './receipt.js';
export { type Seal, sealLeaf, sealText } from './seal.js';
export { type Line, type LineVerdict, type Report, type Verdict, reportOf } from './report.js';
export {
  NO_TRUST,
  type Trust,
  type TrustedKey,
  judgeCheckpoint,
  judgeKey,
  sealsName,
} from './trust.js';
export { isProofFile, verifyFile } from './verify.js';
