import fc from 'fast-check';
import { formatCircumstances } from '#libs/indicators';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { Follower, Projection } from '../../src/indicators/index.js';
import { PersonLinksStore } from '../../src/learners/one-person/person-links.store.js';
import { Completions } from '../../src/outcomes/index.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import { bucketOf, newId } from '../../src/platform/ids/index.js';
import { ALONE } from '../support/app.js';
import { withClient } from '../support/database.js';
import { APPEAL, REASON } from '../support/revocations.js';
import { type World, residentId, startWorld } from '../support/world.js';
import type { PartialDate } from '#libs/credit';

const base = { institutionCode: 'school', categoryCode: 'skill' } as const;
const OWN: NewOutcomeDefinition[] = [
  ...(['五级', '三级'] as const).map((level): NewOutcomeDefinition => ({
    ...base,
    code: `P-SK-${level}`,
    kind: 'vocational-certificate',
    form: 'skill-level-certificate',
    institutionCode: 'issuer',
    title: { zh: level, en: level },
    source: 'certificate',
    levelScale: 'skill-level',
    level,
    registration: 'members',
    ...(level === '三级' && { shelfLifeMonths: 12 }),
  })),
  ...(['secondary-graduation', 'onward-transfer', 'gate-3-2'] as const).map(
    (milestone): NewOutcomeDefinition => ({
      ...base,
      code: `P-${milestone}`,
      kind: 'degree-course',
      form: 'course',
      title: { zh: milestone, en: milestone },
      source: 'course',
      milestone,
      ...(milestone === 'gate-3-2' && { gradeScale: 'pass-fail', passGrade: '合格' }),
    }),
  ),
];
const CODES = ['TR-CARE', 'LOG-BASE', ...OWN.map(({ code }) => code)];
const PEOPLE = 6;

/** One thing that happens; numbers choose among what is there. */
type Step =
  | {
      kind: 'post';
      person: number;
      code: number;
      month: number;
      origin: string | null;
      rows: number;
    }
  | { kind: 'revoke' | 'redeposit' | 'merge' | 'split' | 'erase'; pick: number }
  | { kind: 'follow' };

const pick = fc.nat({ max: 1_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      person: fc.nat({ max: PEOPLE - 1 }),
      code: fc.nat({ max: CODES.length - 1 }),
      month: fc.integer({ min: 0, max: 30 }),
      origin: fc.constantFrom(null, 'local', 'CN-51', 'TH'),
      rows: fc.constantFrom(1, 1, 60),
    }),
  },
  ...(['revoke', 'redeposit', 'merge', 'split'] as const).map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind), pick }),
  })),
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), pick }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'follow' as const }) },
);

let world: World;
let serial = 0;

beforeAll(async () => {
  world = await startWorld({ twoPeople: ALONE, edge: { ...edgeSettings({}), limits: null } });
  await world.database.transaction((tx) => world.app.get(Catalogue).create(tx, OWN));
});
afterAll(() => world?.close());

const inTransaction = <T>(work: Parameters<World['database']['transaction']>[0]): Promise<T> =>
  world.database.transaction(work) as Promise<T>;
const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(
    world.config.databaseUrl,
    async (client) => (await client.query(sql, values)).rows as T[],
  );

/** People of one run, and what happened to them. */
class District {
  readonly #offset = (serial += PEOPLE) * 3;
  readonly #lots: { lotId: string; learnerId: string; isRevoked: boolean }[] = [];
  readonly #merges: { id: string; sides: [string, string]; isUndone: boolean }[] = [];
  readonly #erased = new Set<string>();

  async do(one: Step): Promise<void> {
    if (one.kind === 'follow') await world.app.get(Follower).catchUp();
    else if (one.kind === 'post') await this.#post(one);
    else if (one.kind === 'erase') await this.#erase(one.pick);
    else if (one.kind === 'merge') await this.#merge(one.pick);
    else if (one.kind === 'split') await this.#split(one.pick);
    else await this.#turn(one.kind === 'revoke', one.pick);
  }

  async #post({
    person,
    code,
    month,
    origin,
    rows,
  }: Extract<Step, { kind: 'post' }>): Promise<void> {
    const outcome = CODES[code]!;
    const [year, m] = [2024 + Math.floor(month / 12), (month % 12) + 1];
    const results = await world.app.get(Completions).postBatch({
      institutionId: world.school.institution.id,
      importId: null,
      actor: 'test',
      // A single row and a batch that is copied in take different ways into the table.
      drafts: Array.from({ length: rows }, (_, i) => ({
        externalId: `p-${(serial += 1)}-${i}`,
        person: {
          name: '王小明',
          document: { kind: 'resident-id' as const, number: residentId(this.#offset + person) },
        },
        outcome: { code: outcome },
        completedOn: `${year}-${String(m).padStart(2, '0')}` as PartialDate,
        grade: outcome === 'P-gate-3-2' ? '合格' : outcome === 'LOG-BASE' ? '85' : null,
        level: null,
        minutes: null,
        credits: null,
        attendancePercent: null,
        exemptions: [],
        note: null,
        circumstances: formatCircumstances({
          groups: null,
          trainingKind: null,
          subsidised: null,
          employment: null,
          origin,
          mode: null,
          entry: null,
        }),
      })),
    });
    for (const result of results) {
      if (!('outcomeId' in result)) throw new Error(JSON.stringify(result));
      const { outcomeId: lotId, learnerId } = result;
      this.#lots.push({ lotId, learnerId, isRevoked: false });
    }
  }

  async #turn(isRevoking: boolean, place: number): Promise<void> {
    const may = this.#lots.filter(
      ({ isRevoked, learnerId }) => isRevoked !== isRevoking && !this.#erased.has(learnerId),
    );
    const lot = may[place % may.length];
    if (!lot) return;
    const path = `/v1/outcomes/${lot.lotId}`;
    const done = isRevoking
      ? await world.school.post(`${path}/revocation`, { reason: REASON })
      : await world.authority.post(`${path}/redeposit`, { reason: REASON, appeal: APPEAL });
    expect([isRevoking, done.status, done.body.code]).toEqual([isRevoking, 200, undefined]);
    lot.isRevoked = isRevoking;
  }

  async #merge(place: number): Promise<void> {
    const all = [...new Set(this.#lots.map(({ learnerId }) => learnerId))].filter(
      (id) => !this.#erased.has(id),
    );
    const [survivor, absorbed] = [all[place % all.length], all[(place + 1) % all.length]];
    if (!survivor || !absorbed || survivor === absorbed) return;
    const sides = [survivor, absorbed] as [string, string];
    const isOne = this.#merges.some(
      (merge) => !merge.isUndone && merge.sides.some((side) => sides.includes(side)),
    );
    // One merge at a time: what a person comes to is for the feature itself to say.
    if (!isOne) this.#merges.push({ id: await link(sides, null), sides, isUndone: false });
  }

  async #split(place: number): Promise<void> {
    const open = this.#merges.filter(({ isUndone }) => !isUndone);
    const merge = open[place % open.length];
    if (!merge) return;
    await link(merge.sides, merge.id);
    merge.isUndone = true;
  }

  async #erase(place: number): Promise<void> {
    const all = this.#lots.map(({ learnerId }) => learnerId).filter((id) => !this.#erased.has(id));
    const id = all[place % all.length];
    if (!id) return;
    this.#erased.add(id);
    await query('SELECT shred_learner($1, $2)', [bucketOf(id), id]);
  }
}

/** Writes that two accounts are one person's, or no longer. */
async function link(sides: readonly [string, string], undoesId: string | null): Promise<string> {
  const id = newId();
  const store = new PersonLinksStore();
  await world.database.transaction(async (tx) => {
    await store.insert(tx, {
      id,
      action: undoesId === null ? 'merge' : 'split',
      survivorId: sides[0],
      absorbedId: sides[1],
      undoesId,
      institutionId: world.school.institution.id,
      proposedBy: 'one',
      confirmedBy: 'other',
      recordedAt: new Date(),
    });
    if (undoesId === null) await store.setSelves(tx, sides);
    else for (const side of sides) await store.setSelves(tx, [side]);
  });
  return id;
}

const tally = () =>
  query(
    `SELECT measure, day::text, institution_id, category, count, minutes FROM indicator_tally
      WHERE count <> 0 OR minutes <> 0 ORDER BY 1, 2, 3, 4`,
  );

it('says the same whether it followed or was made anew, whatever happened in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const district = new District();
      for (const one of steps) await district.do(one);
      await world.app.get(Follower).catchUp();
      const followed = await tally();
      const projection = new Projection();
      expect(await projection.check(inTransaction)).toMatchObject({ sound: true, faults: [] });
      await projection.rebuild(inTransaction);
      expect(await tally()).toEqual(followed);
    }),
    { numRuns: 8 },
  );
  expect((await tally()).length).toBeGreaterThan(20);
}, 180_000);

it('keeps what was known: a figure of a moment stays as it was', async () => {
  const district = new District();
  const all = async (at?: string): Promise<object[]> => {
    await world.app.get(Follower).catchUp();
    const as = at === undefined ? '' : `&knownAt=${at}`;
    const { body } = await world.authority.get(`/v1/indicators?period=2025${as}`).expect(200);
    return body.items as object[];
  };
  const post = { kind: 'post', person: 0, code: 0, month: 14, origin: 'TH', rows: 1 } as const;
  await district.do(post);
  await district.do({ ...post, person: 1, code: 3, origin: null });
  const before = await all();
  const moment = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const kind of ['revoke', 'merge'] as const) await district.do({ kind, pick: 0 });
  for (const person of [2, 3]) await district.do({ ...post, person });
  expect(await all()).not.toEqual(before);
  expect(await all(moment)).toEqual(before);
});

it('writes only what changed', async () => {
  const district = new District();
  const rows = async (): Promise<string[]> => {
    await world.app.get(Follower).catchUp();
    // A row that was written again lies in another place.
    const sql = "SELECT concat_ws(' ', ctid, lot_id, measure) AS place FROM indicator_contribution";
    return (await query<{ place: string }>(sql)).map(({ place }) => place);
  };
  const post = { kind: 'post', person: 0, code: 0, month: 14, origin: null, rows: 60 } as const;
  await district.do(post);
  const before = await rows();
  await district.do({ ...post, month: 26, rows: 1 });
  const after = new Set(await rows());
  expect(before.filter((row) => !after.has(row))).toEqual([]);
  // A training, and a person in one more year and one more school year.
  expect(after.size).toBe(before.length + 3);
});

it('finds what was not followed, and mends it', async () => {
  const district = new District();
  await query('ALTER TABLE learning_outcome DISABLE TRIGGER tell_indicators');
  await district.do({ kind: 'post', person: 0, code: 0, month: 3, origin: 'local', rows: 1 });
  await query('ALTER TABLE learning_outcome ENABLE TRIGGER tell_indicators');
  await query(
    'UPDATE indicator_tally SET count = count + 1 WHERE ctid = (SELECT min(ctid) FROM indicator_tally)',
  );
  const projection = new Projection();
  const report = await projection.check(inTransaction);
  expect(report).toMatchObject({ sound: false, wrongAccounts: 1 });
  expect(report.faults).toHaveLength(2);
  await projection.rebuild(inTransaction);
  expect(await projection.check(inTransaction)).toMatchObject({ sound: true });
});
