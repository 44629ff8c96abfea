import { CONTEXTS, addProof, didKeySigner } from '#libs/credentials';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

describe('the VC-API', () => {
  const UNSIGNED = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    credentialSubject: { id: 'urn:uuid:0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5f' },
  };

  it('is closed to strangers and to keys without the scope', async () => {
    for (const path of ['/credentials/issue', '/credentials/verify', '/presentations/verify']) {
      await world.http.post(path).send({}).expect(401);
    }
    await world.authority.post('/credentials/issue', { credential: UNSIGNED }).expect(403);
  });

  it('signs under the key of the asking institution and no other name', async () => {
    const { body } = await world.school
      .post('/credentials/issue', { credential: UNSIGNED, options: {} })
      .expect(201);
    expect(body).toMatchObject({
      issuer: 'did:web:127.0.0.1%3A3000:institutions:school',
      credentialStatus: { type: 'BitstringStatusListEntry' },
    });
    const verify = (verifiableCredential: object) =>
      world.college.post('/credentials/verify', { verifiableCredential });
    expect((await verify(body).expect(200)).body).toMatchObject({ verified: true });
    const refused = await verify({ ...body, validUntil: '2020-01-01T00:00:00Z' }).expect(422);
    expect(refused.body).toMatchObject({ code: 'credential-not-verified' });
    expect(refused.body.lines).toContainEqual(expect.objectContaining({ line: 'signature' }));
    const jcs = await world.school
      .post('/credentials/issue?cryptosuite=eddsa-jcs-2022', { credential: UNSIGNED })
      .expect(201);
    await verify(jcs.body as object).expect(200);
    const foreign = { ...UNSIGNED, issuer: 'did:web:other.example' };
    await world.school.post('/credentials/issue', { credential: foreign }).expect(422);
    const wordless = { ...UNSIGNED, surprise: 'word' };
    await world.school.post('/credentials/issue', { credential: wordless }).expect(422);
  });

  it('asks for a signed presentation where a challenge is named', async () => {
    const issued = await world.school.post('/credentials/issue', { credential: UNSIGNED });
    const presentation = {
      '@context': UNSIGNED['@context'],
      type: ['VerifiablePresentation'],
      verifiableCredential: [issued.body],
    };
    const present = (body: object) => world.college.post('/presentations/verify', body);
    await present({ verifiablePresentation: presentation }).expect(200);
    const options = { domain: 'office.example', challenge: 'c-1' };
    await present({ verifiablePresentation: presentation, options }).expect(422);
    const holder = didKeySigner(Buffer.alloc(32, 3));
    const signed = await addProof(
      { ...presentation, holder: holder.did },
      {
        cryptosuite: 'eddsa-rdfc-2022',
        created: new Date(),
        purpose: 'authentication',
        ...options,
      },
      holder,
      CONTEXTS,
    );
    const verifiablePresentation = signed.ok ? signed.document : {};
    await present({ verifiablePresentation, options }).expect(200);
    const other = { ...options, challenge: 'c-2' };
    await present({ verifiablePresentation, options: other }).expect(422);
    const elsewhere = { ...options, domain: 'other.example' };
    await present({ verifiablePresentation, options: elsewhere }).expect(422);
  });
});
