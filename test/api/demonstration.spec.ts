import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import iconv from 'iconv-lite';
import { createApplication } from '../../src/bootstrap.js';
import { demonstrationHint } from '../../src/demonstration/index.js';
import type { DemoFile } from '../../src/demonstration/demo-file.js';
import { readDemoFile } from '../../src/demonstration/demo-file.js';
import { Database } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

const run = promisify(execFile);

// The command line starts processes of its own, several of them in one test.
jest.setTimeout(90_000);

describe('the demonstration district', () => {
  let bank: TestApp;
  let demo: DemoFile;

  beforeAll(async () => {
    bank = await startTestApp({ seedDemonstration: true });
    demo = readDemoFile(bank.config) as DemoFile;
  });

  afterAll(() => bank.close());

  const accountOf = (name: string) => demo.accounts.find((account) => account.name === name)!;

  const signIn = async (name: string) => {
    const { password } = accountOf(name);
    const answer = await bank.http.post('/v1/session').send({ name, password });
    return { answer, cookie: String(answer.headers['set-cookie']).split(';')[0]! };
  };

  const count = async (sql: string): Promise<number> => {
    const rows = await bank.app.get(Database).dataSource.query<{ n: string }[]>(sql);
    return Number(rows[0]?.n);
  };

  it('fills the books through the front doors', async () => {
    expect(await count('SELECT count(*) AS n FROM learner')).toBe(307);
    expect(await count('SELECT count(*) AS n FROM learning_outcome')).toBeGreaterThan(1400);
    expect(await count('SELECT count(*) AS n FROM entry')).toBeGreaterThan(1300);
  });

  it('has programmes with rules, and a conversion in every state that lasts', async () => {
    expect(demo.programmes).toEqual(
      expect.arrayContaining([
        'HEALTH-OU',
        'LOGISTICS-3Y',
        'LOGISTICS-TOPUP',
        'SKILL-ASSOCIATE',
        'SKILL-BACHELOR',
      ]),
    );
    const states = ['booked', 'in-review', 'refused', 'rejected', 'returned', 'withdrawn'];
    const rows = await bank.app
      .get(Database)
      .dataSource.query<{ state: string }[]>('SELECT DISTINCT state FROM application ORDER BY 1');
    expect(rows.map(({ state }) => state)).toEqual(states);
  });

  it('has applications waiting where the accounts that it names first look', async () => {
    for (const name of ['registrar.polytechnic', 'admissions.jiangan', 'registrar.open']) {
      const { cookie } = await signIn(name);
      const { body } = await bank.http.get('/v1/applications/waiting').set('cookie', cookie);
      expect([name, body.waiting]).toEqual([name, name === 'registrar.open' ? 2 : 3]);
    }
  });

  it('writes demo.json for its owner only', () => {
    expect(statSync(join(bank.config.dataDir, 'demo.json')).mode & 0o777).toBe(0o600);
    expect(demo.baseUrl).toBe(bank.config.publicUrl);
  });

  it('lets every account sign in', async () => {
    for (const { name, roles, learnerId } of demo.accounts) {
      const { answer } = await signIn(name);
      expect(answer.status).toBe(200);
      expect(answer.body.account.roles).toEqual(roles);
      expect(answer.body.account.learnerId).toBe(learnerId ?? null);
    }
  });

  it('has a key of each role that works with keys', async () => {
    for (const { key, roles } of demo.keys) {
      const answer = await bank.http.get('/v1/session').set('authorization', `Bearer ${key}`);
      expect(answer.body.account.roles).toEqual(roles);
    }
    const roles = new Set(demo.keys.flatMap((key) => key.roles));
    expect([...roles].sort()).toEqual([
      'admissions',
      'approver',
      'authority',
      'issuer',
      'operator',
      'registrar',
      'rule-author',
    ]);
  });

  it('shows a learner her balance', async () => {
    const { cookie } = await signIn('learner.he');
    const { body } = await bank.http.get('/v1/learners/me/balance').set('cookie', cookie);
    expect(body.learnerId).toBe(accountOf('learner.he').learnerId);
    expect(body.total).toMatchObject({ available: expect.stringMatching(/^\d+(\.\d+)?$/) });
  });

  it('tells in the terminal how to sign in', () => {
    expect(demonstrationHint(bank.config).join('\n')).toContain(accountOf('learner.he').password);
    expect(demonstrationHint({ ...bank.config, dataDir: '/nowhere' })[0]).toContain('demo.json');
    expect(demonstrationHint({ ...bank.config, seedDemonstration: false })).toEqual([]);
  });

  it('is seeded once; a later start at another port keeps the secrets', async () => {
    const learners = await count('SELECT count(*) AS n FROM learner');
    const moved = { ...bank.config, publicUrl: 'http://127.0.0.1:29999' };
    const second = await createApplication(moved);
    await second.close();
    expect(await count('SELECT count(*) AS n FROM learner')).toBe(learners);
    expect(readDemoFile(bank.config)).toEqual({ ...demo, baseUrl: moved.publicUrl });
  });

  describe('an account for somebody new', () => {
    const open = (role: string, learnerId: string) => {
      const { key } = demo.keys.find(({ roles }) => roles.includes(role))!;
      return bank.http
        .post('/v1/demonstration/accounts')
        .set('authorization', `Bearer ${key}`)
        .send({ learnerId });
    };
    // Notable learners stand in demo.json in the order of notable.yaml; the sixth has no account.
    const somebody = () => demo.learners[5]!.id;

    it('is opened by the operator, once', async () => {
      const first = await open('operator', somebody());
      expect(first.status).toBe(201);
      const session = await bank.http.post('/v1/session').send(first.body);
      expect(session.body.account.learnerId).toBe(somebody());
      const { key } = demo.keys.find(({ roles }) => roles.includes('operator'))!;
      const history = await bank.http
        .get(`/v1/administrative-events?subject=${session.body.account.id}`)
        .set('authorization', `Bearer ${key}`);
      expect(history.body.items).toMatchObject([
        { action: 'opened', subjectKind: 'account', after: { roles: ['learner'] } },
      ]);
      const second = await open('operator', somebody());
      expect([second.status, second.body.code]).toEqual([409, 'learner-has-account']);
    });

    it('is not opened by anybody else, nor for nobody', async () => {
      expect((await open('registrar', somebody())).status).toBe(403);
      expect((await open('operator', '01989898-0000-7000-8000-000000000000')).status).toBe(404);
    });
  });

  describe('the command line', () => {
    let url: string;

    beforeAll(async () => {
      await bank.app.listen(20_000 + randomInt(12_000), '127.0.0.1');
      url = await bank.app.getUrl();
    });

    /** Exit code and output of `creditbank …`. */
    const creditbank = async (args: string[], dataDir = bank.config.dataDir) => {
      const { databaseUrl, masterKey, indexKey, logKey } = bank.config;
      const env = {
        ...process.env,
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        ALLOW_DATA_LOSS: 'true',
        MASTER_KEY: masterKey.toString('hex'),
        INDEX_KEY: indexKey.toString('hex'),
        LOG_KEY: logKey.toString('hex'),
      };
      const command = ['bin/creditbank.mjs', ...args];
      try {
        const { stdout } = await run(process.execPath, command, { env });
        return { code: 0, stdout, stderr: '' };
      } catch (error) {
        return error as { code: number; stdout: string; stderr: string };
      }
    };

    it('replays the main job as often as one likes', async () => {
      for (let round = 1; round <= 2; round += 1) {
        const { code, stdout } = await creditbank(['demo', '--json', '--url', url]);
        const steps = stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { ok: boolean });
        expect(steps.filter(({ ok }) => !ok)).toEqual([]);
        expect(steps.length).toBeGreaterThan(15);
        expect(code).toBe(0);
      }
    });

    it('imports a GB18030 file and ends with 1 because a row is bad', async () => {
      const file = join(bank.config.dataDir, 'gb.csv');
      const [head, good] = [
        '外部编号,姓名,身份证号,成果代码,完成日期,成绩',
        `QS-1,赵若曦,500199200904165986,SVS-MATH,2026-07-01,88`,
      ];
      const bad = good.replace('QS-1', 'QS-2').replace('5986', '5987');
      writeFileSync(file, iconv.encode([head, good, bad, ''].join('\r\n'), 'gb18030'));
      const args = ['import', file, '--institution', 'qingshan-vocational', '--url', url];
      const dryRun = await creditbank([...args, '--json']);
      expect(dryRun.code).toBe(1);
      expect(JSON.parse(dryRun.stdout)).toMatchObject({
        state: 'checked',
        encoding: 'gb18030',
        rows: { fit: 1, faulty: 1, posted: 0 },
      });
      const committed = await creditbank([...args, '--commit']);
      expect(committed.stdout).toContain('1 posted');
      expect(committed.stdout).toContain('row 3, 身份证号');
    });

    it('says what is missing and ends with 2 when it cannot run', async () => {
      const noFile = await creditbank(['demo'], '/nowhere');
      expect([noFile.code, noFile.stderr]).toEqual([2, expect.stringContaining('npm start')]);
      const noService = await creditbank(['demo', '--url', 'http://127.0.0.1:1']);
      expect([noService.code, noService.stderr]).toEqual([
        2,
        expect.stringContaining('does not answer'),
      ]);
    });

    it('finds everything in order but the durability of a throw-away server', async () => {
      const { code, stdout } = await creditbank(['doctor', '--json', '--url', url]);
      const checks = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { name: string; ok: boolean });
      const names = checks.filter(({ ok }) => !ok).map(({ name }) => name);
      // The server of the tests syncs nothing, and the doctor says so.
      const unsafe = ['fsync', 'full_page_writes', 'synchronous_commit'];
      expect(names).toEqual(unsafe.map((setting) => `PostgreSQL ${setting}`));
      expect(code).toBe(1);
    });
  });
});
