import { addProof, CONTEXTS, openBadge, signJwt } from '#libs/credentials';
import { BADGE, SCHOOL, signedBadge } from '../../libs/credentials/test/support.js';
import { itxt, pdf, png } from '../../libs/unwrap/test/support.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { bytesOf } from '../support/downloads.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

const text = (body: object) => world.http.post('/v1/verifications/texts').send(body);
const file = (bytes: Buffer | string, name = 'x') =>
  world.http.post('/v1/verifications/files').attach('file', Buffer.from(bytes as string), name);
const linesOf = (body: { checks: { line: string; colour: string }[] }) =>
  Object.fromEntries(body.checks.map(({ line, colour }) => [line, colour]));

/** Of an issuer whom the bank does not know: the signature is right, the rest is open. */
const FOREIGN = {
  format: 'green',
  signature: 'green',
  issuer: 'grey',
  validity: 'green',
  suspended: 'grey',
};

describe('a credential of a foreign issuer', () => {
  it('is answered line by line as JSON, JWT, PNG, SVG and PDF alike', async () => {
    const signed = JSON.stringify(await signedBadge());
    const jwt = await signJwt(openBadge(BADGE), SCHOOL);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${signed}]]></openbadges:credential></svg>`;
    const answers = {
      json: await text({ text: signed }).expect(200),
      jwt: await text({ text: jwt }).expect(200),
      svg: await text({ text: svg }).expect(200),
      png: await file(png(itxt(signed, true)), 'badge.png').expect(200),
      pdf: await file(pdf(signed), 'paper.pdf').expect(200),
    };
    for (const [wrapping, { body, headers }] of Object.entries(answers)) {
      expect(body).toMatchObject({ wrapping, verdict: 'incomplete', proof: null });
      expect(linesOf(body)).toMatchObject(FOREIGN);
      expect(body.credential.type).toContain('OpenBadgeCredential');
      expect(headers['cache-control']).toBe('no-store');
      for (const check of body.checks) {
        expect(check.text).toEqual({ zh: expect.any(String), en: expect.any(String) });
      }
    }
    // A page around it that nobody sealed is said to be unprotected.
    expect(answers.pdf.body.checks[0]).toMatchObject({ line: 'seal', code: 'seal-absent' });
  });

  it('that was changed is red at the line that failed, and says what to do', async () => {
    const signed = await signedBadge();
    const changed = JSON.stringify({ ...signed, validFrom: '2020-01-01T00:00:00Z' });
    const { body } = await text({ text: changed }).expect(200);
    expect(body.verdict).toBe('invalid');
    expect(linesOf(body)).toMatchObject({ format: 'green', signature: 'red' });
    const unknown = {
      ...signed,
      '@context': [...(signed['@context'] as string[]), 'https://evil.example/c'],
    };
    expect(linesOf((await text({ text: JSON.stringify(unknown) }).expect(200)).body)).toMatchObject(
      {
        format: 'red',
        signature: 'grey',
      },
    );
    const nonsense = await text({ text: '{"hello":1}' }).expect(200);
    expect(nonsense.body).toMatchObject({ verdict: 'invalid', credential: { hello: 1 } });
    expect(nonsense.body.checks[0]).toMatchObject({ code: 'not-a-credential' });
  });

  it('in a presentation is looked at with it', async () => {
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: SCHOOL.did,
      verifiableCredential: [await signedBadge()],
    };
    const options = {
      cryptosuite: 'eddsa-rdfc-2022',
      created: new Date('2026-08-01T00:00:00Z'),
      purpose: 'authentication',
    } as const;
    const signed = await addProof(presentation, options, SCHOOL, CONTEXTS);
    if (!signed.ok) throw new Error(signed.code);
    for (const one of [presentation, signed.document]) {
      const { body } = await text({ text: JSON.stringify(one) }).expect(200);
      expect(linesOf(body)).toMatchObject({ format: 'green' });
      expect(linesOf(body.inner[0])).toMatchObject(FOREIGN);
    }
  });
});

describe('a code', () => {
  it('typed or as our link is opened as ever, with the PIN', async () => {
    const learner = await world.learner();
    const made = await learner.post('/v1/shares', { purpose: '查验', pin: '402817' }).expect(201);
    const { id, code, url } = made.body;
    expect((await text({ text: code }).expect(403)).body.code).toBe('share-pin-required');
    for (const typed of [code, url, ` ${code} `]) {
      const { body } = await text({ text: typed, pin: '402817' }).expect(200);
      expect(body).toMatchObject({ wrapping: 'code', verdict: 'valid', credential: null });
      expect(body.proof.learner.name).toBe('王小明');
      expect(linesOf(body)).toMatchObject({ validity: 'green', ledger: 'green' });
    }
    expect((await learner.get(`/v1/shares/${id}`).expect(200)).body.opened).toBe(3);
    const wrong = await text({ text: '0000 0000 0000' }).expect(404);
    expect(wrong.body).toMatchObject({ code: 'share-not-valid', errors: [{ pointer: '/code' }] });
  });
});

describe('our transcript', () => {
  it('is recognised by its seal, and any byte that is changed is noticed', async () => {
    const learner = await world.learner();
    const made = await learner.post('/v1/shares', { purpose: '查验' }).expect(201);
    const { body: paper } = await learner
      .get(`/v1/shares/${made.body.id}/transcript.pdf`)
      .buffer(true)
      .parse(bytesOf)
      .expect(200);
    const whole = await file(paper as Buffer, 'paper.pdf').expect(200);
    expect(whole.body.checks[0]).toMatchObject({
      line: 'seal',
      colour: 'green',
      code: 'seal-whole',
    });
    const at = (paper as Buffer).indexOf('stream\n', 2_000) + 40;
    const changed = Buffer.from(paper as Buffer);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const { body } = await file(changed, 'paper.pdf').expect(200);
    expect(body).toMatchObject({ verdict: 'invalid' });
    expect(body.checks[0]).toMatchObject({ line: 'seal', colour: 'red', code: 'seal-broken' });
    expect(body.checks[0].text.en).toContain('Check the code on it online');
  });
});

describe('what cannot be looked into', () => {
  it.each([
    ['504b0304', 415, 'document-archive'],
    ['ffd8ffe0', 415, 'document-picture'],
    ['0001fffe', 415, 'document-unknown'],
    ['89504e470d0a1a0a', 422, 'document-damaged'],
  ])('file %s is refused with %i %s', async (hex, status, code) => {
    const { body } = await file(Buffer.from(hex, 'hex')).expect(status);
    expect(body.code).toBe(code);
  });

  it('is refused by name: empty, packed to burst, too large, foreign, not a form', async () => {
    const bomb = await file(png(itxt(Buffer.alloc(64 * 1024 * 1024), true)), 'b.png').expect(413);
    expect(bomb.body.code).toBe('document-too-large');
    const large = await file(Buffer.alloc(8 * 1024 * 1024 + 1, 0x20)).expect(413);
    expect(large.body.code).toBe('document-too-large');
    expect((await file('')).body.code).toBe('document-empty');
    expect((await file(pdf())).body.code).toBe('document-without-credential');
    const link = await text({ text: 'https://other.example/verify/123' }).expect(422);
    expect(link.body.code).toBe('document-foreign-link');
    expect((await text({ text: 'hello' }).expect(415)).body.code).toBe('document-unknown');
    await text({ text: '' }).expect(400);
    await text({}).expect(400);
    await world.http.post('/v1/verifications/files').send({ file: 'x' }).expect(415);
    const other = world.http.post('/v1/verifications/files').attach('other', Buffer.from('x'), 'x');
    expect((await other).body.code).toBe('file-part-missing');
  });
});
