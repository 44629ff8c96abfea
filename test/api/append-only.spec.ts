import { APPEND_ONLY, APP_ROLE } from '../../src/platform/database/index.js';
import { withClient } from '../support/database.js';
import { type World, completion, startWorld } from '../support/world.js';

describe('rows that stay as they were written', () => {
  let world: World;
  let tables: { name: string; column: string }[];

  beforeAll(async () => {
    world = await startWorld();
    await world.school.post('/v1/completions', completion(1)).expect(201);
    tables = await world.database.read((tx) =>
      tx.query(
        `SELECT c.oid::regclass::text AS name, a.attname AS column
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
          WHERE c.oid = ANY($1::regclass[])
             OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = ANY($1::regclass[]))`,
        [[...APPEND_ONLY]],
      ),
    );
  });

  afterAll(() => world.close());

  it('are those of the books with every partition, and of what is decided, found and shown', () => {
    const names = tables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...APPEND_ONLY, 'entry_p0', 'entry_p3']));
    expect(names.filter((name) => name.startsWith('posting_')).length).toBeGreaterThan(2);
  });

  it('are refused to the application by its rights', async () => {
    const [me] = await world.database.read((tx) =>
      tx.query<{ current_user: string }[]>('SELECT current_user'),
    );
    expect(me?.current_user).toBe(APP_ROLE);
    for (const statement of tables.flatMap(changes)) {
      await expect(world.database.read((tx) => tx.query(statement))).rejects.toThrow(
        /permission denied|must be owner/,
      );
    }
  });

  it('are refused to the owner by a trigger, in each partition too', async () => {
    await withClient(world.config.databaseUrl, async (owner) => {
      for (const statement of tables.flatMap(changes)) {
        await expect(owner.query(statement)).rejects.toThrow(/append-only/);
      }
    });
  });

  it('get no movement that does not follow from the one before it', async () => {
    const [deposit] = await world.database.read((tx) =>
      tx.query<{ columns: string }[]>(
        `SELECT string_agg(attname, ', ' ORDER BY attnum) AS columns FROM pg_attribute
          WHERE attrelid = 'entry'::regclass AND attnum > 0
            AND attname NOT IN ('lot_seq', 'kind', 'debit', 'credit', 'available_after', 'held_after')`,
      ),
    );
    const insert = (seq: number, available: number, held: number): Promise<unknown> =>
      world.database.read((tx) =>
        tx.query(
          `INSERT INTO entry (${deposit?.columns}, lot_seq, kind, debit, credit, available_after, held_after)
           SELECT ${deposit?.columns}, $1, 1, 1, 2, $2, $3 FROM entry LIMIT 1`,
          [seq, available, held],
        ),
      );
    await expect(insert(2, 0, 4000)).rejects.toThrow(/does not follow/);
    await expect(insert(1, 4000, 4000)).rejects.toThrow(/does not follow/);
    await expect(insert(1, 0, 0)).rejects.toThrow(/does not follow/);
    await expect(insert(1, 0, 4000)).resolves.toBeDefined();
    await expect(insert(1, 0, 4000)).rejects.toThrow(/entry_p\d_pkey/);
  });
});

function changes({ name, column }: { name: string; column: string }): string[] {
  return [
    `UPDATE ${name} SET ${column} = ${column}`,
    `DELETE FROM ${name}`,
    `TRUNCATE ${name} CASCADE`,
  ];
}
