import {
  GrowingTree,
  formatNote,
  formatSigningKey,
  formatVerifierKey,
  isNoteSignedBy,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseSigningKey,
  parseTilePath,
  parseVerifierKey,
  signNote,
  tilePath,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.js';

/** Known answers of certificate-transparency (merkle_tree_test.cc), used by every RFC 6962 log. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map((hex) => Buffer.from(hex, 'hex'));

/** Entry (from 0), size, proof. */
const INCLUSION: [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

/** Older size, newer size, proof. */
const CONSISTENCY: [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const bytes = (list: string[]): Buffer[] => list.map((hex) => Buffer.from(hex, 'hex'));

describe('the vectors of certificate-transparency', () => {
  it('give the published roots', () => {
    const tree = GrowingTree.empty();
    ENTRIES.forEach((entry, place) => {
      tree.append(leafHash(entry));
      expect(tree.root().toString('hex')).toBe(ROOTS[place]?.toString('hex'));
    });
  });

  it.each(INCLUSION)('entry %d is in the tree of %d', (index, size, proof) => {
    const leaf = leafHash(ENTRIES[index] as Buffer);
    const root = ROOTS[size - 1] as Buffer;
    expect(verifyInclusion({ leaf, index, size, root, proof: bytes(proof) })).toBe(true);
  });

  it.each(CONSISTENCY)('the tree of %d grew to the tree of %d', (from, to, proof) => {
    const [fromRoot, toRoot] = [ROOTS[from - 1] as Buffer, ROOTS[to - 1] as Buffer];
    expect(verifyConsistency({ from, fromRoot, to, toRoot, proof: bytes(proof) })).toBe(true);
  });
});

describe('the edges of RFC 6962', () => {
  const nothing = Buffer.from(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'hex',
  );
  const [one, two] = ROOTS as [Buffer, Buffer];
  const leaf = leafHash(ENTRIES[5] as Buffer);
  const [index, size, hashes] = INCLUSION[2] as (typeof INCLUSION)[number];
  const whole = { leaf, index, size, root: ROOTS[7] as Buffer, proof: bytes(hashes) };

  it('the empty tree has the hash of nothing as its root', () => {
    expect(GrowingTree.empty().root().equals(nothing)).toBe(true);
  });

  it('nothing is in the empty tree', () => {
    for (const place of [0, 1, -1]) {
      const claim = { leaf: one, index: place, size: 0, root: nothing, proof: [] };
      expect(verifyInclusion(claim)).toBe(false);
      expect(verifyInclusion({ ...claim, leaf: nothing })).toBe(false);
    }
  });

  it('the only leaf of a tree needs no proof, and takes none', () => {
    const claim = { leaf: one, index: 0, size: 1, root: one, proof: [] };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: 1 })).toBe(false);
    expect(verifyInclusion({ ...claim, proof: [one] })).toBe(false);
  });

  it('a proof is of one place in a tree of one shape', () => {
    expect(verifyInclusion(whole)).toBe(true);
    for (let other = 0; other <= 9; other += 1) {
      expect(verifyInclusion({ ...whole, index: other })).toBe(other === whole.index);
    }
    // Of the sizes below, those where the way from this leaf has other turns.
    for (const other of [0, 1, 2, 3, 4, 5, 6, 9, 16, 2 ** 53]) {
      expect([other, verifyInclusion({ ...whole, size: other })]).toEqual([other, false]);
    }
    for (let length = 0; length < 3; length += 1) {
      expect(verifyInclusion({ ...whole, proof: whole.proof.slice(0, length) })).toBe(false);
    }
    expect(verifyInclusion({ ...whole, proof: [...whole.proof, one] })).toBe(false);
  });

  it.each([
    ['nothing went on from nothing', 0, nothing, 0, nothing, [], true],
    ['everything goes on from nothing', 0, nothing, 2, two, [], true],
    ['but not from something that is called nothing', 0, one, 2, two, [], false],
    ['and needs no hashes for it', 0, nothing, 2, two, [one], false],
    ['to something that is no root', 0, nothing, 2, Buffer.from('no root'), [], false],
    ['a tree does not shrink', 2, two, 1, one, [], false],
    ['not even to nothing', 1, one, 0, nothing, [], false],
    ['the same tree twice', 2, two, 2, two, [], true],
    ['two trees of one size', 2, two, 2, one, [], false],
    ['the same tree with a hash too many', 2, two, 2, two, [one], false],
    ['sizes that count nothing', -1, nothing, 2, two, [], false],
  ])('%s', (_, from, fromRoot, to, toRoot, proof, holds) => {
    expect(verifyConsistency({ from, fromRoot, to, toRoot, proof })).toBe(holds);
  });
});

describe('the note of golang.org/x/mod/sumdb/note', () => {
  const VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
  const TEXT =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n";
  const SIGNED = `${TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

  it('has the same keys, the same signature and is read back', () => {
    const signer = parseSigningKey(SIGNER);
    const verifier = parseVerifierKey(VERIFIER);
    const note = parseNote(SIGNED);
    if (!signer || !verifier || !note) throw new Error('not read');
    expect(formatSigningKey(signer)).toBe(SIGNER);
    expect(formatVerifierKey(signer)).toBe(VERIFIER);
    expect(formatVerifierKey(verifier)).toBe(VERIFIER);
    expect(formatNote(signNote(TEXT, signer))).toBe(SIGNED);
    expect(formatNote(note)).toBe(SIGNED);
    expect(isNoteSignedBy(note, verifier)).toBe(true);
  });
});

describe('the examples of C2SP', () => {
  it('tile 1234067 is x001/x234/067', () => {
    const tile = { level: 0, index: 1_234_067, width: 256 };
    expect(tilePath(tile)).toBe('tile/0/x001/x234/067');
    expect(parseTilePath('tile/0/x001/x234/067')).toEqual(tile);
  });

  it('the checkpoint of tlog-cosignature is read, with both its signatures', () => {
    const note = parseNote(`example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`);
    expect(parseCheckpoint(note?.text ?? '')).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      root: Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64'),
    });
    expect(note?.signatures.map(({ name, keyId }) => `${name} ${keyId}`)).toEqual([
      'example.com/behind-the-sofa 033de0ae',
      'witness.example.com/w1 8d66cf3f',
    ]);
  });
});
