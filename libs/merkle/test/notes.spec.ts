import fc from 'fast-check';
import {
  MAX_SIGNATURES,
  type Note,
  type NoteSignature,
  type SigningKey,
  cosign,
  cosignedAt,
  cosigners,
  formatCheckpoint,
  formatNote,
  formatSignature,
  formatSigningKey,
  formatVerifierKey,
  isKeyName,
  isNoteSignedBy,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseProof,
  parseSignature,
  parseSigningKey,
  parseVerifierKey,
  signCheckpoint,
  signNote,
  signingKey,
  verifierKey,
} from '../src/index.js';

const ORIGIN = 'bank.example/log';
const root = Buffer.alloc(32, 9);

// Made for each test: what runs outside of one cannot be told apart by a mutation test.
let log: SigningKey;
let otherLog: SigningKey;
let witness: SigningKey;
let text: string;
let note: Note;

beforeEach(() => {
  log = signingKey(ORIGIN, Buffer.alloc(32, 1));
  otherLog = signingKey(ORIGIN, Buffer.alloc(32, 2));
  witness = signingKey('school.example/witness', Buffer.alloc(32, 3), 'cosignature');
  text = formatCheckpoint({ origin: ORIGIN, size: 7, root });
  note = signCheckpoint({ origin: ORIGIN, size: 7, root }, log);
});

describe('keys as text', () => {
  it('are read back, public and secret', () => {
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((seed) => Buffer.from(seed));
    const purposes = fc.constantFrom('note' as const, 'cosignature' as const);
    fc.assert(
      fc.property(seeds, purposes, (seed, purpose) => {
        const key = signingKey('a.example', seed, purpose);
        expect(parseSigningKey(formatSigningKey(key))).toEqual(key);
        const { seed: _, ...open } = key;
        expect(parseVerifierKey(formatVerifierKey(key))).toEqual(open);
        expect(verifierKey('a.example', open.publicKey, purpose)).toEqual(open);
      }),
      { numRuns: 30 },
    );
  });

  it('differ by name and by purpose', () => {
    const seed = Buffer.alloc(32, 4);
    const ids = [
      signingKey('a', seed).id,
      signingKey('b', seed).id,
      signingKey('a', seed, 'cosignature').id,
      signingKey('a', Buffer.alloc(32, 5)).id,
    ];
    expect(new Set(ids).size).toBe(4);
    expect(signingKey('a', seed)).toEqual(signingKey('a', seed, 'note'));
  });

  it('are refused when anything is wrong with them', () => {
    const good = formatVerifierKey(log);
    const [name = '', id = '', encoded = ''] = good.split('+', 3);
    const body = good.slice(name.length + id.length + 2);
    const typed = Buffer.from(body, 'base64');
    const withBytes = (bytes: Buffer): string => `${name}+${id}+${bytes.toString('base64')}`;
    for (const bad of [
      '',
      name,
      `${name}+${id}`,
      `${name}+${id}+`,
      `x${good}`,
      `a b+${id}+${body}`,
      `+${id}+${body}`,
      `${name}+${id.slice(1)}+${body}`,
      `${name}+${id.toUpperCase()}g+${body}`,
      `${name}+00000000+${body}`,
      `${good}=`,
      `${good} `,
      `${good}\n`,
      withBytes(typed.subarray(0, 32)),
      withBytes(Buffer.concat([typed, Buffer.of(0)])),
      withBytes(Buffer.concat([Buffer.of(2), typed.subarray(1)])),
      withBytes(Buffer.concat([Buffer.of(4), typed.subarray(1)])),
    ]) {
      expect(parseVerifierKey(bad)).toBeUndefined();
      expect(parseSigningKey(bad)).toBeUndefined();
    }
    expect(encoded.length).toBeGreaterThan(0);
    const secret = formatSigningKey(log);
    expect(parseSigningKey(secret.replace('PRIVATE+KEY+', ''))).toBeUndefined();
    expect(parseSigningKey(`${secret}x`)).toBeUndefined();
    expect(parseSigningKey(secret.replace(log.id, '00000000'))).toBeUndefined();
    expect(parseVerifierKey(secret)).toBeUndefined();
  });

  it.each([
    ['a', true],
    ['学校.example/日志', true],
    ['', false],
    ['a b', false],
    ['a\u00a0b', false],
    ['a+b', false],
    ['a\n', false],
    ['a\u0000', false],
    ['a\u007f', false],
  ])('the name %j is a name: %s', (name, is) => {
    expect(isKeyName(name)).toBe(is);
  });

  it('are not made from what is no key', () => {
    expect(() => signingKey('a', Buffer.alloc(31))).toThrow('a seed has 32 bytes');
    expect(() => signingKey('a b', Buffer.alloc(32))).toThrow('neither space nor plus');
    expect(() => verifierKey('a', Buffer.alloc(33), 'note')).toThrow('an Ed25519 key has 32 bytes');
  });
});

describe('notes', () => {
  it('are read back with all their signatures', () => {
    const both: Note = { text, signatures: [...note.signatures, cosign(text, witness, 12)] };
    expect(parseNote(formatNote(both))).toEqual(both);
  });

  it('may hold empty lines: the last one ends the text', () => {
    const poem = signNote('Ognuno sta solo\n\ned è subito sera.\n', log);
    expect(parseNote(formatNote(poem))).toEqual(poem);
    expect(isNoteSignedBy(poem, log)).toBe(true);
  });

  it('are refused when their form is wrong', () => {
    const good = formatNote(note);
    const line = formatSignature(note.signatures[0]!);
    for (const bad of [
      '',
      '\n',
      '\n\n',
      text,
      `${text}\n`,
      good.slice(0, -1),
      `${good}\n`,
      `${good}x\n`,
      good.replace('— ', '- '),
      good.replace('— ', '—  '),
      `\u0000${good}`,
      `tab\t${good}`,
      `\ud800${good}`,
      `cr\r${good}`,
      `${text}\n${line.repeat(MAX_SIGNATURES + 1)}`,
      `${text}\n— ${ORIGIN} ####\n`,
      `${text}\n— ${ORIGIN} AAAAAA==\n`,
      `${text}\n— ${ORIGIN} ${line.split(' ')[2]?.trim()}=\n`,
      `${text}\n— a+b AAAAAAE=\n`,
      `${text}\nx— ${ORIGIN} AAAAAAE=\n`,
      `${text}\n— ${ORIGIN} AAAAAAE= \n`,
    ])
      expect(parseNote(bad)).toBeUndefined();
    expect(parseNote(`${text}\n${line.repeat(MAX_SIGNATURES)}`)?.signatures).toHaveLength(100);
    expect(parseSignature(`— ${ORIGIN} AAAAAAE=`)).toEqual({
      name: ORIGIN,
      keyId: '00000000',
      bytes: Buffer.of(1),
    });
  });

  it('never throw on what strangers send', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        for (const read of [parseNote, parseCheckpoint, parseVerifierKey, parseProof])
          expect(() => read(any)).not.toThrow();
        expect(() => parseNote(`${text}\n— ${any}\n`)).not.toThrow();
      }),
    );
  });

  it('count only the signatures of the key, by name and id', () => {
    expect(isNoteSignedBy(note, log)).toBe(true);
    expect(isNoteSignedBy(note, otherLog)).toBe(false);
    expect(isNoteSignedBy(note, { ...log, name: 'other' })).toBe(false);
    expect(isNoteSignedBy(note, { ...otherLog, id: log.id })).toBe(false);
    expect(isNoteSignedBy({ ...note, text: `${text}x\n` }, log)).toBe(false);
    expect(isNoteSignedBy({ ...note, signatures: [] }, log)).toBe(false);
    expect(isNoteSignedBy(note, { ...log, purpose: 'cosignature' })).toBe(false);
  });

  it('are refused as a whole when one of the signatures of the key is wrong', () => {
    const [own] = note.signatures as [Note['signatures'][0]];
    const wrong = { ...own, bytes: Buffer.alloc(64) };
    const stranger = { ...own, name: 'stranger', bytes: Buffer.alloc(64) };
    const sameName = { ...own, keyId: '00000000', bytes: Buffer.alloc(64) };
    expect(isNoteSignedBy({ text, signatures: [own, wrong] }, log)).toBe(false);
    expect(isNoteSignedBy({ text, signatures: [stranger, sameName, own] }, log)).toBe(true);
  });

  it('are signed only when they can be read back', () => {
    for (const bad of ['', 'no newline', 'a\tb\n', 'a\rb\n', 'a\u001fb\n', '\ud800\n'])
      expect(() => signNote(bad, log)).toThrow('the text of a note');
    expect(() => signNote(text, witness)).toThrow('signs checkpoints as a witness');
  });
});

describe('checkpoints', () => {
  it('are three lines', () => {
    expect(text).toBe(`${ORIGIN}\n7\n${root.toString('base64')}\n`);
    expect(parseCheckpoint(text)).toEqual({ origin: ORIGIN, size: 7, root });
    expect(parseCheckpoint(`${text}extension\nanother\n`)).toMatchObject({ size: 7 });
  });

  it('are read back at any size', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (size) => {
        expect(parseCheckpoint(formatCheckpoint({ origin: ORIGIN, size, root }))?.size).toBe(size);
      }),
    );
  });

  it('are refused when a line is wrong', () => {
    const hash = root.toString('base64');
    for (const bad of [
      '',
      `${ORIGIN}\n7\n${hash}`,
      `${ORIGIN}\n7\n`,
      `\n7\n${hash}\n`,
      `${ORIGIN}\n07\n${hash}\n`,
      `${ORIGIN}\n-7\n${hash}\n`,
      `${ORIGIN}\n7.0\n${hash}\n`,
      `${ORIGIN}\n9007199254740992\n${hash}\n`,
      `${ORIGIN}\n99999999999999999999\n${hash}\n`,
      `${ORIGIN}\n7\n${hash}=\n`,
      `${ORIGIN}\n7\n${Buffer.alloc(31).toString('base64')}\n`,
      `${text}\n`,
      `${text}extension`,
      `\n${text}`,
    ])
      expect(parseCheckpoint(bad)).toBeUndefined();
  });

  it('are opened only when the log of this name signed them', () => {
    expect(openCheckpoint(formatNote(note), log)).toEqual({
      ok: true,
      checkpoint: { origin: ORIGIN, size: 7, root },
      note,
    });
    const fault = (signed: string, key: SigningKey = log): unknown => openCheckpoint(signed, key);
    expect(fault('nonsense')).toEqual({ ok: false, fault: 'form' });
    expect(fault(formatNote(signNote('two\nlines\n', log)))).toEqual({ ok: false, fault: 'form' });
    expect(fault(formatNote(note), otherLog)).toEqual({ ok: false, fault: 'signature' });
    const foreign = { ...note, text: formatCheckpoint({ origin: 'other', size: 7, root }) };
    expect(fault(formatNote(foreign))).toEqual({ ok: false, fault: 'origin' });
    const edited = { ...note, text: formatCheckpoint({ origin: ORIGIN, size: 8, root }) };
    expect(fault(formatNote(edited))).toEqual({ ok: false, fault: 'signature' });
  });

  it('are not made from what is none', () => {
    const good = { origin: ORIGIN, size: 7, root };
    for (const origin of ['', 'two\nlines'])
      expect(() => formatCheckpoint({ ...good, origin })).toThrow('an origin is one line');
    for (const size of [-1, 0.5, 2 ** 53])
      expect(() => formatCheckpoint({ ...good, size })).toThrow('a size counts entries');
    expect(() => formatCheckpoint({ ...good, root: Buffer.alloc(31) })).toThrow('32 bytes');
    expect(() => signCheckpoint({ ...good, origin: 'x' }, log)).toThrow('under its origin');
  });
});

describe('cosignatures', () => {
  let signature: NoteSignature;

  beforeEach(() => {
    signature = cosign(text, witness, 1_679_315_147);
  });

  it('say when a witness saw the checkpoint', () => {
    expect(cosignedAt(text, signature, witness)).toBe(1_679_315_147);
    expect(signature.bytes).toHaveLength(72);
    expect(signature.bytes.readBigUInt64BE()).toBe(1_679_315_147n);
    expect(cosignedAt(text, cosign(text, witness, 0), witness)).toBe(0);
  });

  it('are over the text that C2SP prescribes', () => {
    const message = `cosignature/v1\ntime 1679315147\n${text}`;
    const plain = signNote(message, { ...witness, purpose: 'note' });
    expect(signature.bytes.subarray(8)).toEqual(plain.signatures[0]?.bytes);
  });

  it('are refused over other text, from another key and with another time', () => {
    const other = signingKey(witness.name, Buffer.alloc(32, 8), 'cosignature');
    const later = Buffer.from(signature.bytes);
    later[7] = 0xff;
    const huge = Buffer.from(signature.bytes);
    huge[0] = 0x7f;
    expect(cosignedAt(`${text}x\n`, signature, witness)).toBeUndefined();
    expect(cosignedAt(text, signature, other)).toBeUndefined();
    expect(cosignedAt(text, { ...signature, keyId: other.id }, other)).toBeUndefined();
    expect(cosignedAt(text, signature, { ...witness, name: 'x' })).toBeUndefined();
    expect(cosignedAt(text, signature, { ...witness, purpose: 'note' })).toBeUndefined();
    for (const bytes of [later, huge, Buffer.alloc(8), Buffer.alloc(7), Buffer.alloc(72)])
      expect(cosignedAt(text, { ...signature, bytes }, witness)).toBeUndefined();
  });

  it('are found among other signatures', () => {
    const stranger = signingKey('stranger', Buffer.alloc(32, 6), 'cosignature');
    const broken = { ...signature, bytes: Buffer.alloc(72) };
    const cosigned = { text, signatures: [...note.signatures, broken, signature] };
    expect(cosigners(cosigned, [stranger, witness])).toEqual([witness]);
    expect(cosigners(note, [stranger, witness])).toEqual([]);
    expect(cosigners({ text, signatures: [broken] }, [witness])).toEqual([]);
  });

  it('are made only of checkpoints, in whole seconds, by a witness', () => {
    expect(() => cosign('no checkpoint\n', witness, 1)).toThrow('only checkpoints are cosigned');
    for (const seconds of [-1, 0.5, 2 ** 53])
      expect(() => cosign(text, witness, seconds)).toThrow('time is in whole seconds');
    expect(() => cosign(text, log, 1)).toThrow('this key signs notes');
  });
});
