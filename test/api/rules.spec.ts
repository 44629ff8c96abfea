import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Institutions } from '../../src/institutions/index.js';
import { Database } from '../../src/platform/database/index.js';
import { Refusal } from '../../src/platform/http/index.js';
import { Rulebook, type RuleVersion } from '../../src/rulebook/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

let service: TestApp;
let database: Database;
let rulebook: Rulebook;

const source = readFileSync(
  join(process.cwd(), 'rulebooks', 'district', 'skill-associate.yaml'),
  'utf8',
);
const publish = (text: string): Promise<RuleVersion> =>
  database.transaction((tx) => rulebook.publish(tx, text, 'test'));

/** The code and the faults with which a document is refused. */
async function refusalOf(text: string): Promise<string> {
  try {
    await publish(text);
    return 'published';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, faults = [] } = error.problem;
    return [code, ...faults.map((fault) => `${fault.code} ${fault.pointer}`)].join(', ');
  }
}

const version = (number: number): string => source.replace('version: 1', `version: ${number}`);

beforeAll(async () => {
  service = await startTestApp();
  database = service.app.get(Database);
  rulebook = service.app.get(Rulebook);
  await database.transaction((tx) =>
    service.app.get(Institutions).create(tx, {
      code: 'district-education',
      kind: 'authority',
      name: { zh: '示范区教育委员会', en: 'District Education Commission' },
      region: '示范区',
    }),
  );
});

afterAll(() => service.close());

test('a document is published once; the same again changes nothing', async () => {
  const first = await publish(source);
  const again = await publish(`# another comment\n${source}`);
  expect(again).toEqual(first);
  expect(first).toMatchObject({ regulationId: 'district/skill-associate', version: 1 });
});

test('everybody can read programmes, rules, one rule and its versions', async () => {
  const programmes = await service.http.get('/v1/programmes').expect(200);
  expect(programmes.body.items).toMatchObject([
    { code: 'SKILL-ASSOCIATE', totalCredits: '80', review: 'none' },
  ]);
  const rules = await service.http.get('/v1/rules').expect(200);
  expect(rules.body.items).toMatchObject([{ id: 'district/skill-associate', version: 1 }]);
  const path = '/v1/rules/district%2Fskill-associate';
  const rule = await service.http.get(path).expect(200);
  expect(rule.body.source).toBe(source);
  expect(rule.body.document.target.programme).toBe('SKILL-ASSOCIATE');
  const versions = await service.http.get(`${path}/versions`).expect(200);
  expect(versions.body.items).toHaveLength(1);
  await service.http.get('/v1/rules/nothing').expect(404);
  await service.http.get('/v1/rules/nothing/versions').expect(404);
});

test('a version governs its programme from its first day', async () => {
  const on = (day: string) =>
    database.read((tx) => rulebook.compiledFor(tx, 'SKILL-ASSOCIATE', day));
  const { version: found, compiled } = await on('2026-01-01');
  expect(compiled.hash).toBe(found.hash);
  await expect(on('2025-12-31')).rejects.toMatchObject({
    problem: { code: 'rulebook-not-in-force' },
  });
});

test('versions only rise and old ones stay', async () => {
  const changed = version(3).replace("max: '20'", "max: '19'");
  await publish(changed);
  expect(await refusalOf(version(2))).toBe('rulebook-version-exists');
  const versions = await database.read((tx) => rulebook.versions(tx, 'district/skill-associate'));
  expect(versions.map((each) => each.version)).toEqual([3, 1]);
});

test('a document whose example fails is not published, and says how', async () => {
  const wrong = version(4).replace("credits: '3', award: met", "credits: '4', award: met");
  expect(wrong).not.toBe(version(4));
  expect(await refusalOf(wrong)).toBe('rulebook-examples-fail, rulebook-example-fails /examples/0');
});

test('what stands in the way of publishing has its own code', async () => {
  const other = version(1).replace('id: district/skill-associate', 'id: district/other');
  expect(await refusalOf(other)).toBe('rulebook-dates-overlap');
  const elsewhere = version(5).replaceAll('SKILL-ASSOCIATE', 'SKILL-OTHER');
  expect(await refusalOf(elsewhere)).toBe('rulebook-programme-changed');
  const nobody = other
    .replaceAll('SKILL-ASSOCIATE', 'SKILL-OTHER')
    .replace('institution: district-education', 'institution: district-educaton');
  expect(await refusalOf(nobody)).toBe(
    'rulebook-invalid, rulebook-unknown-name /target/institution',
  );
  expect(await refusalOf('a: [')).toBe('rulebook-unreadable');
});

test('two who publish for one programme at once do not overlap', async () => {
  const document = (id: string): string =>
    version(1).replaceAll('SKILL-ASSOCIATE', 'SKILL-RACE').replace('district/skill-associate', id);
  const answers = await Promise.all([
    refusalOf(document('district/race-a')),
    refusalOf(document('district/race-b')),
  ]);
  expect(answers.toSorted()).toEqual(['published', 'rulebook-dates-overlap']);
});

test('a published version cannot be changed, not even by a database owner in passing', async () => {
  const change = database.transaction((tx) => tx.query('UPDATE rule_version SET version = 9'));
  await expect(change).rejects.toThrow();
});
