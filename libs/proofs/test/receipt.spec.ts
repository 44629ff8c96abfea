import * as fc from 'fast-check';
import { cosign, formatNote, formatVerifierKey, parseNote, signingKey } from '#libs/merkle';
import { type Report, makeReceipt, verifyFile } from '../src/index.js';
import { LOG_KEY, TODAY, WITNESS, bookOf, cosigned, flips, trusting } from './books.js';

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const failedLines = ({ lines }: Report): string[] =>
  lines.filter(({ verdict }) => verdict === 'fails').map(({ check }) => check);

type SpoiledEntry = Record<string, unknown> & { path: [number, ...number[]] };

/** A receipt that a test may write into. */
type Spoiled = {
  [field: string]: unknown;
  entries: [SpoiledEntry, SpoiledEntry, SpoiledEntry, SpoiledEntry];
  hashes: [string, ...string[]];
  witnesses: string[];
  checkpoint: string;
};

describe('a receipt', () => {
  const book = bookOf(37);
  const receipt = makeReceipt(book.root, book.proven([3, 4, 5, 30]));
  const witnessed = makeReceipt(cosigned(book.root), book.proven([11]));

  it('holds for who has the key of the log, line by line', () => {
    const report = verifyFile(bytesOf(receipt), trusting(LOG_KEY), TODAY);
    expect(report.lines.map(({ verdict }) => verdict)).toEqual(report.lines.map(() => 'holds'));
    expect(report.verdict).toBe('holds');
    expect(report.format).toBe('creditbank-receipt/v1');
    expect(report.lines.map(({ check }) => check.split(' ')[0])).toEqual(
      'key checkpoint hashes entry entry entry entry'.split(' '),
    );
    expect(report.lines[0]?.detail).toContain('the option --key');
  });

  it('is open for who has no key of anybody, and refused for who trusts another', () => {
    expect(verifyFile(bytesOf(receipt), trusting(), TODAY).verdict).toBe('open');
    const other = signingKey(LOG_KEY.name, Buffer.alloc(32, 99));
    const report = verifyFile(bytesOf(receipt), trusting(other), TODAY);
    expect(failedLines(report)).toEqual(['key']);
  });

  it('says when a witness saw it, and whether the reader knows the witness', () => {
    const unknown = verifyFile(bytesOf(witnessed), trusting(LOG_KEY), TODAY);
    expect(unknown.verdict).toBe('holds');
    expect(unknown.lines.find(({ check }) => check.startsWith('witness'))?.detail).toContain(
      'this file only',
    );
    const trust = { ...trusting(LOG_KEY), witnesses: [{ key: WITNESS, because: 'told' }] };
    expect(verifyFile(bytesOf(witnessed), trust, TODAY).verdict).toBe('holds');
    // The first receipt has no signature of the witness that this reader relies on.
    expect(verifyFile(bytesOf(receipt), trust, TODAY).verdict).toBe('open');
  });

  it.each([
    ['a receipt', makeReceipt(book.root, book.proven([3, 30]))],
    ['a receipt with a cosignature', witnessed],
  ])('is refused when any byte of it is another: %s', (_, file) => {
    const good = bytesOf(file);
    for (const bad of flips(good)) {
      const report = verifyFile(bad, trusting(LOG_KEY), TODAY);
      if (report.verdict !== 'fails') throw new Error(`taken: ${bad.toString()}`);
      expect(failedLines(report).length).toBeGreaterThan(0);
    }
  });

  it('is refused when any byte of it is any other, whoever asks', () => {
    const good = bytesOf(witnessed);
    fc.assert(
      fc.property(
        fc.nat({ max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, by, isKnown) => {
          const bad = Buffer.from(good);
          bad[at] = (bad[at] as number) ^ by;
          const trust = isKnown ? trusting(LOG_KEY) : trusting();
          expect(verifyFile(bad, trust, TODAY).verdict).toBe('fails');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, (file: Spoiled) => void, string]>([
    ['a field more', (file) => (file['note'] = 'x'), 'form'],
    ['a field less', (file) => Reflect.deleteProperty(file, 'hashes'), 'form'],
    ['a field more in an entry', (file) => (file.entries[0].grade = '99'), 'form'],
    ['no entry', (file) => ((file.entries.length as number) = 0), 'form'],
    ['an amount spelled otherwise', (file) => (file.entries[0].amount = '2.0'), 'form'],
    ['an index below zero', (file) => (file.entries[0].index = -1), 'form'],
    ['an index in words', (file) => (file.entries[0].index = '3'), 'form'],
    ['an index beyond the tree', (file) => (file.entries[0].index = 37), 'entry'],
    ['the index of a neighbour', (file) => (file.entries[3].index = 31), 'entry'],
    ['entries out of order', (file) => file.entries.reverse(), 'entry'],
    ['an entry twice', (file) => file.entries.push(file.entries[3]), 'entry'],
    ['a way that is too short', (file) => file.entries[0].path.pop(), 'entry'],
    ['a way that is too long', (file) => file.entries[0].path.push(0), 'entry'],
    ['a way into nothing', (file) => (file.entries[0].path[0] = 999), 'hashes'],
    ['a hash more', (file) => file.hashes.push(Buffer.alloc(32).toString('base64')), 'hashes'],
    ['a hash twice', (file) => file.hashes.push(file.hashes[0]), 'hashes'],
    ['another learner', (file) => (file.entries[0].learnerId = book.ids.other), 'entry'],
    ['more credit', (file) => (file.entries[0].amount = '900'), 'entry'],
    ['another reason', (file) => (file.entries[0].reason = '更正'), 'entry'],
    [
      'a witness that signed nothing',
      (file) => file.witnesses.push(formatVerifierKey(WITNESS)),
      'witness',
    ],
    [
      'a signature of nobody',
      (file) => (file.checkpoint += `— nobody ${Buffer.alloc(68).toString('base64')}\n`),
      'signature',
    ],
    [
      'a checkpoint of another size',
      (file) => (file.checkpoint = bookOf(36).root.checkpoint),
      'entry',
    ],
    ['no checkpoint', (file) => (file.checkpoint = 'bank\n\nnone'), 'checkpoint'],
  ])('is refused with %s', (_, spoil, line) => {
    // A receipt is read-only and closed; this copy is to be written into, also where it has nothing.
    const file = structuredClone(receipt) as unknown as Spoiled;
    spoil(file);
    const report = verifyFile(bytesOf(file), trusting(LOG_KEY), TODAY);
    expect(report.verdict).toBe('fails');
    expect(failedLines(report)[0]?.split(' ')[0]).toBe(line);
  });

  it('is refused when a field stands twice: two readers could read two things', () => {
    const twice = JSON.stringify(receipt).replace('"index":3', '"index":4,"index":3');
    expect(failedLines(verifyFile(Buffer.from(twice), trusting(LOG_KEY), TODAY))).toEqual(['form']);
  });

  it('may be laid out for reading', () => {
    const laidOut = Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`);
    expect(verifyFile(laidOut, trusting(LOG_KEY), TODAY).verdict).toBe('holds');
  });
});

describe('any bytes', () => {
  it('are answered with a report', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(verifyFile(Buffer.from(bytes), trusting(LOG_KEY), TODAY).verdict).toBe('fails');
      }),
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(verifyFile(Buffer.from(text), trusting(LOG_KEY), TODAY).verdict).toBe('fails');
      }),
    );
  });
});

describe('a checkpoint alone', () => {
  const { checkpoint } = bookOf(5).root;

  it('holds under a key that the reader has, and is open without one', () => {
    expect(verifyFile(Buffer.from(checkpoint), trusting(LOG_KEY), TODAY).verdict).toBe('holds');
    expect(verifyFile(Buffer.from(checkpoint), trusting(), TODAY).verdict).toBe('open');
  });

  it('is never taken when any byte of it is another', () => {
    for (const bad of flips(Buffer.from(checkpoint))) {
      expect(verifyFile(bad, trusting(LOG_KEY), TODAY).verdict).toBe('fails');
    }
  });

  it('is open while somebody signed it of whom nothing is known', () => {
    const note = parseNote(checkpoint);
    if (!note) throw new Error('no note');
    const signatures = [...note.signatures, cosign(note.text, WITNESS, 1_764_000_000)];
    const text = Buffer.from(formatNote({ text: note.text, signatures }));
    expect(verifyFile(text, trusting(LOG_KEY), TODAY).verdict).toBe('open');
    const trust = { ...trusting(LOG_KEY), witnesses: [{ key: WITNESS, because: 'told' }] };
    expect(verifyFile(text, trust, TODAY).verdict).toBe('holds');
  });
});
