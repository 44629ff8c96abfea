import { createHash, randomBytes } from 'node:crypto';
import { sha256 } from './sha256.js';

describe('sha256', () => {
  it('is what the standard way gives, for text and for bytes of every length', () => {
    const expected = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
    const texts = ['', 'abc', '学分银行', 'é\u0000\n'];
    const bytes = Array.from({ length: 200 }, (_, length) => randomBytes(length));
    for (const data of [...texts, ...bytes]) expect(sha256(data)).toEqual(expected(data));
  });
});
