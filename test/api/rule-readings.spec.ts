import { nextDay } from '#libs/credit';
import { Clock } from '../../src/platform/clock/index.js';
import {
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  type ConversionWorld,
  startConversionWorld,
} from '../support/conversions.js';
import {
  BASE_EXAMPLES,
  type RuleDesk,
  publishByDraft,
  ruleDesk,
  ruleText,
} from '../support/rules.js';

let world: ConversionWorld;
let desk: RuleDesk;
let today: string;

beforeAll(async () => {
  world = await startConversionWorld();
  desk = await ruleDesk(world);
  today = world.app.get(Clock).today();
});
afterAll(() => world?.close());

const CHECK = '/v1/rules/drafts/check';
const CAPPED = { caps: [{ id: 'half', title: { zh: '一半', en: 'Half' }, max: '8' }] };

/** A programme with one version that governs and one that begins tomorrow. */
async function twoVersions(programme: string): Promise<string> {
  await publishByDraft(desk, ruleText(programme, CAPPED), today);
  const changed = { version: 2, caps: [{ ...CAPPED.caps[0], max: '9' }] };
  const { rule } = await publishByDraft(desk, ruleText(programme, changed), nextDay(today));
  return `/v1/rules/${encodeURIComponent(rule)}`;
}

describe('a published version', () => {
  let path: string;
  beforeAll(async () => {
    path = await twoVersions('READ-1');
  });

  it('is read in words by everybody, with the names of the catalogue', async () => {
    const { body } = await world.http.get(`${path}/versions/1`).expect(200);
    expect(body).toMatchObject({ version: 1, state: 'in-force', institution: 'college' });
    expect(body.sentences.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/target',
      '/rules/0',
      '/caps/0',
    ]);
    const [, rule, cap] = body.sentences as { text: { zh: string; en: string } }[];
    expect(rule?.text.zh).not.toContain('LOG-BASE');
    expect(rule?.text.zh).toContain('物流基础');
    expect(cap?.text).toEqual({
      zh: '一半：最多 8 学分。',
      en: 'Half: at most 8 credits.',
    });
    expect(body.about.en).toContain('1 rules, 1 limits');
  });

  it('shows each worked example with what becomes of it', async () => {
    const { body } = await world.http.get(`${path}/versions/1`).expect(200);
    expect(body.examples).toMatchObject([
      { name: 'passed', pointer: '/examples/0', credits: '4', holds: true, differences: [] },
      { name: 'failed', credits: '0', holds: true, granted: [] },
    ]);
    expect(body.examples[0].granted).toHaveLength(1);
    expect(body.examples[0].outcomes).toMatchObject([
      { outcome: 'LOG-BASE', credits: '4', grade: '85', hours: null, level: null },
    ]);
  });

  it('is compared with the one before, or with any other', async () => {
    const { body } = await world.http.get(`${path}/versions/2/changes`).expect(200);
    expect(body).toMatchObject({ from: { version: 1 }, to: { version: 2 } });
    expect(body.changes).toEqual([
      {
        kind: 'changed',
        pointer: '/caps/0/max',
        where: { zh: '一半', en: 'Half' },
        what: { zh: '上限', en: 'maximum' },
        from: '8',
        to: '9',
        text: { zh: '一半：上限 8 -> 9', en: 'Half: maximum 8 -> 9' },
      },
    ]);
    const back = await world.http.get(`${path}/versions/1/changes?since=2`).expect(200);
    expect(back.body.changes).toMatchObject([{ from: '9', to: '8' }]);
    const first = await world.http.get(`${path}/versions/1/changes`).expect(200);
    expect(first.body).toMatchObject({ from: null, changes: [] });
  });

  it('that is not there is not found, whatever is written in its place', async () => {
    for (const end of ['versions/3', 'versions/0', 'versions/x', 'versions/99999999999']) {
      await world.http.get(`${path}/${end}`).expect(404);
      await world.http.get(`${path}/${end}/changes`).expect(404);
    }
    await world.http.get(`${path}/versions/1/changes?since=7`).expect(404);
    await world.http.get(`${path}/versions/1/changes?since=x`).expect(400);
  });
});

describe('the list of rules', () => {
  it('says what each is about and where it stands today', async () => {
    await twoVersions('LIST-1');
    await publishByDraft(desk, ruleText('LIST-2'), nextDay(today));
    const { body } = await world.http.get('/v1/rules?limit=100').expect(200);
    const of = (programme: string): object =>
      body.items.find((item: { programme: string }) => item.programme === programme);
    expect(of('LIST-1')).toMatchObject({
      version: 2,
      state: 'in-force',
      governing: 1,
      versions: 2,
      institution: 'college',
    });
    expect(of('LIST-2')).toMatchObject({ state: 'scheduled', governing: null, versions: 1 });
  });

  it('is searched by names of programmes and by aliases of outcomes, page by page', async () => {
    await publishByDraft(desk, ruleText('FIND-BASE'), today);
    await publishByDraft(
      desk,
      ruleText('FIND-CERT', { rules: [CERTIFICATE_TO_C1], examples: certificateExamples() }),
      today,
    );
    const found = async (q: string): Promise<string[]> => {
      const ids: string[] = [];
      let after = '';
      do {
        const { body } = await world.http
          .get('/v1/rules')
          .query({ q, limit: 1, ...(after && { after }) });
        ids.push(...body.items.map(({ programme }: { programme: string }) => programme));
        after = body.next ?? '';
      } while (after);
      return ids;
    };
    expect(await found('find-base')).toEqual(['FIND-BASE']);
    const byCode = await found('x-log-2');
    expect(byCode).toContain('FIND-CERT');
    expect(byCode).not.toContain('FIND-BASE');
    expect(await found('没有这样的名称')).toEqual([]);
    expect(await found('—')).toEqual([]);
  });
});

describe('an outcome', () => {
  it('is recognised by the programmes whose rules of today speak of it', async () => {
    await publishByDraft(desk, ruleText('TAKES-BASE'), today);
    await publishByDraft(desk, ruleText('TAKES-LATER'), nextDay(today));
    const { body } = await world.http.get('/v1/catalogue/LOG-BASE/recognition').expect(200);
    const programmes = body.items.map(
      ({ version }: { version: { programme: string } }) => version.programme,
    );
    expect(programmes).toContain('TAKES-BASE');
    expect(programmes).not.toContain('TAKES-LATER');
    expect(body.items[0]).toMatchObject({ rule: 'base', institution: 'college' });
    expect(body.items[0].text.en).toContain('credits');
    await world.http.get('/v1/catalogue/NOTHING/recognition').expect(404);
  });
});

describe('a text that is being written', () => {
  const check = async (document: string): Promise<CheckBody> =>
    (await desk.author.post(CHECK, { document }).expect(200)).body as CheckBody;

  it('is answered although it is no document, each fault with its line', async () => {
    const unreadable = await check('a: [');
    expect(unreadable).toMatchObject({ hash: null, isDocument: false, isPublishable: false });
    expect(unreadable.findings).toMatchObject([{ code: 'rulebook-unreadable', severity: 'error' }]);
    const text = ruleText('CHECK-1').replace('"version": 1', '"version": "one"');
    const faulty = await check(text);
    expect(faulty.isDocument).toBe(false);
    const line = text.split('\n').findIndex((each) => each.includes('"version"')) + 1;
    expect(faulty.findings).toMatchObject([{ pointer: '/version', line }]);
  });

  it('is linted, tried on its examples, and compared with what governs', async () => {
    await publishByDraft(desk, ruleText('CHECK-2', CAPPED), today);
    const same = await check(ruleText('CHECK-2', { version: 2, ...CAPPED }));
    expect(same).toMatchObject({ isPublishable: true, changes: [], comparedWith: { version: 1 } });
    const [passed, failed] = BASE_EXAMPLES as [{ expect: object }, object];
    const wrong = { ...passed, expect: { credits: '3' } };
    const changed = await check(
      ruleText('CHECK-2', {
        version: 2,
        caps: [{ ...CAPPED.caps[0], max: '7' }],
        examples: [wrong, failed],
      }),
    );
    expect(changed.isPublishable).toBe(false);
    expect(changed.changes).toMatchObject([{ pointer: '/caps/0/max', from: '8', to: '7' }]);
    expect(changed.examples).toMatchObject([
      { holds: false, differences: [{ what: 'credits', expected: '3', actual: '4' }] },
      { holds: true },
    ]);
    const taken = await check(ruleText('CHECK-2', { ...CAPPED, rules: [BASE_TO_C1], total: '80' }));
    expect(taken.findings).toContainEqual(
      expect.objectContaining({ code: 'rulebook-version-exists', pointer: '/version' }),
    );
    expect(taken.isPublishable).toBe(false);
  });

  it('says where the values stand that officers change, and replacing them there is enough', async () => {
    const text = `# a comment that stays\n${ruleText('CHECK-3', CAPPED)}`;
    const { limits } = await check(text);
    const cap = limits.find(({ pointer }) => pointer === '/caps/0/max');
    expect(cap).toMatchObject({ kind: 'amount', value: '8', where: { en: 'Half' } });
    const { start, end } = cap as { start: number; end: number };
    expect(text.slice(start, end)).toBe('"8"');
    const next = await check(`${text.slice(0, start)}"6.5"${text.slice(end)}`);
    expect(next.limits.find(({ pointer }) => pointer === '/caps/0/max')?.value).toBe('6.5');
    expect(limits.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/inForce/from', '/target/total', '/examples/0/expect/credits']),
    );
  });

  it('is nobody’s but of who works on rules, and leaves nothing behind', async () => {
    const document = ruleText('CHECK-4');
    await world.http.post(CHECK).send({ document }).expect(401);
    await world.school.post(CHECK, { document }).expect(403);
    await check(document);
    const { body } = await desk.author.get('/v1/rules/drafts?limit=100').expect(200);
    expect(
      body.items.filter((item: { programme: string }) => item.programme === 'CHECK-4'),
    ).toEqual([]);
  });
});

test('a draft tells whether the reader wrote on it, and who did what', async () => {
  const { body } = await desk.author
    .post('/v1/rules/drafts', { document: ruleText('MINE-1') })
    .expect(201);
  expect(body).toMatchObject({ isAuthor: true, history: [{ byName: null }] });
  const other = await desk.approver.get(`/v1/rules/drafts/${body.id}`).expect(200);
  expect(other.body.isAuthor).toBe(false);
});

interface CheckBody {
  isDocument: boolean;
  isPublishable: boolean;
  findings: object[];
  changes: object[];
  examples: object[];
  limits: { pointer: string; start: number; end: number; value: string | null }[];
}

/** Both sides of {@link CERTIFICATE_TO_C1}. */
function certificateExamples(): object[] {
  const learner = (outcome: string): object => ({
    outcomes: [
      {
        lot: 'l1',
        outcome,
        source: 'certificate',
        credits: '7',
        completed: '2026-06-30',
        level: '中级',
        levelScale: 'x-cert',
      },
    ],
  });
  return [
    { name: 'with', on: '2026-10-01', learner: learner('X-LOG-2'), expect: { credits: '4' } },
    { name: 'without', on: '2026-10-01', learner: learner('OTHER'), expect: { credits: '0' } },
  ];
}
