import { parseVerifierKey } from '#libs/merkle';
import { checkSeal } from '#libs/paper-seal';
import { Catalogue } from '../../src/catalogue/index.js';
import { TaskHandlers } from '../../src/platform/queue/index.js';
import { SIGN } from '../../src/verification/transcript/transcript-signer.js';
import { bytesOf } from '../support/downloads.js';
import { itPaper, readPaper } from '../support/papers.js';
import { type Browser, person } from '../support/people.js';
import { untilIdle } from '../support/queue.js';
import { type World, OUTCOMES, residentId, startWorld } from '../support/world.js';

/** Real names of courses, because every character of them is a glyph in the file. */
const FIELDS = [
  '物流管理 仓储配送 供应链运营 电子商务 新能源汽车检修 数控车床 焊接工艺 建筑施工',
  '康养护理 幼儿保育 中餐烹饪 茶艺 服装裁剪 美发造型 会计电算化 网络安全',
  '工业机器人 无人机测绘 园林绿化 畜禽养殖 食品检验 药品营销 轨道客运 环境监测',
].flatMap((line) => line.split(' '));
const FORMS = ['基础', '实务（一）', '综合实训', '职业素养与规范', '毕业设计'];
const TITLES = FIELDS.flatMap((field, i) =>
  FORMS.map((form, j) => ({
    zh: `${field}${form}`,
    en: `Course ${i + 1} of the vocational programme, part ${j + 1}`,
  })),
);

let world: World;
/** By the number of their outcomes. */
const learners = new Map<number, Browser & { learnerId: string }>();

beforeAll(async () => {
  world = await startWorld();
  const [course] = OUTCOMES;
  if (!course) throw new Error('the district has a course');
  const definitions = TITLES.map((title, i) => ({ ...course, code: `LONG-${i}`, title }));
  await world.database.transaction((tx) => world.app.get(Catalogue).create(tx, definitions));
  for (const outcomes of [40, 120]) learners.set(outcomes, await learnerWith(outcomes));
}, 180_000);
afterAll(() => world?.close());

async function learnerWith(outcomes: number): Promise<Browser & { learnerId: string }> {
  let learnerId = '';
  for (let i = 0; i < outcomes; i += 1) learnerId = await completes(outcomes, i);
  const browser = await (await person(world, ['learner'], { learnerId })).signIn();
  return { ...browser, learnerId };
}

/** @returns the id of the learner with so many outcomes */
async function completes(outcomes: number, course: number, externalId = `long-${course}`) {
  const posted = await world.school
    .post('/v1/completions', {
      externalId: `${outcomes}-${externalId}`,
      learner: {
        name: '欧阳·娜娜',
        document: { kind: 'resident-id', number: residentId(700 + outcomes) },
      },
      outcome: `LONG-${course}`,
      completedOn: '2026-06-30',
      grade: String(60 + (course % 40)),
    })
    .expect(201);
  return posted.body.outcome.learnerId as string;
}

function learnerOf(outcomes: number) {
  const learner = learners.get(outcomes);
  if (!learner) throw new Error('there is such a learner');
  return learner;
}

async function shareOf(outcomes: number): Promise<string> {
  const made = await learnerOf(outcomes).post('/v1/shares', { purpose: '入学查验' }).expect(201);
  return made.body.id as string;
}

async function print(outcomes: number, share: string, second = 'en'): Promise<Buffer> {
  const { body } = await learnerOf(outcomes)
    .get(`/v1/shares/${share}/transcript.pdf?second=${second}`)
    .buffer(true)
    .parse(bytesOf)
    .expect(200);
  return body as Buffer;
}

/** What was signed for a learner, and the places of status lists that were given away. */
async function signed(
  outcomes: number,
): Promise<{ transcripts: number; badges: number; places: number }> {
  const [row] = await world.database.readAcrossTenants((tx) =>
    tx.query<{ transcripts: number; badges: number; places: number }[]>(
      `SELECT count(*) FILTER (WHERE kind = 'transcript')::int AS transcripts,
              count(*) FILTER (WHERE kind = 'badge')::int AS badges,
              (SELECT count(*)::int FROM status_place) AS places
         FROM credential WHERE learner_id = $1`,
      [learnerOf(outcomes).learnerId],
    ),
  );
  return row ?? { transcripts: 0, badges: 0, places: 0 };
}

const verify = async (pdf: Buffer) => {
  const sent = world.http.post('/v1/verifications/files').attach('file', pdf, 'record.pdf');
  return (await sent.expect(200)).body as {
    verdict: string;
    credential: { id: string };
    checks: { line: string; code: string }[];
    inner: object[];
  };
};

describe('the record in a transcript', () => {
  it('is signed on the queue when the share is made, and printing signs nothing', async () => {
    const share = await shareOf(120);
    await untilIdle(world.database);
    const before = await signed(120);
    expect(before).toMatchObject({ transcripts: 1, badges: 120 });
    const first = await print(120, share);
    const again = await print(120, share, 'th');
    const other = await print(120, await shareOf(120));
    await untilIdle(world.database);
    expect(await signed(120)).toEqual(before);
    const answers = [await verify(first), await verify(again), await verify(other)];
    expect(new Set(answers.map(({ credential }) => credential.id)).size).toBe(1);
  });

  it('is signed by the first print where the queue did not come to it, and once by two at a time', async () => {
    const share = await shareOf(40);
    await Promise.all([print(40, share), print(40, share), print(40, share)]);
    await untilIdle(world.database);
    expect(await signed(40)).toMatchObject({ transcripts: 1, badges: 40 });
  });

  it('is signed anew when the record has changed, and the older one still stands', async () => {
    const share = await shareOf(40);
    const older = await print(40, share);
    await completes(40, 41, 'one-more');
    const newer = await print(40, share);
    expect(await signed(40)).toMatchObject({ transcripts: 2, badges: 41 });
    const [before, after] = [await verify(older), await verify(newer)];
    expect(after.credential.id).not.toBe(before.credential.id);
    expect([before.inner.length, after.inner.length]).toEqual([40, 41]);
    expect(before.checks).toContainEqual(expect.objectContaining({ code: 'not-revoked' }));
    expect(before.verdict).not.toBe('invalid');
  });

  it('is not signed for a share that has ended meanwhile, or was never there', async () => {
    const learner = learnerOf(40);
    await completes(40, 42, 'another');
    const share = await shareOf(40);
    await learner.delete(`/v1/shares/${share}`).expect(204);
    await untilIdle(world.database);
    const before = await signed(40);
    const handler = world.app.get(TaskHandlers).get(SIGN);
    const context = { taskId: share, signal: new AbortController().signal };
    await handler?.run({ shareId: share }, context);
    await handler?.run({ shareId: learner.learnerId }, context);
    expect(await signed(40)).toEqual(before);
  });
});

describe('a transcript of many outcomes', () => {
  it.each([
    [40, 100_000],
    [120, 160_000],
  ])('of %i is smaller than %i bytes, whole and sealed', async (outcomes, most) => {
    const pdf = await print(outcomes, await shareOf(outcomes));
    expect(pdf.length).toBeLessThan(most);
    const { body } = await world.http.get('/v1/log/key').expect(200);
    const keys = [parseVerifierKey(body.key as string)].filter((key) => key !== undefined);
    expect(checkSeal(pdf, keys)).toBe('whole');
  });

  itPaper(
    'is read back by others: text, QR code and credential (needs poppler-utils and zbar-tools)',
    async () => {
      const { body: share } = await learnerOf(120)
        .post('/v1/shares', { purpose: '求职' })
        .expect(201);
      const pdf = await print(120, share.id as string);
      const { text, codes, files, isTagged } = readPaper(pdf);
      const words = text.replace(/\s/g, '');
      for (let course = 0; course < 120; course += 1) {
        expect(words).toContain(TITLES[course]?.zh);
        expect(words).toContain(`LONG-${course}`);
      }
      expect(codes).toEqual([share.url]);
      expect(isTagged).toBe(true);
      const credential = files.get('learning-record.json')?.toString('utf8');
      const sent = { text: credential };
      const pasted = await world.http.post('/v1/verifications/texts').send(sent).expect(200);
      expect(pasted.body.inner).toHaveLength(120);
      expect(pasted.body.verdict).toBe((await verify(pdf)).verdict);
    },
  );
});
