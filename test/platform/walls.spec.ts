import { OPEN, TENANT_ROLE, WALLS } from '../../src/platform/database/index.js';
import { LearnersStore } from '../../src/learners/learners.store.js';
import { withClient } from '../support/database.js';
import { type Caller, type World, completion, startWorld } from '../support/world.js';

/** Tables that no tenant reads, whatever it asks for. */
const CLOSED = 'migration';

describe('the walls between tenants', () => {
  let world: World;
  let learnerId: string;

  /** Takes the application's own check out: everybody has everybody on the roster. */
  function letEverybodyIn(): void {
    jest
      .spyOn(world.app.get(LearnersStore), 'onRoster')
      .mockImplementation((_, keys) =>
        Promise.resolve(
          new Map(
            keys.map(({ learnerId: id }) => [id, { standing: 'active' as const, selves: [id] }]),
          ),
        ),
      );
  }

  /** For `npm run test:teeth`, which expects all that follows to fail. */
  function tearDown(): Promise<void> {
    return withClient(world.config.databaseUrl, async (owner) => {
      for (const table of Object.keys(WALLS)) {
        await owner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
      }
    });
  }

  beforeAll(async () => {
    world = await startWorld();
    const posted = await world.school.post('/v1/completions', completion(1)).expect(201);
    learnerId = posted.body.outcome.learnerId;
    const file = await world.school
      .post('/v1/imports')
      .attach('file', Buffer.from('id,course\n1,2\n'), 'own.csv');
    expect(file.status).toBe(202);
    if (process.env['WITHOUT_GUARD'] === 'walls') await tearDown();
  });

  afterAll(() => world.close());

  /** How many rows of a table a tenant sees, asking for all of them. */
  async function seen(table: string, tenant: Partial<{ school: string; learner: string }>) {
    return withClient(world.config.databaseUrl, async (client) => {
      await client.query(`SET ROLE ${TENANT_ROLE}`);
      await client.query(
        `SELECT set_config('creditbank.institution', $1, false),
                set_config('creditbank.learner', $2, false)`,
        [tenant.school ?? '', tenant.learner ?? ''],
      );
      const { rows } = await client.query(`SELECT count(*)::int AS n FROM ${table}`);
      return (rows[0] as { n: number }).n;
    });
  }

  it.each(['learner', 'learner_person', 'learner_identity', 'learning_outcome', 'entry'])(
    'give rows of %s to the learner and the school, and to nobody else',
    async (table) => {
      const other = world.otherSchool.institution.id;
      expect(await seen(table, { learner: learnerId })).toBe(1);
      expect(await seen(table, { school: world.school.institution.id })).toBe(1);
      expect(await seen(table, { school: other })).toBe(0);
      expect(await seen(table, { learner: other })).toBe(0);
      expect(await seen(table, {})).toBe(0);
    },
  );

  it.each(['import_file', 'import_chunk', 'api_key'])(
    'give rows of %s to the institution alone',
    async (table) => {
      expect(await seen(table, { school: world.school.institution.id })).toBeGreaterThan(0);
      expect(await seen(table, { school: learnerId, learner: learnerId })).toBe(0);
      expect(await seen(table, {})).toBe(0);
    },
  );

  it('let a tenant change nothing', async () => {
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query(`SET ROLE ${TENANT_ROLE}`);
      for (const table of [...Object.keys(WALLS), ...Object.keys(OPEN)]) {
        await expect(client.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
      }
    });
  });

  it('stand before every table that is not open, and before every partition', async () => {
    await withClient(world.config.databaseUrl, async (owner) => {
      const { rows } = await owner.query<{ name: string; walled: boolean; readable: boolean }>(
        `SELECT relname AS name, relrowsecurity AS walled,
                has_table_privilege($1, oid, 'SELECT') AS readable
           FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
        [TENANT_ROLE],
      );
      for (const { name, walled, readable } of rows) {
        expect([name, walled]).toEqual([name, name in WALLS]);
        expect([name, readable]).toEqual([name, name in WALLS || name in OPEN]);
      }
      expect(rows.find(({ name }) => name === CLOSED)?.readable).toBe(false);
      expect(rows.find(({ name }) => name === 'entry_p0')?.readable).toBe(false);
    });
  });

  describe('with the checks of the application taken out', () => {
    beforeAll(letEverybodyIn);
    afterAll(() => jest.restoreAllMocks());

    const stranger = (path: string) => world.otherSchool.get(path);
    const own = (path: string) => world.school.get(path);

    it('a stranger gets no profile', async () => {
      await own(`/v1/learners/${learnerId}`).expect(200);
      await stranger(`/v1/learners/${learnerId}`).expect(404);
    });

    it.each(['outcomes', 'statement'])('a stranger gets an empty list of %s', async (list) => {
      const path = `/v1/learners/${learnerId}/${list}`;
      expect((await own(path).expect(200)).body.items).toHaveLength(1);
      expect((await stranger(path).expect(200)).body.items).toEqual([]);
    });

    it('a stranger gets a balance of nothing', async () => {
      const path = `/v1/learners/${learnerId}/balance`;
      const { body } = await own(path).expect(200);
      const foreign = await stranger(path).expect(200);
      expect(body.total.available).toBe('4');
      expect(foreign.body.total.available).toBe('0');
      expect(foreign.body.categories).toEqual([]);
    });
  });

  it('stand for the tenant of each request when requests come mixed', async () => {
    letEverybodyIn();
    const ask = (caller: Caller) => caller.get(`/v1/learners/${learnerId}/outcomes`).expect(200);
    const turns = Array.from({ length: 60 }, (_, turn) => turn % 2 === 0);
    const answers = await Promise.all(
      turns.map((isOwn) => ask(isOwn ? world.school : world.otherSchool)),
    );
    expect(answers.map(({ body }) => body.items.length)).toEqual(
      turns.map((isOwn) => (isOwn ? 1 : 0)),
    );
    jest.restoreAllMocks();
  });
});
