import { millicredits } from '#libs/credit';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { Institutions } from '../../src/institutions/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

let service: TestApp;
let database: Database;
let catalogue: Catalogue;

const course = (code: string, zh: string, en: string): NewOutcomeDefinition => ({
  code,
  kind: 'degree-course',
  form: 'course',
  institutionCode: 'SVS',
  title: { zh, en },
  categoryCode: 'major',
  source: 'course',
});

const full: NewOutcomeDefinition = {
  code: 'X-WEB-1',
  kind: 'vocational-certificate',
  form: 'x-certificate',
  institutionCode: 'SVS',
  title: { zh: 'Web前端开发（初级）', en: 'Web front-end development, elementary' },
  aliases: ['网页前端'],
  categoryCode: 'skill',
  source: 'certificate',
  credits: millicredits(1_500n),
  minutes: 24n * 60n,
  levelScale: 'x-certificate',
  level: '初级',
  gradeScale: 'percent',
  passGrade: '60',
  minAttendancePercent: 80,
  shelfLifeMonths: 84,
  registration: 'members',
  openFrom: '2020-01-01',
  openTo: '2030-12-31',
};

const create = (...definitions: NewOutcomeDefinition[]) =>
  database.transaction((tx) => catalogue.create(tx, definitions));
const matcher = () => database.read((tx) => catalogue.matcher(tx));
const codes = async (query: string): Promise<string[]> => {
  const answer = await service.http.get(`/v1/catalogue?${query}`).expect(200);
  return answer.body.items.map((item: { code: string }) => item.code);
};

beforeAll(async () => {
  service = await startTestApp();
  database = service.app.get(Database);
  catalogue = service.app.get(Catalogue);
  await database.transaction((tx) =>
    service.app.get(Institutions).create(tx, {
      code: 'SVS',
      kind: 'school',
      name: { zh: '沙坪坝职教中心', en: 'Shapingba VEC' },
      region: '重庆市沙坪坝区',
      awards: ['course', 'x-certificate'],
    }),
  );
  await create(
    full,
    course('ENG-1', '大学英语', 'College ENGLISH'),
    course('NET', '인터넷의 이해', 'Understanding the Internet'),
    course('SW', 'S/W 활용', 'Software'),
    course('ART-1', '전공실기Ⅰ', 'Studio 1'),
    course('CPP', 'C++程序设计', 'C++'),
  );
});
afterAll(() => service.close());

describe('GET /v1/catalogue', () => {
  it('pages by code, for everybody', async () => {
    const first = await service.http.get('/v1/catalogue?limit=4').expect(200);
    expect(first.body.items).toHaveLength(4);
    const next = await codes(`limit=4&after=${first.body.next}`);
    expect(next).toEqual(['SW', 'X-WEB-1']);
  });

  it.each([
    ['english', ['ENG-1']],
    ['ＥＮＧＬＩＳＨ', ['ENG-1']],
    ['eng 1', ['ENG-1']],
    ['WEB 前端', ['X-WEB-1']],
    ['网页前端', ['X-WEB-1']],
    ['前端 web', ['X-WEB-1']],
    ['前端 english', []],
    ['인터넷 이해', ['NET']],
    ['sw활용', ['SW']],
    ['전공실기', ['ART-1']],
    ['전공실기1', ['ART-1']],
    ['C++', ['CPP']],
    ['%', []],
    ['_', []],
    ['不存在的课程', []],
  ])('finds %s', async (q, expected) => {
    expect(await codes(`q=${encodeURIComponent(q)}`)).toEqual(expected);
  });

  it('narrows to a kind', async () => {
    expect(await codes('kind=vocational-certificate')).toEqual(['X-WEB-1']);
    expect(await codes('kind=community-course')).toEqual([]);
  });

  it('narrows to an institution', async () => {
    expect(await codes('institution=SVS&kind=vocational-certificate')).toEqual(['X-WEB-1']);
    expect(await codes('institution=OTHER')).toEqual([]);
  });

  it.each([
    'kind=course',
    'institution=%00',
    'q=%00',
    'q=a&q=b',
    'limit=-1',
    `q=${'x'.repeat(201)}`,
  ])('refuses ?%s', async (query) => {
    await service.http.get(`/v1/catalogue?${query}`).expect(400);
  });

  it('shows one with amounts as decimal strings', async () => {
    const answer = await service.http.get('/v1/catalogue/X-WEB-1').expect(200);
    expect(answer.body).toEqual({
      id: expect.any(String),
      code: 'X-WEB-1',
      kind: 'vocational-certificate',
      form: 'x-certificate',
      institution: {
        id: expect.any(String),
        code: 'SVS',
        name: { zh: '沙坪坝职教中心', en: 'Shapingba VEC' },
      },
      title: full.title,
      aliases: ['网页前端'],
      category: { code: 'skill', title: { zh: '职业技能', en: 'Vocational skill' } },
      source: 'certificate',
      credits: '1.5',
      hours: '24',
      levelScale: 'x-certificate',
      level: '初级',
      gradeScale: 'percent',
      passGrade: '60',
      minAttendancePercent: 80,
      shelfLifeMonths: 84,
      registration: 'members',
      openFrom: '2020-01-01',
      openTo: '2030-12-31',
      milestone: null,
      counterpart: null,
      contestTier: null,
    });
  });

  it('keeps unknown unknown', async () => {
    const answer = await service.http.get('/v1/catalogue/NET').expect(200);
    expect(answer.body).toMatchObject({
      credits: null,
      hours: null,
      level: null,
      openFrom: null,
      minAttendancePercent: null,
    });
  });

  it('answers not-found for anything else', async () => {
    for (const code of ['NOPE', '%00', 'x-web-1', '%E5%8F%B7']) {
      await service.http.get(`/v1/catalogue/${code}`).expect(404);
    }
  });
});

describe('create', () => {
  it('refuses a code that exists and then adds nothing of the set', async () => {
    const twice = create(course('FRESH', '新', 'New'), course('SW', '又', 'Again'));
    await expect(twice).rejects.toMatchObject({
      problem: { code: 'outcome-code-taken', params: { code: 'SW' } },
    });
    expect(await codes('q=FRESH')).toEqual([]);
  });

  it('throws for an unknown institution or category', async () => {
    await expect(create({ ...course('U', '甲', 'A'), institutionCode: 'NOPE' })).rejects.toThrow();
    await expect(create({ ...course('U', '甲', 'A'), categoryCode: 'nope' })).rejects.toThrow();
  });
});

describe('matcher', () => {
  it('is made once for one revision and again after a change', async () => {
    const before = await matcher();
    expect(await matcher()).toBe(before);
    await create(course('LATER', '后来的课', 'Later'));
    const after = await matcher();
    expect(after).not.toBe(before);
    expect(before.byCode('LATER').ok).toBe(false);
    expect(after.byCode('LATER').ok).toBe(true);
  });

  it('forgets what a failed transaction had added', async () => {
    const failed = database.transaction(async (tx) => {
      await catalogue.create(tx, [course('GHOST', '幽灵', 'Ghost')]);
      expect((await catalogue.matcher(tx)).byCode('GHOST').ok).toBe(true);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect((await matcher()).byCode('GHOST').ok).toBe(false);
  });

  it('sees every definition of writers that raced', async () => {
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        await create(course(`RACE-${i}`, `赛${i}`, `Race ${i}`));
        expect((await matcher()).byCode(`RACE-${i}`).ok).toBe(true);
      }),
    );
    const last = await matcher();
    for (let i = 0; i < 8; i += 1) expect(last.byCode(`RACE-${i}`).ok).toBe(true);
  });
});
