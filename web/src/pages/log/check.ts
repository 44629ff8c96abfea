import { logApi } from '../../api/log';
import { parseCheckpoint } from '../../parts/checkpoint';
import { type Kept, keep, readKept } from './memory';
import { isSigned, onlyGrew } from './proof';

/** What became of the log since this browser saw it last. */
export type Growth = 'first' | 'same' | 'good' | 'bad' | 'smaller' | 'other';

export interface LogCheck {
  readonly signed: string;
  readonly key: string;
  readonly witnesses: readonly string[];
  /** Null where the browser cannot check it. */
  readonly isSigned: boolean | null;
  readonly growth: Growth;
  /** What was seen before; null the first time. */
  readonly before: Kept | null;
}

/** What was seen before the page was opened: a checkpoint of this very visit proves little. */
let beforeVisit: Kept | null | undefined;

/**
 * Reads the newest checkpoint and checks it here, in the browser: its signature, and that the log only
 * adds to what this browser saw before. What does not add up is not kept in place of what was.
 */
export async function checkLog(): Promise<LogCheck> {
  const [signed, { key, witnesses }] = await Promise.all([logApi.checkpoint(), logApi.key()]);
  beforeVisit ??= readKept();
  const before = beforeVisit;
  const growth = await growthSince(before, { signed, key });
  const hasSignature = await isSigned(signed, key);
  if (growth !== 'bad' && growth !== 'smaller' && hasSignature !== false) {
    keep({ signed, key, at: new Date().toISOString() });
  }
  return { signed, key, witnesses, isSigned: hasSignature, growth, before };
}

/** Begins to remember anew with the next look. */
export function forgetVisit(): void {
  beforeVisit = null;
}

async function growthSince(
  before: Kept | null,
  now: Pick<Kept, 'signed' | 'key'>,
): Promise<Growth> {
  if (before === null) return 'first';
  const [older, newer] = [parseCheckpoint(before.signed), parseCheckpoint(now.signed)];
  if (!older || !newer) return 'bad';
  if (before.key !== now.key || older.origin !== newer.origin) return 'other';
  if (older.size > newer.size) return 'smaller';
  if (older.size === newer.size) return older.root === newer.root ? 'same' : 'bad';
  const { hashes } = await logApi.consistency(older.size, newer.size);
  return (await onlyGrew(older, newer, hashes)) ? 'good' : 'bad';
}
