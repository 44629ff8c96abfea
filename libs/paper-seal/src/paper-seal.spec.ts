import fc from 'fast-check';
import { signingKey } from '#libs/merkle';
import { OPEN_SEAL, checkSeal, sealPaper } from './paper-seal.js';

const key = signingKey('bank.example/log', Buffer.alloc(32, 7));
const other = signingKey('bank.example/log', Buffer.alloc(32, 8));
const paper = Buffer.from(
  `%PDF-1.7\n9 0 obj\n(${OPEN_SEAL})\nendobj\nstream \xff\x00\n%%EOF\n`,
  'latin1',
);

describe('the seal of a paper', () => {
  it('holds, keeps the length and every byte around it', () => {
    const sealed = sealPaper(paper, key);
    expect(checkSeal(sealed, [other, key])).toBe('whole');
    expect(sealed).toHaveLength(paper.length);
    const at = paper.indexOf(`(${OPEN_SEAL})`);
    expect(sealed.subarray(0, at)).toEqual(paper.subarray(0, at));
    const end = at + OPEN_SEAL.length + 2;
    expect(sealed.subarray(end)).toEqual(paper.subarray(end));
    expect(sealPaper(paper, key)).toEqual(sealed);
  });

  it('does not hold when any byte is changed, cut off or added', () => {
    const sealed = sealPaper(paper, key);
    for (let at = 0; at < sealed.length; at += 1) {
      for (const mask of [0x01, 0x20, 0x80]) {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect([at, checkSeal(changed, [key])]).not.toEqual([at, 'whole']);
      }
    }
    fc.assert(
      fc.property(
        fc.nat(sealed.length),
        fc.uint8Array({ minLength: 1, maxLength: 9 }),
        (at, more) => {
          const longer = Buffer.concat([sealed.subarray(0, at), more, sealed.subarray(at)]);
          expect(checkSeal(longer, [key])).not.toBe('whole');
          expect(checkSeal(sealed.subarray(0, Math.min(at, sealed.length - 1)), [key])).not.toBe(
            'whole',
          );
        },
      ),
    );
  });

  it('says what is wrong', () => {
    const sealed = sealPaper(paper, key);
    expect(checkSeal(paper, [key])).toBe('unknown-key');
    expect(checkSeal(Buffer.from('%PDF-1.7'), [key])).toBe('absent');
    expect(checkSeal(sealed, [other])).toBe('unknown-key');
    expect(checkSeal(Buffer.concat([sealed, sealed]), [key])).toBe('ambiguous');
    expect(checkSeal(Buffer.concat([sealed, Buffer.from(' ')]), [key])).toBe('broken');
  });

  it('is not laid on a paper without one place for it', () => {
    expect(() => sealPaper(Buffer.from('%PDF'), key)).toThrow('one place');
    expect(() => sealPaper(Buffer.concat([paper, paper]), key)).toThrow('one place');
  });
});
