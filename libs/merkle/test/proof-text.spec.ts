import {
  type EntryProof,
  GrowingTree,
  type SigningKey,
  checkProof,
  formatNote,
  formatProof,
  parseProof,
  proveInclusion,
  signCheckpoint,
  signingKey,
} from '../src/index.js';
import { Shelf, Toy, leavesOf } from './toy.js';

const ORIGIN = 'bank.example/log';

describe('the proof of one entry as a file', () => {
  const leaves = leavesOf(300);
  const shelf = new Shelf();
  let log: SigningKey;
  let otherLog: SigningKey;
  let signed: string;

  beforeEach(() => {
    log = signingKey(ORIGIN, Buffer.alloc(32, 1));
    otherLog = signingKey(ORIGIN, Buffer.alloc(32, 2));
    const tree = GrowingTree.empty();
    tree.append(Buffer.concat(leaves));
    shelf.put(tree.takeTiles());
    const whole = { origin: ORIGIN, size: 300, root: new Toy(leaves).mth(0, 300) };
    signed = formatNote(signCheckpoint(whole, log));
  });

  async function proofOf(index: number): Promise<EntryProof> {
    return { index, proof: await proveInclusion(index, 300, shelf.read), checkpoint: signed };
  }

  it('is read back and convinces', async () => {
    for (const index of [0, 1, 255, 256, 299]) {
      const proof = await proofOf(index);
      const file = formatProof(proof);
      expect(file.startsWith(`c2sp.org/tlog-proof@v1\nindex ${index}\n`)).toBe(true);
      expect(parseProof(file)).toEqual(proof);
      expect(checkProof(leaves[index] as Buffer, proof, log)).toMatchObject({
        ok: true,
        checkpoint: { size: 300 },
      });
    }
  });

  it('may carry extra data and no hashes', async () => {
    const proof = { index: 0, proof: [], checkpoint: signed };
    expect(parseProof(formatProof(proof))).toEqual(proof);
    const file = formatProof(proof).replace('@v1\n', '@v1\nextra YWJj\n');
    expect(parseProof(file)).toEqual(proof);
  });

  it('does not convince of another leaf, place or log', async () => {
    const proof = await proofOf(7);
    const leaf = leaves[7] as Buffer;
    const wrong = { ok: false, fault: 'proof' };
    expect(checkProof(leaves[8] as Buffer, proof, log)).toEqual(wrong);
    expect(checkProof(leaf, { ...proof, index: 8 }, log)).toEqual(wrong);
    expect(checkProof(leaf, { ...proof, proof: [] }, log)).toEqual(wrong);
    expect(checkProof(leaf, proof, otherLog)).toEqual({ ok: false, fault: 'signature' });
    expect(checkProof(leaf, { ...proof, checkpoint: '' }, log)).toEqual({
      ok: false,
      fault: 'form',
    });
  });

  it('is refused when its form is wrong', async () => {
    const proof = await proofOf(7);
    const file = formatProof(proof);
    for (const bad of [
      '',
      '\n\n',
      signed,
      file.replace('@v1', '@v2'),
      file.replace('index 7', 'index 07'),
      file.replace('index 7', 'index'),
      file.replace('index 7\n', ''),
      file.replace('index 7', 'xindex 7'),
      file.replace('index 7', 'index 7x'),
      file.replace('@v1\n', '@v1\nindex 1\n'),
      file.replace('@v1\n', '@v1\nextraYWJj\n'),
      file.replace('=\n', '\n'),
      file.replace('@v1\nindex 7\n', `@v1\nindex 7\n${'A'.repeat(40)}\n`),
      formatProof({ ...proof, proof: Array.from({ length: 65 }, () => Buffer.alloc(32)) }),
      file.slice(0, file.indexOf('\n\n')),
    ])
      expect(parseProof(bad)).toBeUndefined();
    const longest = { ...proof, proof: Array.from({ length: 64 }, () => Buffer.alloc(32)) };
    expect(parseProof(formatProof(longest))?.proof).toHaveLength(64);
    for (const index of [-1, 0.5])
      expect(() => formatProof({ ...proof, index })).toThrow('an index counts from zero');
  });
});
