import { History } from '../../src/history/index.js';
import { type World, startWorld } from '../support/world.js';

const ABSENT = '00000000-0000-7000-8000-000000000000';

describe('GET /v1/administrative-events', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
    const actor = { id: 'a-1', name: '王老师', institutionId: world.school.institution.id };
    const record = (institutionId: string | null, id: string, action: string) =>
      world.database.transaction((tx) =>
        world.app.get(History).record(tx, actor, {
          institutionId,
          subject: { kind: 'api-key', id },
          action,
          before: action === 'issued' ? null : { label: 'old' },
          after: { label: 'new' },
          note: 'why',
        }),
      );
    await record(world.school.institution.id, 'k-1', 'issued');
    await record(world.school.institution.id, 'k-2', 'issued');
    await record(world.school.institution.id, 'k-1', 'revoked');
    await record(world.otherSchool.institution.id, 'k-3', 'issued');
    await record(null, 'k-4', 'issued');
  });
  afterAll(() => world?.close());

  const subjects = (body: { items: { subjectId: string; action: string }[] }): string[] =>
    body.items.map(({ subjectId, action }) => `${subjectId} ${action}`);

  it('shows staff the changes of their own institution, the newest first, page by page', async () => {
    const first = await world.school.get('/v1/administrative-events?limit=2').expect(200);
    expect(subjects(first.body)).toEqual(['k-1 revoked', 'k-2 issued']);
    expect(first.body.items[0]).toMatchObject({
      institutionId: world.school.institution.id,
      subjectKind: 'api-key',
      actor: 'a-1',
      actorName: '王老师',
      actorInstitutionId: world.school.institution.id,
      before: { label: 'old' },
      after: { label: 'new' },
      note: 'why',
    });
    expect(Date.parse(first.body.items[0].recordedAt)).toBeLessThanOrEqual(Date.now());
    const rest = await world.school
      .get(`/v1/administrative-events?limit=2&after=${first.body.next}`)
      .expect(200);
    expect([subjects(rest.body), rest.body.next]).toEqual([['k-1 issued'], null]);
    const one = await world.school.get('/v1/administrative-events?subject=k-1').expect(200);
    expect(subjects(one.body)).toEqual(['k-1 revoked', 'k-1 issued']);
  });

  it('answers the same for another institution and for none', async () => {
    for (const id of [world.school.institution.id, ABSENT]) {
      const answer = await world.otherSchool.get(`/v1/administrative-events?institution=${id}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    }
    const filtered = await world.otherSchool.get('/v1/administrative-events?subject=k-1');
    expect(filtered.body.items).toEqual([]);
  });

  it('shows the authority all of it, or one institution', async () => {
    const all = await world.authority.get('/v1/administrative-events?kind=api-key').expect(200);
    expect(all.body.items).toHaveLength(5);
    const other = await world.authority
      .get(`/v1/administrative-events?institution=${world.otherSchool.institution.id}`)
      .expect(200);
    expect(subjects(other.body)).toEqual(['k-3 issued']);
  });

  it('is looked through by kind, actor and time', async () => {
    const seen = async (query: string) =>
      subjects((await world.school.get(`/v1/administrative-events?${query}`).expect(200)).body);
    const all = ['k-1 revoked', 'k-2 issued', 'k-1 issued'];
    expect(await seen('kind=api-key')).toEqual(all);
    expect(await seen('kind=account')).toEqual([]);
    expect(await seen('actor=a-1')).toEqual(all);
    expect(await seen('actor=a-2')).toEqual([]);
    const { body } = await world.school.get('/v1/administrative-events').expect(200);
    const [last, , first] = body.items as { recordedAt: string }[];
    const later = new Date(Date.parse(last!.recordedAt) + 1).toISOString();
    expect(await seen(`from=${later}`)).toEqual([]);
    expect(await seen(`to=${later}&actor=a-1`)).toEqual(all);
    expect(await seen(`to=${first!.recordedAt}`)).toEqual([]);
    expect(await seen(`from=${first!.recordedAt}&kind=api-key&limit=1`)).toEqual(['k-1 revoked']);
    const foreign = await world.otherSchool.get('/v1/administrative-events?actor=a-1').expect(200);
    expect(subjects(foreign.body)).toEqual(['k-3 issued']);
  });

  it.each([
    'institution=x',
    'kind=API',
    'from=yesterday',
    'to=2026-11-26',
    'limit=0',
    'after=%00',
    'after=WyJ4Il0',
    `subject=${'x'.repeat(201)}`,
  ])('refuses ?%s', async (query) => {
    await world.school.get(`/v1/administrative-events?${query}`).expect(400);
  });

  it('is gone with a change that is undone', async () => {
    const undone = world.database.transaction(async (tx) => {
      await world.app
        .get(History)
        .record(
          tx,
          { id: 'a', name: 'a', institutionId: null },
          { institutionId: null, subject: { kind: 'account', id: 'undone' }, action: 'opened' },
        );
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const answer = await world.authority.get('/v1/administrative-events?subject=undone');
    expect(answer.body.items).toEqual([]);
  });
});
