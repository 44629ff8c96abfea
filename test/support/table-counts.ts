import type { Database } from '../../src/platform/database/index.js';

/**
 * How many rows every table has: what a refused request must leave as it was. The public log and its
 * feed, the sums of the indicators and the daily audit are left out: they follow in their own time.
 * So are counts of attempts.
 */
export async function tableCounts(database: Database): Promise<Record<string, number>> {
  return database.read(async (tx) => {
    const tables = await tx.query<{ name: string }[]>(
      `SELECT c.relname AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT c.relispartition AND c.relname !~ '^(log_|feed$|indicator_(feed|contribution|tally)$|audit_|rate_limit$|attempt_count$)'
        ORDER BY 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const rows = await tx.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${name}"`);
      counts[name] = rows[0]?.n ?? 0;
    }
    return counts;
  });
}
