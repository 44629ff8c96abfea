import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Client } from 'pg';
import type { Finding } from '#libs/audit';
import { signingKey } from '#libs/merkle';
import { createApplication } from '../../src/bootstrap.js';
import {
  type AuditReport,
  HttpSource,
  audit,
  auditDump,
  backupDatabase,
} from '../../src/audit/index.js';
import type { TestDatabase } from '../support/database.js';
import { completion } from '../support/world.js';
import {
  type Victim,
  change,
  changeLeaf,
  coverInPostings,
  rewriteLog,
  unbound,
  victims,
} from './crimes.js';
import { BULK, type Evidence, auditDatabase, gatherEvidence } from './ledger.js';

jest.setTimeout(60_000);

let evidence: Evidence;
let copy: TestDatabase;
let root: Client;

beforeAll(async () => {
  evidence = await gatherEvidence();
});

afterAll(() => evidence.close());

beforeEach(async () => {
  copy = await evidence.copy();
  root = new Client({ connectionString: copy.adminUrl });
  await root.connect();
});

afterEach(() => root.end());

/** From inside the database, with what is kept outside. */
function look(url = copy.url): Promise<AuditReport> {
  const { key, checkpointFile } = evidence;
  return auditDatabase(url, { key, checkpointFile });
}

/** From a backup of the tampered database, without any server. */
async function lookIntoDump(options: { checkpointFile?: string } = {}): Promise<AuditReport> {
  const file = join(evidence.folder, `${randomUUID()}.tar.gz`);
  await backupDatabase(copy.url, { file });
  return auditDump(file, { key: evidence.key, ...options });
}

/** From the street, over HTTP; the service runs on the tampered database. */
async function lookFromOutside(checkpointFile?: string): Promise<AuditReport> {
  const app = await createApplication({ ...evidence.bank.config, databaseUrl: copy.url });
  try {
    await app.listen(0, '127.0.0.1');
    const source = new HttpSource(`${await app.getUrl()}/v1/log`);
    return await audit(source, { key: evidence.key, checkpointFile });
  } finally {
    await app.close();
  }
}

type Brief = [Finding['kind'], number | null, string | null];

const brief = ({ kind, index, entryId }: Finding): Brief => [kind, index, entryId];
const briefs = (report: AuditReport): Brief[] => report.findings.map(brief);

async function pick(condition: string, at = 0): Promise<Victim> {
  return (await victims(root, condition))[at]!;
}

/** An entry of the bulk posting, by its place there. */
const inBulk = (pos: number): string => `e.posting_pos = ${pos} AND l.entries = ${BULK}`;

describe('an untouched ledger', () => {
  it('is clean, from the database and from outside', async () => {
    const report = await look();
    expect(report).toMatchObject({ clean: true, findings: [], notes: [] });
    expect([report.entries, report.log.size]).toEqual([evidence.size, evidence.size]);
    expect(evidence.size).toBe(40 + BULK + 4);
    const { checkpointFile } = evidence;
    expect(await lookFromOutside(checkpointFile)).toMatchObject({ clean: true });
    const { entries, ...dumped } = await lookIntoDump({ checkpointFile });
    expect(dumped).toMatchObject({ clean: true, notes: [] });
    expect(entries).toBe(evidence.size);
  });

  it('is clean while it grows, and entries that wait for the log are held to their hash', async () => {
    const config = { ...evidence.bank.config, databaseUrl: copy.url };
    const app = await createApplication({ ...config, role: 'app' });
    const { key } = evidence.bank.school;
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/completions',
      headers: { authorization: `Bearer ${key}` },
      payload: completion(77),
    });
    await app.close();
    expect(answer.statusCode).toBe(201);
    expect(await look()).toMatchObject({ clean: true, waiting: 1 });
    expect(await lookIntoDump()).toMatchObject({ clean: true, waiting: 1 });
    await unbound(root, async () => {
      await root.query(
        `UPDATE entry SET amount = 9000, available_after = 9000
          WHERE posting_id IN (SELECT posting_id FROM feed)`,
      );
    });
    expect(briefs(await look())).toEqual([['edited', null, expect.stringMatching(/\.0$/)]]);
  });
});

describe('a superuser who changes an entry', () => {
  const ANOTHER = `'019f0000-0000-7005-8000-00000000abcd'`;

  it.each([
    ['its amount', inBulk(17), 'amount = amount * 2, available_after = available_after * 2'],
    ['its learner', inBulk(30), `learner_id = ${ANOTHER}, bucket = 5`],
    ['its outcome', inBulk(44), 'commitment = sha256(commitment)'],
    ['its rule version', 'e.kind = 3', 'rule_hash = sha256(rule_hash)'],
    ['its time', inBulk(50), `recorded_at = recorded_at - interval '1 day'`],
    ['its time, by less than a millisecond', inBulk(51), `recorded_at = recorded_at + '1 us'`],
    ['its day of expiry', inBulk(60), `expires_on = '2099-12-31'`],
    ['its bucket, where its learner no longer sees it', inBulk(61), 'bucket = (bucket + 1) % 1024'],
    ['its reason, to two lines', inBulk(62), `reason = E'a\\nb'`],
  ])('%s is named', async (_what, condition, set) => {
    const victim = await pick(condition);
    await change(root, victim, set);
    expect(briefs(await look())).toEqual([['edited', victim.index, victim.entryId]]);
    expect(briefs(await lookIntoDump())).toEqual([['edited', victim.index, victim.entryId]]);
    const [outside] = briefs(await lookFromOutside());
    // The service reads whole milliseconds, and a bucket is no part of an entry.
    if (!/bucket =|us'/.test(set)) expect(outside?.[1]).toBe(victim.index);
  });

  it('its lot is named, with the lot it claims to be', async () => {
    const victim = await pick(inBulk(45));
    await change(root, victim, `lot_id = ${ANOTHER}`);
    const [first] = briefs(await look());
    expect(first).toEqual(['edited', victim.index, '019f0000-0000-7005-8000-00000000abcd.0']);
  });

  it('is named as well when the hash in the posting is changed with it', async () => {
    const victim = await pick(inBulk(17));
    await change(root, victim, 'amount = 5, available_after = 5');
    await unbound(root, () => coverInPostings(root));
    expect(briefs(await look())).toEqual([['edited', victim.index, victim.entryId]]);
  });

  it('is named as well when the log’s tiles are changed with it, unsigned', async () => {
    const victim = await pick(inBulk(17));
    await changeLeaf(root, victim.index);
    const report = await look();
    expect(report.findings.map(({ kind }) => kind)).toContain('log-altered');
    expect(brief(report.findings.find(({ kind }) => kind === 'hash-altered')!)).toEqual([
      'hash-altered',
      victim.index,
      victim.entryId,
    ]);
  });

  it('the time of a posting is named with its first entry', async () => {
    const victim = await pick(inBulk(0));
    await unbound(root, async () => {
      await root.query(
        `UPDATE posting SET recorded_at = recorded_at - interval '1 day' WHERE entries = ${BULK}`,
      );
    });
    const report = await look();
    expect(briefs(report)[0]).toEqual(['edited', victim.index, victim.entryId]);
    expect(report.findings).toHaveLength(BULK);
  });
});

describe('a superuser who removes entries', () => {
  it('from the middle is named with the first that is gone', async () => {
    const gone = await victims(root, `l.entries = ${BULK} AND e.posting_pos BETWEEN 100 AND 102`);
    await unbound(root, async () => {
      for (const { lotId } of gone)
        await root.query('DELETE FROM entry WHERE lot_id = $1', [lotId]);
    });
    const [first, ...others] = (await look()).findings;
    expect(first).toMatchObject({
      kind: 'deleted',
      index: gone[0]!.index,
      count: 3,
      postingId: gone[0]!.postingId,
      postingPos: 100,
    });
    expect(others).toEqual([]);
    expect((await lookIntoDump()).findings).toEqual([first]);
    expect((await lookFromOutside()).findings[0]).toMatchObject({
      kind: 'deleted',
      index: gone[0]!.index,
      count: 3,
    });
  });

  it('with their posting and every trace beside the log is named too', async () => {
    const victim = await pick('e.lot_seq = 0', 5);
    await unbound(root, async () => {
      for (const table of ['entry', 'posting', 'log_posting']) {
        await root.query(`DELETE FROM ${table} WHERE posting_id = $1`, [victim.postingId]);
      }
    });
    expect(briefs(await look())).toEqual([['deleted', victim.index, null]]);
    expect(briefs(await lookIntoDump())).toEqual([['deleted', victim.index, null]]);
  });

  it('from the tail is named', async () => {
    const tail = await victims(root, `l.first_index >= ${evidence.size - 5}`);
    await unbound(root, async () => {
      for (const table of ['entry', 'posting', 'log_posting']) {
        await root.query(`DELETE FROM ${table} WHERE posting_id = ANY($1)`, [
          tail.map(({ postingId }) => postingId),
        ]);
      }
    });
    expect(briefs(await look())).toEqual([['truncated', evidence.size - 5, null]]);
    expect(briefs(await lookIntoDump())).toEqual([['truncated', evidence.size - 5, null]]);
    expect(briefs(await lookFromOutside())).toEqual([['truncated', evidence.size - 5, null]]);
  });

  it('from the tail of the log as well, signed again, is found by what was kept outside', async () => {
    const tail = await victims(root, `l.first_index >= ${evidence.size - 5}`);
    await unbound(root, async () => {
      for (const table of ['entry', 'posting', 'log_posting']) {
        await root.query(`DELETE FROM ${table} WHERE posting_id = ANY($1)`, [
          tail.map(({ postingId }) => postingId),
        ]);
      }
      await rewriteLog(root, logKey());
    });
    const blind = await auditDatabase(copy.url, { key: evidence.key });
    expect(blind.clean).toBe(true);
    expect(blind.notes.join()).toContain('--checkpoint');
    const report = await look();
    expect(report.findings).toMatchObject([
      { kind: 'truncated', index: evidence.size - 5, count: 5 },
    ]);
    expect(briefs(await lookFromOutside(evidence.checkpointFile))).toEqual([
      ['truncated', evidence.size - 5, null],
    ]);
  });
});

describe('a superuser who adds or moves entries', () => {
  const COLUMNS = `bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id, settles_seq,
    amount, available_after, held_after, recorded_at, issuer_id, reference, expires_on, occurred_on,
    rule_hash, commitment, reason, programme`;
  const NEW_LOT = '019f0000-0000-7005-8000-00000000beef';
  const copied = COLUMNS.replace('lot_id', `'${NEW_LOT}'`);

  it('in a posting of its own is named', async () => {
    const like = await pick(inBulk(9));
    await unbound(root, async () => {
      await root.query(
        `INSERT INTO entry (${COLUMNS}, posting_id, posting_pos)
         SELECT ${copied}, '019f0000-0000-7005-8000-00000000aaaa', 0 FROM entry WHERE lot_id = $1
          ORDER BY lot_seq LIMIT 1`,
        [like.lotId],
      );
    });
    expect(briefs(await look())).toEqual([['inserted', null, `${NEW_LOT}.0`]]);
    expect(briefs(await lookIntoDump())).toEqual([['inserted', null, `${NEW_LOT}.0`]]);
  });

  it.each([
    ['at the end of a posting', BULK],
    ['in the middle of one', 12],
  ])('%s is named', async (_where, pos) => {
    const like = await pick(inBulk(9));
    await unbound(root, async () => {
      await root.query(
        `INSERT INTO entry (${COLUMNS}, posting_id, posting_pos)
         SELECT ${copied}, posting_id, ${pos} FROM entry WHERE lot_id = $1 ORDER BY lot_seq LIMIT 1`,
        [like.lotId],
      );
    });
    expect(briefs(await look())).toEqual([['inserted', null, `${NEW_LOT}.0`]]);
    expect(briefs(await lookIntoDump())).toEqual([['inserted', null, `${NEW_LOT}.0`]]);
  });

  it('swaps two in a posting, and both are named with each other’s place', async () => {
    const [one, other] = [await pick(inBulk(20)), await pick(inBulk(200))];
    await change(root, one, 'posting_pos = 200');
    await change(root, other, 'posting_pos = 20');
    const { findings } = await look();
    expect(findings.map(brief)).toEqual([
      ['swapped', one.index, other.entryId],
      ['swapped', other.index, one.entryId],
    ]);
    expect(findings[0]!.detail).toContain(`number ${other.index}`);
    expect(briefs(await lookFromOutside())).toEqual([
      ['swapped', one.index, null],
      ['swapped', other.index, null],
    ]);
  });

  it('swaps the learners of two, and both are named', async () => {
    const [one, other] = [await pick(inBulk(20)), await pick(inBulk(21))];
    await unbound(root, async () => {
      await root.query(
        `UPDATE entry e SET learner_id = o.learner_id, bucket = o.bucket FROM lot_owner o
          WHERE (e.lot_id, o.lot_id) IN (($1, $2), ($2, $1))`,
        [one.lotId, other.lotId],
      );
    });
    expect(briefs(await look())).toEqual([
      ['edited', one.index, one.entryId],
      ['edited', other.index, other.entryId],
    ]);
  });
});

describe('a superuser who has the log’s key and writes everything anew from one entry on', () => {
  let victim: Victim;

  beforeEach(async () => {
    victim = await pick(inBulk(123));
    await change(root, victim, 'amount = 9999, available_after = 9999');
    await unbound(root, async () => {
      await coverInPostings(root);
      await rewriteLog(root, logKey());
    });
  });

  it('is found by the checkpoint kept outside, and the first entry is named', async () => {
    expect((await auditDatabase(copy.url, { key: evidence.key })).clean).toBe(true);
    const { findings } = await look();
    expect(findings.map(brief)).toEqual([['rewritten', victim.index, victim.entryId]]);
    expect(findings[0]).toMatchObject({ count: evidence.size - victim.index });
    const { checkpointFile } = evidence;
    expect((await lookIntoDump({ checkpointFile })).findings).toEqual(findings);
  });

  it('is found by the checkpoint alone when its leaves were not kept', async () => {
    const bare = join(evidence.folder, 'bare.checkpoint');
    writeFileSync(bare, readFileSync(evidence.checkpointFile));
    const report = await auditDatabase(copy.url, { key: evidence.key, checkpointFile: bare });
    expect(briefs(report)).toEqual([['rewritten', null, null]]);
    rmSync(bare);
  });

  it('is found from the street', async () => {
    const report = await lookFromOutside(evidence.checkpointFile);
    expect(briefs(report)).toEqual([['rewritten', victim.index, null]]);
  });

  it('is found when another key signed', async () => {
    const { name } = evidence.key;
    await unbound(root, () => rewriteLog(root, signingKey(name, Buffer.alloc(32, 7))));
    const report = await auditDatabase(copy.url, { key: evidence.key });
    expect(report.findings.map(({ kind }) => kind)).toEqual(['signature']);
  });
});

describe('a checkpoint', () => {
  it('is not kept of a log in which something is wrong', async () => {
    await change(root, await pick(inBulk(17)), 'amount = 5, available_after = 5');
    const saveFile = join(evidence.folder, 'bad.checkpoint');
    const report = await auditDatabase(copy.url, { key: evidence.key, saveFile });
    expect(report.notes.join()).toContain('not kept');
    expect(() => readFileSync(saveFile)).toThrow('ENOENT');
  });
});

function logKey(): ReturnType<typeof signingKey> {
  return signingKey(evidence.key.name, evidence.bank.config.logKey);
}
