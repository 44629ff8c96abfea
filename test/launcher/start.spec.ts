import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, House, type Start } from './house.js';

jest.setTimeout(120_000);

let house: House;
let port: number;
const starts: Start[] = [];

beforeAll(async () => {
  house = new House();
  port = await freePort();
});

afterAll(async () => {
  for (const { process } of starts) process.kill('SIGTERM');
  await Promise.all(starts.map((start) => start.ended()));
  house.remove();
});

function start(env?: Record<string, string>, on = port): Start {
  const begun = house.start(on, env);
  starts.push(begun);
  return begun;
}

async function askService(on = port): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${on}/`)).json();
}

async function isAnswering(): Promise<boolean> {
  return askService().then(
    () => true,
    () => false,
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

// One house for all: each step begins with what the step before it left, as in a day of work.
describe('npm start', () => {
  it('builds, starts a durable PostgreSQL and the service, and stops both on Ctrl-C', async () => {
    const first = start();
    await first.ready();
    expect(first.output()).toMatch(/✓ server build +built/);
    expect(first.output()).toMatch(/✓ PostgreSQL +started on port \d+/);
    expect(await askService()).toEqual({ starts: 1, fsync: 'on' });

    first.process.kill('SIGINT');
    expect(await first.ended()).toBe(0);
    expect(first.output()).toContain('stopped by SIGTERM');
    expect(first.output()).toMatch(/✓ PostgreSQL +stopped/);
    expect(await isAnswering()).toBe(false);
    expect(house.hasPostgres()).toBe(false);
  });

  it('builds nothing the second time, and calls no npm', async () => {
    const second = start({ npm_config_registry: 'http://127.0.0.1:1' });
    await second.ready();
    expect(second.output()).toMatch(/✓ server build +up to date/);
    expect(second.output()).toMatch(/✓ pages build +up to date/);
    expect(await askService()).toEqual({ starts: 2, fsync: 'on' });
  });

  it('refuses a second start with the same DATA_DIR, and says what to do', async () => {
    const third = start({}, await freePort());
    expect(await third.ended()).toBe(1);
    expect(third.output()).toContain(`http://127.0.0.1:${port}`);
    expect(third.output()).toContain('DATA_DIR=.data2');
  });

  it('runs a second one beside it on another port and DATA_DIR', async () => {
    const otherPort = await freePort();
    const beside = start({ DATA_DIR: join(house.folder, 'beside') }, otherPort);
    await beside.ready();
    expect(await askService(otherPort)).toEqual({ starts: 1, fsync: 'on' });
    beside.process.kill('SIGTERM');
    expect(await beside.ended()).toBe(0);
    expect(await isAnswering()).toBe(true);
  });

  it('after kill -9 the service ends, and the next start takes PostgreSQL over', async () => {
    const { launcher, postgres } = house.pids();
    process.kill(launcher, 'SIGKILL');
    await until(async () => !(await isAnswering()));
    const next = start();
    await next.ready();
    expect(next.output()).toContain('still running from before');
    expect(house.pids().postgres).toBe(postgres);
    expect(await askService()).toEqual({ starts: 3, fsync: 'on' });
  });

  it('starts after kill -9 of launcher, service and PostgreSQL at once', async () => {
    for (const pid of Object.values(house.pids())) process.kill(pid, 'SIGKILL');
    const next = start();
    await next.ready();
    expect(next.output()).toMatch(/✓ PostgreSQL +started on port/);
    expect(await askService()).toEqual({ starts: 4, fsync: 'on' });
  });

  it('ends with the service when the service ends by itself', async () => {
    const { application } = house.pids();
    process.kill(application, 'SIGKILL');
    await starts.at(-1)?.ended();
    expect(starts.at(-1)?.output()).toContain('the service ended by itself');
    expect(house.hasPostgres()).toBe(false);
  });

  it('is not misled by a pid file whose number belongs to somebody else', async () => {
    const file = join(house.dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(file, `${process.pid}\n${house.dataDir}/postgres\n0\n${port}\n`);
    const next = start();
    await next.ready();
    expect(await askService()).toEqual({ starts: 5, fsync: 'on' });
    next.process.kill('SIGTERM');
    expect(await next.ended()).toBe(0);
  });

  it('names the port that is in use', async () => {
    const squatter = createServer().listen(port, '127.0.0.1');
    const refused = start();
    expect(await refused.ended()).toBe(1);
    expect(refused.output()).toContain(`Port ${port} on 127.0.0.1 is in use`);
    squatter.close();
  });

  it('shows why a build failed', async () => {
    house.write('src/broken.ts', 'export const broken: number = "text";');
    const failed = start();
    expect(await failed.ended()).toBe(1);
    expect(failed.output()).toContain('TS2322');
  });
});
