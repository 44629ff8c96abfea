import { CONTEXTS } from './bundled/contexts.js';
import { rdfCanonical, sha256 } from './canonical.js';
import { clr } from './clr.js';
import { addProof } from './data-integrity.js';
import type { JsonObject } from './json.js';
import { didKeySigner } from './keys.js';
import { type BadgeInput, openBadge } from './open-badge.js';
import { schemaFault } from './schema-check.js';
import { credentialFault } from './shape.js';

const SIGNER = didKeySigner(Buffer.alloc(32, 7));
const ISSUER = {
  did: SIGNER.did,
  name: '松坪职业学校',
  url: 'https://bank.example/institutions/SPB',
};

const BADGE: BadgeInput = {
  id: 'urn:uuid:0190aaaa-0000-7000-8000-000000000001',
  issuer: ISSUER,
  subject: { id: 'urn:uuid:0190bbbb-0000-7000-8000-000000000001', name: '欧阳·娜娜' },
  achievement: {
    id: 'https://bank.example/catalogue/SVS-LOG-BASE',
    type: 'Course',
    code: 'SVS-LOG-BASE',
    name: '物流基础',
    description: '物流基础（4 学分）',
    criteria: '修完课程并考核合格',
    language: 'zh-CN',
    creator: { did: 'did:web:bank.example:institutions:OTHER', name: '某课程所有者' },
  },
  completedOn: '2026-06-30',
  credits: '4.125',
  grade: '合格',
  validFrom: new Date('2026-07-02T03:00:00Z'),
  validUntil: new Date('2033-07-02T03:00:00Z'),
  status: { listUrl: 'https://bank.example/status/1', index: 94_567, purpose: 'revocation' },
  entries: ['https://bank.example/v1/entries/0190cccc-0000-7000-8000-000000000001/proof'],
};

async function sign(document: JsonObject): Promise<JsonObject> {
  const signed = await addProof(
    document,
    { cryptosuite: 'eddsa-rdfc-2022', created: BADGE.validFrom, purpose: 'assertionMethod' },
    SIGNER,
    CONTEXTS,
  );
  if (!signed.ok) throw new Error(JSON.stringify(signed));
  return signed.document;
}

const BARE: BadgeInput = {
  ...BADGE,
  subject: { id: BADGE.subject.id },
  completedOn: '2026',
  credits: null,
  grade: null,
  entries: [],
};

describe.each([
  ['everything said', BADGE],
  ['as little as there can be', BARE],
])('an Open Badge with %s', (_, input) => {
  it('is sound: model, safe mode and JSON Schema', async () => {
    const signed = await sign(openBadge(input));
    expect(credentialFault(signed)).toBeUndefined();
    expect(await schemaFault(signed)).toBeUndefined();
    expect(await rdfCanonical(signed, CONTEXTS)).toMatchObject({ ok: true });
  });
});

it('an Open Badge carries the exact credits beside the float', () => {
  const subject = openBadge(BADGE)['credentialSubject'] as JsonObject;
  expect(subject['creditsEarned']).toBe(4.125);
  expect(subject['result']).toMatchObject([{ value: '4.125' }, { value: '合格' }]);
});

it('a schema that is named is a schema that counts', async () => {
  const wrong = openBadge({
    ...BADGE,
    achievement: { ...BADGE.achievement, type: 'Nonsense' as 'Course' },
  });
  expect(await schemaFault(wrong)).toMatchObject({
    pointer: expect.stringContaining('/credentialSubject/achievement') as string,
  });
});

it('safe mode finds the word that a schema lets through', async () => {
  const badge = openBadge(BADGE);
  const odd = { ...badge, issuer: { ...(badge['issuer'] as JsonObject), headmaster: 'Li' } };
  expect(await schemaFault(odd)).toBeUndefined();
  expect(await rdfCanonical(odd, CONTEXTS)).toMatchObject({
    ok: false,
    fault: { code: 'term-unknown', params: { detail: expect.stringContaining('headmaster') } },
  });
});

it('a CLR around signed credentials is sound: model, safe mode and JSON Schema', async () => {
  const document = clr({
    id: 'urn:uuid:0190dddd-0000-7000-8000-000000000001',
    issuer: { ...ISSUER, name: '学分银行' },
    subject: BADGE.subject,
    name: '学习成果档案',
    description: '全部学习成果',
    validFrom: BADGE.validFrom,
    status: { listUrl: 'https://bank.example/status/1', index: 3, purpose: 'revocation' },
    credentials: [await sign(openBadge(BADGE)), await sign(openBadge(BARE))],
  });
  const signed = await sign(document);
  expect(credentialFault(signed)).toBeUndefined();
  expect(await schemaFault(signed)).toBeUndefined();
  expect(await rdfCanonical(signed, CONTEXTS)).toMatchObject({ ok: true });
});

it('a CLR has the canonical form that the JSON-LD library gives it, untuned', async () => {
  const credentials: JsonObject[] = [];
  for (const serial of [1, 2, 3]) {
    const id = `urn:uuid:0190aaaa-0000-7000-8000-00000000000${serial}`;
    const grade = serial === 2 ? null : BADGE.grade;
    const credits = serial === 3 ? null : BADGE.credits;
    credentials.push(await sign(openBadge({ ...BADGE, id, grade, credits })));
  }
  const { subject, validFrom } = BADGE;
  const document = clr({
    id: 'urn:uuid:0190dddd-0000-7000-8000-000000000001',
    issuer: ISSUER,
    subject,
    name: '学习成果档案',
    description: '三项学习成果',
    validFrom,
    status: { listUrl: 'https://bank.example/status/1', index: 94_567, purpose: 'revocation' },
    credentials,
  });
  const form = await rdfCanonical(await sign(document), CONTEXTS);
  // Of jsonld 9.0.0 as published, before `json-ld.ts` was written.
  expect(form.ok && sha256(form.text).toString('hex')).toBe(
    '5dacf490bdeaf0be53e643d985840b56741250af6ff314ddeff92ab6da78cd76',
  );
});
