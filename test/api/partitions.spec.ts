import { readFileSync } from 'node:fs';
import { withClient } from '../support/database.js';
import { type World, completion, startWorld } from '../support/world.js';

/** The SQL of docs/operations.md that splits a partition. */
function splitting(): string {
  const guide = readFileSync('docs/operations.md', 'utf8');
  const block = /```sql\n(BEGIN;\nALTER TABLE entry DETACH[\s\S]*?)```/.exec(guide)?.[1];
  if (block === undefined) throw new Error('docs/operations.md does not say how to split');
  return block;
}

describe('a partition of the entries', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
    for (let serial = 1; serial <= 24; serial += 1) {
      await world.school.post('/v1/completions', completion(serial)).expect(201);
    }
  });

  afterAll(() => world.close());

  it('is split in two as the guide says: every entry stays, each half refuses changes', async () => {
    const entries = 'SELECT lot_id, lot_seq, amount FROM entry ORDER BY lot_id, lot_seq';
    await withClient(world.config.databaseUrl, async (owner) => {
      const before = (await owner.query<object>(entries)).rows;
      await owner.query(splitting());
      expect((await owner.query<object>(entries)).rows).toEqual(before);
      expect(before.length).toBeGreaterThan(0);
      const { rows } = await owner.query<{ name: string }>(
        `SELECT inhrelid::regclass::text AS name FROM pg_inherits
          WHERE inhparent = 'entry'::regclass ORDER BY 1`,
      );
      expect(rows.map(({ name }) => name)).toEqual([
        'entry_p0',
        'entry_p1a',
        'entry_p1b',
        'entry_p2',
        'entry_p3',
      ]);
      for (const half of ['entry_p1a', 'entry_p1b']) {
        await expect(owner.query(`DELETE FROM ${half}`)).rejects.toThrow(/append-only/);
      }
    });
    await world.school.post('/v1/completions', completion(25)).expect(201);
  });
});
