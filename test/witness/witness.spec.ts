import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cosignedAt, cosigners, openCheckpoint, parseNote, signingKey } from '#libs/merkle';
import {
  type Outcome,
  type WatchedLog,
  Witness,
  WitnessError,
  WitnessState,
} from '../../src/witness/index.js';
import { ToyLog } from '../support/toy-log.js';

const key = signingKey('bank.example/v1/log', Buffer.alloc(32, 1));
const impostor = signingKey(key.name, Buffer.alloc(32, 2));
const signer = signingKey('school.example/witness', Buffer.alloc(32, 7), 'cosignature');
const NOW = 1_764_000_000;

describe('a witness', () => {
  let log: ToyLog;
  let watched: WatchedLog;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'creditbank-witness-'));
    log = new ToyLog(key);
    const url = `${await log.open()}/v1/log`;
    watched = { key, url, cosignatures: `${url}/cosignatures` };
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  function look({ mayBegin = true, state = new WitnessState(folder) } = {}): Promise<Outcome> {
    return new Witness({ signer, state, mayBegin, now: () => NOW }).look(watched);
  }

  /** Sizes under which the log has the witness's signature. */
  const signedSizes = (): number[] =>
    log.received.map((text) => {
      const opened = openCheckpoint(text, key);
      if (!opened.ok || cosigners(opened.note, [signer]).length !== 1) throw new Error(text);
      return opened.checkpoint.size;
    });

  it('cosigns a log as long as it goes on from what it signed before', async () => {
    for (const more of [0, 1, 0, 5, 300]) {
      log.grow(more);
      expect(await look()).toEqual({ kind: 'cosigned', log: key.name, size: log.leaves.length });
    }
    expect(signedSizes()).toEqual([0, 1, 1, 6, 306]);
    const note = parseNote(log.received[4] ?? '');
    const own = note?.signatures.at(-1);
    expect(note && own && cosignedAt(note.text, own, signer)).toBe(NOW);
  });

  it('signs nothing of a log it never saw, unless somebody says that this is the first time', async () => {
    log.grow(3);
    await expect(look({ mayBegin: false })).rejects.toThrow(WitnessError);
    expect(log.received).toEqual([]);
    await look();
    expect(await look({ mayBegin: false })).toMatchObject({ kind: 'cosigned' });
  });

  it('finds a forked log, keeps both histories as evidence, and never signs again', async () => {
    log.grow(10);
    await look();
    const before = log.checkpoint();
    log.leaves = [];
    log.grow(15, 'another entry');
    const outcome = await look();
    expect(outcome).toMatchObject({ kind: 'forked', log: key.name });
    const evidence = readFileSync((outcome as { evidence: string }).evidence, 'utf8');
    // Both are signed by the log: whoever has its key can see that it lied.
    expect(evidence).toContain(before);
    expect(evidence).toContain(log.checkpoint());
    expect(signedSizes()).toEqual([10]);
    log.leaves = [];
    log.grow(20);
    await expect(look()).rejects.toThrow(/two histories/);
    expect(signedSizes()).toEqual([10]);
  });

  it('finds another root at the same size', async () => {
    log.grow(10);
    await look();
    log.leaves.pop();
    log.grow(1, 'edited');
    expect(await look()).toMatchObject({ kind: 'forked', detail: 'two roots at 10 entries' });
    expect(signedSizes()).toEqual([10]);
  });

  it('never signs a smaller tree: neither one that lags behind nor one that was cut and grew anew', async () => {
    log.grow(10);
    await look();
    const all = log.leaves;
    log.leaves = all.slice(0, 7);
    expect(await look()).toMatchObject({ kind: 'smaller' });
    log.leaves = all;
    expect(await look()).toMatchObject({ kind: 'cosigned', size: 10 });
    log.leaves = all.slice(0, 7);
    log.grow(8, 'another entry');
    expect(await look()).toMatchObject({ kind: 'forked' });
    expect(signedSizes()).toEqual([10, 10]);
  });

  it('is not moved by who does not have the key of the log', async () => {
    log.grow(4);
    await look();
    log.signer = impostor;
    expect(await look()).toMatchObject({ kind: 'refused' });
    log.signer = key;
    for (const answers of [
      { status: 200, text: 'nonsense' },
      { status: 500, text: '' },
      { status: 200, text: 'x'.repeat(70_000) },
      { status: 200, text: log.checkpoint().replace('\n4\n', '\n5\n') },
    ]) {
      log.answers = answers;
      expect(['refused', 'unreachable']).toContain((await look()).kind);
    }
    log.answers = undefined;
    expect(await look()).toMatchObject({ kind: 'cosigned', size: 4 });
    expect(readdirSync(folder).filter((name) => name.startsWith('evidence'))).toEqual([]);
  });

  it('says when the log is not there, and when it does not take the signature', async () => {
    log.grow(1);
    log.takes = 422;
    expect(await look()).toMatchObject({ kind: 'refused' });
    await log.close();
    expect(await look()).toMatchObject({ kind: 'unreachable' });
    log = new ToyLog(key);
  });

  it('remembers before it signs: killed in between, it is not led to another history', async () => {
    log.grow(10);
    await look();
    log.grow(5);
    // Killed behind the disk and before the signature went out.
    log.takes = 503;
    expect(await look()).toMatchObject({ kind: 'refused' });
    log.takes = 201;
    log.leaves = log.leaves.slice(0, 10);
    log.grow(6, 'another entry');
    expect(await look()).toMatchObject({ kind: 'forked' });
  });

  it('remembers nothing when it is killed before the disk, and passes over half a file', async () => {
    log.grow(10);
    await look();
    class Killed extends WitnessState {
      override keep(): Promise<void> {
        writeFileSync(join(folder, `${encodeURIComponent(key.name)}.checkpoint.new`), 'bank.exam');
        return Promise.reject(new Error('killed'));
      }
    }
    log.grow(5);
    await expect(look({ state: new Killed(folder) })).rejects.toThrow('killed');
    expect(signedSizes()).toEqual([10]);
    expect(await look({ mayBegin: false })).toMatchObject({ kind: 'cosigned', size: 15 });
  });

  it('does not begin anew over a memory that is damaged', async () => {
    log.grow(10);
    await look();
    const [file = ''] = readdirSync(folder);
    for (const damage of ['', 'half a check', log.checkpoint().replace('\n10\n', '\n1\n')]) {
      writeFileSync(join(folder, file), damage);
      await expect(look()).rejects.toThrow(/damaged/);
    }
    expect(signedSizes()).toEqual([10]);
  });
});
