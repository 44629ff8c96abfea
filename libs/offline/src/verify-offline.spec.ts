import { openBadge, signJwt } from '#libs/credentials';
import { OPEN_SEAL, sealPaper } from '#libs/paper-seal';
import { type Report, NO_TRUST, makeReceipt } from '#libs/proofs';
import {
  BADGE,
  LIST_URL,
  INDEX,
  NOW,
  SCHOOL,
  signedBadge,
  statusList,
} from '../../credentials/test/support.js';
import { LOG_KEY, bookOf, trusting } from '../../proofs/test/books.js';
import { itxt, pdf, png } from '../../unwrap/test/support.js';
import { type Known, verifyOffline } from './index.js';

const NOTHING: Known = { trust: NO_TRUST, issuers: new Map(), lists: new Map() };

async function knowing(set: readonly number[] = []): Promise<Known> {
  return {
    trust: trusting(LOG_KEY),
    issuers: new Map([[SCHOOL.did, null]]),
    lists: new Map([[LIST_URL, await statusList(set)]]),
  };
}

const verify = (file: Buffer | string | object, known = NOTHING): Promise<Report> => {
  const bytes = Buffer.isBuffer(file)
    ? file
    : Buffer.from(typeof file === 'string' ? file : JSON.stringify(file));
  return verifyOffline(bytes, known, { now: NOW, today: '2026-09-01' });
};
const failed = ({ lines }: Report): string[] =>
  lines.filter(({ verdict }) => verdict === 'fails').map(({ check }) => check);

describe('any file, offline', () => {
  it('a receipt is checked by the key of the log', async () => {
    const book = bookOf(9);
    const receipt = makeReceipt(book.root, book.proven([2]));
    expect((await verify(receipt, await knowing())).verdict).toBe('holds');
    expect((await verify(receipt)).verdict).toBe('open');
    expect((await verify(book.root.checkpoint, await knowing())).verdict).toBe('holds');
    expect((await verify({ ...receipt, format: 'creditbank-receipt/v9' })).verdict).toBe('fails');
  });

  it('a credential holds under an issuer and a status list that the reader has', async () => {
    const badge = await signedBadge();
    const report = await verify(badge, await knowing());
    expect([report.verdict, report.format]).toEqual(['holds', 'json']);
    expect(report.lines.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['format', 'holds'],
      ['signature', 'holds'],
      ['issuer', 'holds'],
      ['validity', 'holds'],
      ['revoked', 'holds'],
      ['suspended', 'none'],
      ['log', 'none'],
    ]);
    const alone = await verify(badge);
    expect(alone.verdict).toBe('open');
    const open = alone.lines.filter((line) => line.verdict === 'open');
    expect(open.map(({ check }) => check)).toEqual(['issuer', 'revoked']);
    expect(open[0]?.detail).toContain('--issuer');
    expect(open[1]?.detail).toContain(`save ${LIST_URL} and give it with --status`);
    const revoked = await verify(badge, await knowing([INDEX]));
    expect([revoked.verdict, failed(revoked)]).toEqual(['fails', ['revoked']]);
    const altered = JSON.stringify(badge).replace('4.125', '9.125');
    expect(failed(await verify(altered, await knowing()))).toEqual(['signature']);
  });

  it('a status list that was saved is of its moment, also when its copies have ended', async () => {
    const badge = await signedBadge();
    const saved = async (set: readonly number[], validUntil: Date) => {
      const known = await knowing();
      const list = await statusList(set, { validUntil });
      return verify(badge, { ...known, lists: new Map([[LIST_URL, list]]) });
    };
    const yesterday = new Date(NOW.getTime() - 86_400_000);
    const stands = await saved([], yesterday);
    expect(stands.verdict).toBe('holds');
    const line = stands.lines.find(({ check }) => check === 'revoked');
    expect(line?.detail).toMatch(/^not revoked as of \d{4}-.*what came later$/);
    expect(failed(await saved([INDEX], yesterday))).toEqual(['revoked']);
  });

  it('a credential is taken out of a JWT, a picture and a paper', async () => {
    const text = JSON.stringify(await signedBadge());
    const jwt = await signJwt(openBadge(BADGE), SCHOOL);
    const known = await knowing();
    expect((await verify(jwt, known)).verdict).toBe('holds');
    const picture = png(itxt(text));
    expect(await verify(picture, known)).toMatchObject({ verdict: 'holds', format: 'png' });
    const paper = await verify(pdf(text), known);
    expect([paper.verdict, paper.format]).toEqual(['holds', 'pdf']);
    expect(paper.lines[0]).toMatchObject({ check: 'seal', verdict: 'none' });
  });

  it('a paper is refused when one byte of it was changed, whatever its credential says', async () => {
    const open = Buffer.concat([
      pdf(JSON.stringify(await signedBadge())),
      Buffer.from(`9 0 obj\n(${OPEN_SEAL})\nendobj\n%%EOF\n`),
    ]);
    const sealed = sealPaper(open, LOG_KEY);
    const known = await knowing();
    expect((await verify(sealed, known)).lines[0]).toMatchObject({
      check: 'seal',
      verdict: 'holds',
    });
    const bad = Buffer.from(sealed);
    bad[20] = (bad[20] as number) ^ 1;
    const refused = await verify(bad, known);
    expect([refused.verdict, failed(refused)]).toEqual(['fails', ['seal']]);
    expect((await verify(sealed)).lines[0]).toMatchObject({ check: 'seal', verdict: 'open' });
  });

  it('an answer that refused the file is told apart from a bad file', async () => {
    const problem = { type: '/problems/not-sealed-yet', title: 'No seal yet', status: 409 };
    const report = await verify(problem);
    expect([report.verdict, report.format]).toEqual(['fails', 'problem']);
    expect(report.lines[0]?.detail).toContain('No seal yet');
  });

  it.each([
    ['nothing', ''],
    ['a picture without a credential', png()],
    ['an archive', Buffer.from('504b0304', 'hex')],
    ['a paper without a credential', pdf()],
    ['a code', '1234 5678 9012'],
    ['JSON of something else', { hello: 'world' }],
    ['a presentation of nothing', { type: ['VerifiablePresentation'] }],
  ])('%s is refused with a line, and no exception', async (_, file) => {
    const report = await verify(file, await knowing());
    expect(report.verdict).toBe('fails');
    expect(report.lines.length).toBeGreaterThan(0);
  });
});
