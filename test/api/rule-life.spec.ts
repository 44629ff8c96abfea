import { nextDay, previousDay } from '#libs/credit';
import { Clock } from '../../src/platform/clock/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import {
  BASE_EXAMPLES,
  type RuleWorker,
  publishByDraft,
  ruleDesk,
  ruleText,
  ruleWorker,
} from '../support/rules.js';

let world: ConversionWorld;
let author: RuleWorker;
let approver: RuleWorker;
let stranger: RuleWorker;
let overseer: RuleWorker;
let today: string;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld();
  ({ author, approver, stranger, overseer } = await ruleDesk(world));
  today = world.app.get(Clock).today();
});
afterAll(() => world?.close());
beforeEach(() => {
  serial += 1;
});
afterEach(() => jest.restoreAllMocks());

const programme = (): string => `LIFE-${serial}`;
const DRAFTS = '/v1/rules/drafts';

interface DraftBody {
  id: string;
  hash: string;
  state: string;
  rule: string;
  history: { action: string; stateAfter: string; by: string; note: string | null }[];
}

async function draft(text = ruleText(programme())): Promise<DraftBody> {
  return (await author.post(DRAFTS, { document: text }).expect(201)).body as DraftBody;
}

const governing = async (on: string): Promise<number> =>
  (await world.database.read((tx) => world.app.get(Rulebook).compiledFor(tx, programme(), on)))
    .version.version;

describe('a rule on its way', () => {
  it('is drafted, checked, submitted, approved by another person, published and retired', async () => {
    const { id, rule, hash } = await draft();
    const path = `${DRAFTS}/${id}`;
    const lint = await author.get(`${path}/lint`).expect(200);
    expect(lint.body).toMatchObject({ hash, isPublishable: true });
    await author.post(`${path}/submission`).expect(200);
    await approver.post(`${path}/approval`, { hash, note: '已核对' }).expect(200);
    const from = nextDay(today);
    const published = await approver.post(`${path}/publication`, { from }).expect(200);
    expect(published.body).toMatchObject({
      draft: { state: 'published' },
      version: { id: rule, version: 1, hash, inForceFrom: from, inForceTo: null },
    });
    const ending = { endsOn: from, reason: '停止招生 / closed' };
    const key = encodeURIComponent(rule);
    const end = `/v1/rules/${key}/versions/1/retirement`;
    await author.post(end, ending).expect(202);
    await approver.post(`${end}/approval`, { endsOn: from }).expect(200);
    const { body } = await author.get(path).expect(200);
    expect(body.history.map((step: { action: string }) => step.action)).toEqual([
      'create',
      'submit',
      'approve',
      'publish',
      'propose-retirement',
      'retire',
    ]);
    expect(body.history.slice(1)).toMatchObject([
      { stateBefore: 'draft', stateAfter: 'submitted', hashBefore: hash, hashAfter: hash },
      { stateAfter: 'approved', note: '已核对' },
      { stateAfter: 'published', effectiveOn: from },
      { stateAfter: 'published', effectiveOn: from, note: ending.reason },
      { stateBefore: 'published', stateAfter: 'retired', effectiveOn: from, note: ending.reason },
    ]);
    const versions = await world.http.get(`/v1/rules/${key}/versions`).expect(200);
    expect(versions.body.items).toMatchObject([{ inForceFrom: from, inForceTo: from }]);
    expect(await governing(from)).toBe(1);
    await expect(governing(nextDay(from))).rejects.toMatchObject({
      problem: { code: 'rulebook-not-in-force' },
    });
  });

  it('keeps every text that it had', async () => {
    const { id, hash } = await draft();
    const text = ruleText(programme(), { total: '90' });
    const { body } = await author.put(`${DRAFTS}/${id}`, { document: text }).expect(200);
    expect(body.source).toBe(text);
    expect(body.document.target.total).toBe('90');
    expect(body.history[1]).toMatchObject({ action: 'replace', hashBefore: hash });
    const kept = await world.database.read((tx) =>
      tx.query<{ source: string }[]>(
        'SELECT source FROM rule_event WHERE draft_id = $1 ORDER BY seq',
        [id],
      ),
    );
    expect(kept.map(({ source }) => source)).toEqual([ruleText(programme()), text]);
  });

  it('can be rejected with a reason, and is rewritten then', async () => {
    const { id } = await draft();
    const path = `${DRAFTS}/${id}`;
    await author.post(`${path}/submission`).expect(200);
    const refused = await author.put(path, { document: ruleText(programme()) });
    expect([refused.status, refused.body.code]).toEqual([409, 'rule-draft-state']);
    const rejected = await approver.post(`${path}/rejection`, { reason: '缺少依据' }).expect(200);
    expect(rejected.body.state).toBe('rejected');
    expect(rejected.body.history.at(-1)).toMatchObject({ action: 'reject', note: '缺少依据' });
    await author.post(`${path}/submission`).expect(409);
    await author.put(path, { document: ruleText(programme(), { total: '90' }) }).expect(200);
    await author.post(`${path}/submission`).expect(200);
  });

  it('is published once by two who press at the same time', async () => {
    const { id } = await draft();
    const path = `${DRAFTS}/${id}`;
    await author.post(`${path}/submission`).expect(200);
    const approvals = [1, 2].map(() => approver.post(`${path}/approval`, {}));
    const approved = await Promise.all(approvals);
    expect(approved.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const answers = await Promise.all([
      approver.post(`${path}/publication`, {}),
      overseer.post(`${path}/publication`, {}),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('is listed with its state', async () => {
    const { id } = await draft();
    const list = async (by: RuleWorker, query = ''): Promise<string[]> =>
      (await by.get(`${DRAFTS}?limit=100${query}`).expect(200)).body.items.map(
        (one: { id: string }) => one.id,
      );
    expect((await list(author))[0]).toBe(id);
    expect(await list(overseer)).toContain(id);
    expect(await list(author, '&state=draft')).toContain(id);
    expect(await list(author, '&state=submitted')).not.toContain(id);
    expect(await list(stranger)).toEqual([]);
    const page = await author.get(`${DRAFTS}?limit=1`).expect(200);
    expect(page.body.next).not.toBeNull();
    expect((await list(author, `&after=${page.body.next}`)).includes(id)).toBe(false);
  });
});

describe('a second person', () => {
  it('is never who wrote, rewrote or submitted the text', async () => {
    const both = await ruleWorker(world, world.college.institution.id, ['rule-author', 'approver']);
    const another = await ruleWorker(world, world.authority.institution.id, ['authority']);
    const { id } = await draft();
    const path = `${DRAFTS}/${id}`;
    await both.put(path, { document: ruleText(programme(), { total: '90' }) }).expect(200);
    await another.post(`${path}/submission`).expect(200);
    for (const by of [both, another]) {
      const refused = await by.post(`${path}/approval`, {});
      expect([refused.status, refused.body.code]).toEqual([403, 'approver-is-author']);
    }
    await author.post(`${path}/approval`, {}).expect(403);
    await overseer.post(`${path}/approval`, {}).expect(200);
  });

  it('approves the text that was read and no other', async () => {
    const { id, hash } = await draft();
    const path = `${DRAFTS}/${id}`;
    await author.post(`${path}/submission`).expect(200);
    const other = await approver.post(`${path}/approval`, { hash: 'a'.repeat(64) });
    expect([other.status, other.body.code]).toEqual([409, 'rule-draft-differs']);
    await approver.post(`${path}/approval`, { hash }).expect(200);
  });
});

describe('a document', () => {
  it.each([
    ['a ratio with zero', { ratios: { r: { hours: '0', credits: '1' } } }, 'rulebook-invalid'],
    ['no examples', { examples: [] }, 'rulebook-invalid'],
    ['a window that ends first', { inForce: { from: '2027-01-01', to: '2026-01-01' } }, null],
    ['no rules', { rules: [] }, null],
  ])('with %s is refused with line, place and repair', async (_, over, code) => {
    const text = JSON.stringify({ ...JSON.parse(ruleText(programme())), ...over }, null, 2);
    const { status, body } = await author.post(DRAFTS, { document: text });
    expect(status).toBe(422);
    if (code) expect(body.code).toBe(code);
    expect(body.errors[0]).toMatchObject({
      pointer: expect.stringMatching(/^\//),
      detail: expect.stringMatching(/./),
    });
  });

  it('that cannot be read, is too large, too deep or no text is refused by name', async () => {
    const refusalOf = async (document: unknown): Promise<unknown[]> => {
      const { status, body } = await author.post(DRAFTS, { document });
      return [status, body.code];
    };
    expect(await refusalOf('a: [')).toEqual([422, 'rulebook-unreadable']);
    expect(await refusalOf('{a: '.repeat(10_000))).toEqual([422, 'rulebook-too-deep']);
    expect(await refusalOf(`# ${'x'.repeat(10 * 1024 * 1024)}`)).toEqual([
      413,
      'payload-too-large',
    ]);
    expect(await refusalOf('a\u0000b')).toEqual([400, 'invalid-fields']);
    expect(await refusalOf(7)).toEqual([400, 'invalid-fields']);
    expect(await refusalOf('')).toEqual([400, 'invalid-fields']);
  });

  it('whose example comes out differently can be drafted and not submitted', async () => {
    const [first, second] = BASE_EXAMPLES;
    const examples = [{ ...first, expect: { credits: '5' } }, second];
    const { id } = await draft(ruleText(programme(), { examples }));
    const shown = await author.get(`${DRAFTS}/${id}`).expect(200);
    expect(shown.body.examples).toMatchObject([{ holds: false }, { holds: true }]);
    const refused = await author.post(`${DRAFTS}/${id}/submission`);
    expect([refused.status, refused.body.code]).toEqual([422, 'rulebook-examples-fail']);
    expect(refused.body.errors[0].pointer).toBe('/examples/0');
  });

  it('that was approved is not published when its examples no longer hold', async () => {
    const { id } = await draft();
    const path = `${DRAFTS}/${id}`;
    await author.post(`${path}/submission`).expect(200);
    await approver.post(`${path}/approval`, {}).expect(200);
    // What an older release of the software would have let through.
    const examples = [{ ...BASE_EXAMPLES[0], expect: { credits: '5' } }];
    const text = ruleText(programme(), { examples });
    await world.database.read((tx) =>
      tx.query('UPDATE rule_draft SET source = $2 WHERE id = $1', [id, text]),
    );
    const outdated = await approver.post(`${path}/publication`, {});
    expect([outdated.status, outdated.body.code]).toEqual([409, 'rule-draft-outdated']);
    await world.database.read((tx) =>
      tx.query(`UPDATE rule_draft SET hash = decode($2, 'hex') WHERE id = $1`, [
        id,
        /[0-9a-f]{64}/.exec(outdated.body.detail as string)?.[0],
      ]),
    );
    const failing = await approver.post(`${path}/publication`, {});
    expect([failing.status, failing.body.code]).toEqual([422, 'rulebook-examples-fail']);
  });

  it('is no regulation that the API could not show', async () => {
    const text = ruleText(programme()).replace(`college/${programme().toLowerCase()}`, 'drafts');
    const { status, body } = await author.post(DRAFTS, { document: text });
    expect([status, body.code]).toEqual([422, 'rulebook-invalid']);
    expect(body.errors).toMatchObject([
      { pointer: '/id', detail: expect.stringContaining('drafts') },
    ]);
  });

  it('keeps its regulation', async () => {
    const { id, rule } = await draft();
    const other = ruleText(`${programme()}-X`);
    const refused = await author.put(`${DRAFTS}/${id}`, { document: other });
    expect([refused.status, refused.body.code]).toEqual([409, 'rule-draft-id-changed']);
    expect(refused.body.detail).toContain(rule);
  });
});

describe('windows', () => {
  const people = () => ({ author, approver });
  const version = (number: number, over: object = {}): string =>
    ruleText(programme(), { version: number, total: String(100 + number), ...over });

  it('follow each other without a gap and without an overlap', async () => {
    const [tomorrow, later] = [nextDay(today), nextDay(nextDay(today))];
    const { rule } = await publishByDraft(people(), version(1));
    await publishByDraft(people(), version(2), later);
    expect(await Promise.all([today, tomorrow, later].map(governing))).toEqual([1, 1, 2]);
    const { body } = await world.http.get(`/v1/rules/${encodeURIComponent(rule)}/versions`);
    expect(body.items).toMatchObject([
      { version: 2, inForceFrom: later, inForceTo: null },
      { version: 1, inForceFrom: today, inForceTo: tomorrow },
    ]);
  });

  it('of a version corrected on its first day never begin', async () => {
    await publishByDraft(people(), version(1));
    await publishByDraft(people(), version(2));
    await publishByDraft(people(), version(3));
    expect(await governing(today)).toBe(3);
  });

  it.each([
    ['in the past', (day: string) => previousDay(day), {}, 'rule-from-past'],
    [
      'before the document’s own first day',
      (day: string) => day,
      {
        inForce: { from: '2199-01-01' },
        examples: BASE_EXAMPLES.map((one) => ({ ...one, on: '2199-06-01' })),
      },
      'rule-from-outside',
    ],
    [
      'after its last day',
      () => '2999-01-01',
      { inForce: { to: '2199-01-01' } },
      'rule-from-outside',
    ],
  ])('do not begin %s', async (_, from, over, code) => {
    const refused = publishByDraft(people(), version(1, over), from(today));
    await expect(refused).rejects.toThrow(/422/);
    const { body } = await author.get(`${DRAFTS}?limit=1`);
    const again = await approver.post(`${DRAFTS}/${body.items[0].id}/publication`, {
      from: from(today),
    });
    expect([again.status, again.body.code]).toEqual([422, code]);
  });

  it('do not reach into a version that is still to come', async () => {
    await publishByDraft(people(), version(1), '2198-01-01');
    await expect(publishByDraft(people(), version(2), today)).rejects.toThrow(/409/);
    await publishByDraft(people(), version(3, { inForce: { to: '2197-12-31' } }), today);
    expect(await Promise.all([today, '2198-01-01'].map(governing))).toEqual([3, 1]);
  });

  it('only get shorter, and never in the past', async () => {
    const { rule } = await publishByDraft(people(), version(1));
    const path = `/v1/rules/${encodeURIComponent(rule)}/versions/1/retirement`;
    const end = async (endsOn: string): Promise<unknown[]> => {
      const proposed = await author.post(path, { endsOn, reason: 'r' });
      if (proposed.status !== 202) return [proposed.status, proposed.body.code];
      const { status, body } = await approver.post(`${path}/approval`, {});
      return [status, body.code ?? body.inForceTo];
    };
    expect(await end(previousDay(today))).toEqual([422, 'rule-end-past']);
    expect(await end('2199-12-31')).toEqual([200, '2199-12-31']);
    expect(await end('2199-12-31')).toEqual([409, 'rule-ended']);
    expect(await end(today)).toEqual([200, today]);
    expect(await governing(today)).toBe(1);
    await expect(governing(nextDay(today))).rejects.toThrow();
    const lines = world.database.read((tx) => tx.query('DELETE FROM rule_retirement'));
    await expect(lines).rejects.toThrow();
  });
});

describe('other institutions', () => {
  it('see a draft as if there were none', async () => {
    const { id } = await draft();
    const text = ruleText(programme());
    const absent = '0198c5a2-7a10-7123-8f00-0123456789ab';
    for (const named of [id, absent, 'nonsense']) {
      const path = `${DRAFTS}/${named}`;
      const answers = [
        await stranger.get(path),
        await stranger.put(path, { document: text }),
        await stranger.get(`${path}/lint`),
        await stranger.post(`${path}/submission`),
        await stranger.post(`${path}/approval`, {}),
        await stranger.post(`${path}/rejection`, { reason: 'r' }),
        await stranger.post(`${path}/publication`, {}),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        answers.map(() => [404, 'not-found']),
      );
    }
  });

  it('write no rules for a programme that is not theirs, under whatever name', async () => {
    await publishByDraft({ author, approver }, ruleText(programme()));
    const own = { institution: 'other-college' };
    const attempts = [
      ruleText(programme(), { version: 2 }),
      ruleText(programme(), { version: 2, ...own }),
      ruleText(programme(), { version: 2, ...own }).replace(
        `college/${programme().toLowerCase()}`,
        `other/${programme().toLowerCase()}`,
      ),
    ];
    for (const document of attempts) {
      const refused = await stranger.post(DRAFTS, { document });
      expect([refused.status, refused.body.code]).toEqual([403, 'rule-of-another-institution']);
    }
    await stranger.post(DRAFTS, { document: ruleText(`${programme()}-Y`, own) }).expect(201);
  });

  it('and people without the role are refused', async () => {
    const { id } = await draft();
    for (const by of [world.school, world.issuer, world.college]) {
      await by.post(DRAFTS, { document: ruleText(programme()) }).expect(403);
      await by.get(DRAFTS).expect(403);
      await by.get(`${DRAFTS}/${id}`).expect(403);
    }
    await approver.post(DRAFTS, { document: ruleText(programme()) }).expect(403);
    await author.post(`${DRAFTS}/${id}/approval`, {}).expect(403);
    await world.http.get(DRAFTS).expect(401);
  });
});
