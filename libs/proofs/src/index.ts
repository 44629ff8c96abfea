export { type EntryFile, leafOf, toBookedEntry, toEntryFile } from './entries.js';
export { MOST_ENTRIES, type PlacedEntries, type ProvenEntry } from './placed.js';
export { RECEIPT_FORMAT, type ReceiptFile, type SignedRoot, makeReceipt } from './receipt.js';
export type { Line, Report, Verdict } from './report.js';
export { NO_TRUST, type Trust, type TrustedKey, sealsName } from './trust.js';
export { verifyFile } from './verify.js';
