import { nextDay } from '#libs/credit';
import { Clock } from '../../src/platform/clock/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { type RuleWorker, publishByDraft, ruleDesk, ruleText } from '../support/rules.js';

let world: ConversionWorld;
let author: RuleWorker;
let approver: RuleWorker;
let overseer: RuleWorker;
let stranger: RuleWorker;
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

const programme = (): string => `END-${serial}`;
const governing = async (on: string): Promise<number> =>
  (await world.database.read((tx) => world.app.get(Rulebook).compiledFor(tx, programme(), on)))
    .version.version;

describe('the end of a version', () => {
  const ending = (over: object = {}) => ({ endsOn: today, reason: '停止招生', ...over });

  async function published(): Promise<string> {
    const { rule } = await publishByDraft({ author, approver }, ruleText(programme()));
    return `/v1/rules/${encodeURIComponent(rule)}/versions/1/retirement`;
  }

  it('is proposed by one person and agreed to by another, whatever their roles', async () => {
    const path = await published();
    await author.get(path).expect(404);
    const early = await approver.post(`${path}/approval`, {});
    expect([early.status, early.body.code]).toEqual([409, 'rule-retirement-not-proposed']);
    await overseer.post(path, ending()).expect(202);
    expect(await governing(nextDay(today))).toBe(1);
    const alone = await overseer.post(`${path}/approval`, {});
    expect([alone.status, alone.body.code]).toEqual([403, 'approver-is-proposer']);
    await author.post(`${path}/approval`, {}).expect(403);
    const shown = await author.get(path).expect(200);
    expect(shown.body).toMatchObject({ state: 'proposed', endsOn: today, reason: '停止招生' });
    const { body } = await approver.post(`${path}/approval`, { note: '同意' }).expect(200);
    expect(body).toMatchObject({ version: 1, inForceTo: today });
    expect((await author.get(path).expect(200)).body).toMatchObject({ state: 'retired' });
    await expect(governing(nextDay(today))).rejects.toThrow();
    const again = await approver.post(`${path}/approval`, {});
    expect([again.status, again.body.code]).toEqual([409, 'rule-retirement-not-proposed']);
  });

  it('can be refused with a reason, and proposed anew', async () => {
    const path = await published();
    await author.post(path, ending()).expect(202);
    await author.post(`${path}/rejection`, { reason: 'r' }).expect(403);
    const { body } = await approver
      .post(`${path}/rejection`, { reason: '尚有在读学生' })
      .expect(200);
    expect(body).toMatchObject({ state: 'rejected', endsOn: null, reason: '尚有在读学生' });
    await approver.post(`${path}/approval`, {}).expect(409);
    await approver.post(`${path}/rejection`, { reason: 'r' }).expect(409);
    expect(await governing(nextDay(today))).toBe(1);
    await author.post(path, ending()).expect(202);
    await approver.post(`${path}/approval`, {}).expect(200);
  });

  it('is agreed to for the day that was read, while that day is not over', async () => {
    const path = await published();
    await author.post(path, ending()).expect(202);
    await author.post(path, ending({ endsOn: nextDay(today) })).expect(202);
    const differs = await approver.post(`${path}/approval`, { endsOn: today });
    expect([differs.status, differs.body.code]).toEqual([409, 'rule-retirement-differs']);
    const clock = jest.spyOn(world.app.get(Clock), 'today');
    clock.mockReturnValue(nextDay(nextDay(today)));
    const late = await approver.post(`${path}/approval`, {});
    expect([late.status, late.body.code]).toEqual([422, 'rule-end-past']);
    clock.mockRestore();
    await approver.post(`${path}/approval`, { endsOn: nextDay(today) }).expect(200);
  });

  it('falls once when two agree at the same time', async () => {
    const path = await published();
    await author.post(path, ending()).expect(202);
    const answers = await Promise.all([
      approver.post(`${path}/approval`, {}),
      overseer.post(`${path}/approval`, {}),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('of another institution is nobody else’s business', async () => {
    const { rule } = await publishByDraft({ author, approver }, ruleText(programme()));
    for (const id of [rule, 'nobody/nothing']) {
      const path = `/v1/rules/${encodeURIComponent(id)}/versions/1/retirement`;
      await stranger.post(path, { endsOn: today, reason: 'r' }).expect(404);
      await stranger.get(path).expect(404);
      await stranger.post(`${path}/approval`, {}).expect(404);
      await stranger.post(`${path}/rejection`, { reason: 'r' }).expect(404);
    }
    const path = `/v1/rules/${encodeURIComponent(rule)}/versions/9/retirement`;
    await approver.post(path, { endsOn: today, reason: 'r' }).expect(404);
  });
});
