import type { Client } from 'pg';

/**
 * Empties append-only tables between two samples. Only the owner of the tables can: the guards are
 * switched off for the moment, which the transparency log would find out.
 */
export async function emptyTables(owner: Client, tables: readonly string[]): Promise<void> {
  const { rows } = await owner.query<{ relation: string }>(
    `SELECT DISTINCT tree.relid::regclass::text AS relation
       FROM unnest($1::text[]) AS t(name), pg_partition_tree(t.name::regclass) AS tree
      UNION SELECT name FROM unnest($1::text[]) AS t(name)`,
    [tables],
  );
  const relations = rows.map(({ relation }) => relation);
  const triggers = (verb: string): string =>
    relations.map((relation) => `ALTER TABLE ${relation} ${verb} TRIGGER USER;`).join('\n');
  await owner.query(
    `BEGIN; ${triggers('DISABLE')} TRUNCATE ${tables.join(', ')}; ${triggers('ENABLE')} COMMIT;`,
  );
}
