import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openFile } from '../../src/imports/files/open-file.js';
import { bufferSource } from '../../src/imports/index.js';
import { signXml } from '../../src/exchange/elmo-signature.js';
import { cellText } from '#libs/exchange';
import { type LearnerCaller, newLearner } from '../support/conversions.js';
import { Importer } from '../support/imports.js';
import { type Caller, type World, startWorld } from '../support/world.js';

let world: World;
let learner: LearnerCaller;

beforeAll(async () => {
  world = await startWorld();
  learner = await newLearner(world);
});
afterAll(() => world?.close());

const schema = JSON.parse(
  readFileSync('docs/exchange/credit-bank-exchange-1.schema.json', 'utf8'),
) as object;
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const bytesOf = async (path: string, who: { get: LearnerCaller['get'] } = learner) => {
  const { body } = await who
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    })
    .expect(200);
  return body as Buffer;
};

const elmo = async (query = ''): Promise<string> =>
  (await bytesOf(`/v1/learners/me/elmo.xml${query}`)).toString('utf8');

const read = (xml: string | Buffer, who: Caller = world.school) =>
  world.http
    .post('/v1/exchange/elmo')
    .set('authorization', `Bearer ${who.key}`)
    .attach('file', Buffer.from(xml), 'elmo.xml');

function rsaKey(modulusLength: number): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

describe('the open format', () => {
  it('is the whole record, by its schema, in a fixed order', async () => {
    const { body } = await learner.get('/v1/learners/me/exchange?documents=full').expect(200);
    expect(isValid(body) || isValid.errors).toBe(true);
    expect(body).toMatchObject({
      format: 'credit-bank-exchange/1',
      learner: { id: learner.id, name: '王小明', documents: [{ kind: 'resident-id' }] },
      records: [
        { institution: { code: 'issuer' }, outcome: { code: 'X-LOG-2' }, credits: '7' },
        { institution: { code: 'school' }, outcome: { code: 'LOG-BASE' }, grade: '85' },
      ],
    });
    const again = await learner.get('/v1/learners/me/exchange?documents=full').expect(200);
    expect({ ...again.body, issuedAt: null }).toEqual({ ...body, issuedAt: null });
  });

  it('shows numbers to the learner alone, and nothing to strangers; readers are written down', async () => {
    const path = `/v1/learners/${learner.id}/exchange?documents=full`;
    const school = await world.school.get(path).expect(200);
    expect(school.body.learner).toMatchObject({ name: '王小明', documents: [] });
    const log = await learner.get('/v1/learners/me/access-log').expect(200);
    expect(log.body.items[0]).toMatchObject({ purpose: 'exchange', ground: 'roster' });
    for (const at of [path, path.replace('/exchange?', '/exchange.xlsx?')]) {
      await world.otherSchool.get(at).expect(404);
      await (await newLearner(world)).get(at).expect(404);
      await world.http.get(at).expect(401);
    }
    await world.otherSchool.get(`/v1/learners/${learner.id}/elmo.xml`).expect(404);
    await learner.get('/v1/learners/me/exchange?documents=some').expect(400);
  });

  it('goes in again as a file of the school that answers for it, and books nothing twice', async () => {
    const importer = new Importer(world, world.school);
    const { body } = await learner.get('/v1/learners/me/exchange?documents=full').expect(200);
    const json = await importer.check(Buffer.from(JSON.stringify(body)), { name: 'record.json' });
    expect(json).toMatchObject({ state: 'checked', shape: 'exchange-document' });
    const sheet = await bytesOf('/v1/learners/me/exchange.xlsx?documents=full');
    const file = await openFile(bufferSource(sheet));
    const rows: string[][] = [];
    if (file.kind === 'table')
      for await (const row of file.rows()) rows.push(row.cells.map(cellText));
    file.close();
    expect(rows[0]?.slice(0, 3)).toEqual(['记录编号', '姓名', '身份证件类型']);
    const own = rows.filter((row, i) => i === 0 || row.includes('LOG-BASE'));
    const csv = Buffer.from(own.map((row) => row.join(',')).join('\n'));
    const checked = await importer.check(csv, { name: 'record.csv' });
    expect(checked).toMatchObject({ state: 'checked', shape: 'exchange-sheet' });
    // The file states the credit that the school had left to the catalogue: a conflict, never a second one.
    expect(checked.rows).toMatchObject({ read: 1, fit: 0, faulty: 1 });
    expect((await importer.faults(checked.id)).map(({ code }) => code)).toEqual([
      'completion-conflict',
    ]);
    // A new record of the same person is posted.
    const fresh = {
      ...body,
      records: [{ ...body.records[1], externalId: 'from-another-bank', completedOn: '2026-05' }],
    };
    const sent = await importer.check(Buffer.from(JSON.stringify(fresh)), { name: 'new.json' });
    expect(sent.rows).toMatchObject({ fit: 1, faulty: 0 });
    const done = await importer.commit(sent.id);
    expect(done.rows.posted).toBe(1);
    // Somebody else's outcome is not the school's to post.
    const foreign = {
      ...fresh,
      records: [
        {
          ...body.records[0],
          externalId: 'theirs',
          outcome: { ...body.records[0].outcome, code: 'LOG-BASE' },
        },
      ],
    };
    const other = await new Importer(world, world.otherSchool).check(
      Buffer.from(JSON.stringify(foreign)),
      { name: 'theirs.json' },
    );
    expect(other.rows).toMatchObject({ fit: 0, faulty: 1 });
  });
});

describe('ELMO', () => {
  it('is signed by the bank and read again as its own claims', async () => {
    const xml = await elmo('?documents=full');
    const { body } = await read(xml).expect(200);
    expect(body.signature.state).toBe('this-bank');
    const keys = await world.http.get('/v1/exchange/signing-keys').expect(200);
    expect(keys.body.items[0].fingerprint).toBe(body.signature.keyFingerprint);
    expect(JSON.stringify(keys.body)).not.toContain('PRIVATE');
    expect(body.learner).toMatchObject({ name: '王小明' });
    expect(body.reports.map((one: { issuer: object }) => one.issuer)).toMatchObject([
      { country: 'CN', identifiers: [{ type: 'credit-bank', value: 'issuer' }] },
      { country: 'CN', identifiers: [{ type: 'credit-bank', value: 'school' }] },
    ]);
    expect(body.reports[1].claims[0]).toMatchObject({
      title: { zh: '物流基础', en: 'Logistics basics' },
      status: 'passed',
      grade: '85',
      credits: [{ scheme: 'CN-XUEFEN', value: '4' }],
    });
    expect(await elmo()).not.toContain('nationalIdentifier');
    // Read, and nothing came of it.
    const outcomes = await learner.get('/v1/learners/me/outcomes').expect(200);
    expect(outcomes.body.items.length).toBeLessThanOrEqual(3);
  });

  it('refuses every altered character of what is signed', async () => {
    const xml = await elmo();
    const end = xml.indexOf('<Signature');
    const places = Array.from({ length: 40 }, (_, i) => Math.floor(((i + 1) * end) / 42));
    for (const at of places) {
      const spoilt = `${xml.slice(0, at)}${xml[at] === '5' ? '6' : '5'}${xml.slice(at + 1)}`;
      const answer = await read(spoilt);
      const codes = ['elmo-signature-wrong', 'file-damaged', 'elmo-unknown'];
      expect([at, answer.status, codes.includes(answer.body.code as string)]).toEqual([
        at,
        422,
        true,
      ]);
    }
  });

  it('refuses signatures beside which something else could stand', async () => {
    const xml = await elmo();
    const [whole = ''] = /<Signature[\s\S]*<\/Signature>/.exec(xml) ?? [];
    const forged = '<report><issueDate>2026-01-01T00:00:00Z</issueDate></report>';
    for (const spoilt of [
      // Moved away from the end, doubled, wrapped, of an id, of weaker kinds.
      xml.replace(whole, '').replace('<report>', `${whole}<report>`),
      xml.replace(whole, whole + whole),
      xml.replace('</elmo>', `${forged}</elmo>`),
      xml.replace('URI=""', 'URI="#other"'),
      xml.replace('enveloped-signature', 'base64'),
      xml.replace('more#rsa-sha256', 'more#hmac-sha256'),
      xml.replace('2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1'),
      xml.replace(/<Modulus>.{8}/, '<Modulus>AAAAAAAA'),
      xml.replace(/<SignatureValue>.{8}/, '<SignatureValue>AAAAAAAA'),
    ]) {
      expect(spoilt).not.toBe(xml);
      const { status, body } = await read(spoilt);
      expect([status, body.code]).toEqual([422, 'elmo-signature-wrong']);
    }
  });

  it('tells a stranger’s signature from ours, and no signature from both', async () => {
    const xml = await elmo();
    const bare = xml.replace(/<Signature[\s\S]*<\/Signature>/, '');
    expect((await read(bare).expect(200)).body.signature).toEqual({
      state: 'unsigned',
      keyFingerprint: null,
    });
    const strange = rsaKey(2_048);
    const { body } = await read(signXml(bare, strange)).expect(200);
    expect(body.signature.state).toBe('unknown-signer');
    const short = rsaKey(1_024);
    expect((await read(signXml(bare, short))).body.code).toBe('elmo-signature-wrong');
  });

  it('takes no entities, no depth without end, no file that is none', async () => {
    const entity = '<!DOCTYPE elmo [<!ENTITY a SYSTEM "file:///etc/passwd">]><elmo>&a;</elmo>';
    for (const [file, code, status] of [
      [entity, 'file-has-doctype', 422],
      ['<elmo>&undefined;</elmo>', 'file-damaged', 422],
      ['<a>'.repeat(100), 'file-damaged', 422],
      [`<elmo>${'<a/>'.repeat(10_001)}</elmo>`, 'file-too-complex', 422],
      ['<elmo xmlns="urn:other"/>', 'elmo-unknown', 422],
      ['not xml', 'file-damaged', 422],
      [Buffer.from([0xff, 0xfe, 0x3c]), 'file-damaged', 422],
      [Buffer.alloc(5 * 1024 * 1024, ' '), 'payload-too-large', 413],
    ] as const) {
      const answer = await read(file);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    await world.http.post('/v1/exchange/elmo').attach('file', Buffer.from('x'), 'x').expect(401);
    await read('<elmo/>', world.authority).expect(403);
  });
});

/** A folder with the schema's files (docs/exchange-format.md); their licence is not ours. */
const SCHEMAS = process.env['ELMO_SCHEMAS'];

/** Where the schema says its parts are, and what they are called in that folder. */
const PARTS: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/03/xml.xsd': 'xml.xsd',
  'https://raw.githubusercontent.com/emrex-eu/elmo-schemas/v1/references/xmldsig-core-schema.xsd':
    'xmldsig-core-schema.xsd',
  'https://raw.githubusercontent.com/emrex-eu/elmo-schemas/v1/references/EUROPASS_ISOCountries_V1.1.xsd':
    'EUROPASS_ISOCountries_V1.1.xsd',
  'https://raw.githubusercontent.com/erasmus-without-paper/ewp-specs-types-address/stable-v1/schema.xsd':
    'ewp-address.xsd',
  'https://raw.githubusercontent.com/erasmus-without-paper/ewp-specs-architecture/stable-v1/common-types.xsd':
    'ewp-common-types.xsd',
};

function schemaFile(name: string): { fileName: string; contents: string } {
  const text = readFileSync(join(SCHEMAS ?? '', name), 'utf8');
  const contents = Object.entries(PARTS).reduce(
    (all, [address, part]) => all.replaceAll(`"${address}"`, `"${part}"`),
    text,
  );
  return { fileName: name, contents };
}

(SCHEMAS ? describe : describe.skip)('ELMO against its schema (needs ELMO_SCHEMAS)', () => {
  it('is valid, signature and all', async () => {
    const { validateXML } = await import('xmllint-wasm');
    const check = (contents: string) =>
      validateXML({
        xml: { fileName: 'elmo.xml', contents },
        schema: [schemaFile('schema.xsd')],
        preload: Object.values(PARTS).map(schemaFile),
      });
    const xml = await elmo('?documents=full');
    expect((await check(xml)).errors).toEqual([]);
    // Nothing that a check of nothing would let pass.
    const spoilt = xml.replace('<country>CN</country>', '<country>XX</country>');
    expect((await check(spoilt)).valid).toBe(false);
  });
});
