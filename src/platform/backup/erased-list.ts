import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ClientBase } from 'pg';
import { bucketOf, isUuid } from '../ids/index.js';
import { BackupError } from './manifest.js';

/** Kept beside the data and outside the database: a backup of last week does not know it. */
export function erasedListOf(dataDir: string): string {
  return join(dataDir, 'erased.ndjson');
}

/** Writes an erased person down; the id leads nowhere any more. */
export function noteErased(file: string, learnerId: string): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ learnerId })}\n`, { mode: 0o600, flush: true });
}

/** The ids of a list; none when there is no such file. Throws for a line that is no id. */
export function readErasedList(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const read = parsed(line);
    if (read) return read;
    throw new BackupError(
      `${file}, line ${i + 1}, names no erased person; mend or remove the line.`,
    );
  });
}

/**
 * Erases in a restored database whoever was erased since the archive was written.
 *
 * @returns how many people that were
 */
export async function eraseAgain(
  client: ClientBase,
  learnerIds: readonly string[],
): Promise<number> {
  let erased = 0;
  for (const learnerId of new Set(learnerIds)) {
    const key = [bucketOf(learnerId), learnerId];
    const { rowCount } = await client.query(
      'SELECT 1 FROM learner_person WHERE bucket = $1 AND learner_id = $2',
      key,
    );
    if (!rowCount) continue;
    await client.query('SELECT shred_learner($1::smallint, $2::uuid)', key);
    await client.query(
      `INSERT INTO erasure_event (bucket, learner_id, seq, action, actor, recorded_at)
       SELECT $1, $2, coalesce(max(seq), 0) + 1, 'shredded', 'restore', now() FROM erasure_event
        WHERE bucket = $1 AND learner_id = $2`,
      key,
    );
    erased += 1;
  }
  return erased;
}

function parsed(line: string): string | undefined {
  try {
    const { learnerId } = JSON.parse(line) as { learnerId?: unknown };
    return typeof learnerId === 'string' && isUuid(learnerId) ? learnerId : undefined;
  } catch {
    return undefined;
  }
}
