import { Command } from 'commander';
import { withConnection } from '../lib/postgres/bootstrap.mjs';
import { dataDirOf, runningUrl } from './database.mjs';
import { demoFilePath, findDemoFile } from './demo-file.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';
import { Service } from './service.mjs';

const OLDEST_NODE = [20, 19];
const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** `creditbank doctor`: what is in order here, and what to do about the rest. */
export function doctorCommand() {
  return new Command('doctor')
    .description('check Node, the database, demo.json, the service and the key in it')
    .option('--url <url>', 'base URL of the service (otherwise the one in DATA_DIR/demo.json)')
    .option('--json', 'one JSON line per check')
    .action(runDoctor);
}

async function runDoctor(options) {
  const demo = findDemoFile();
  const service = new Service(options.url ?? demo?.baseUrl ?? 'http://127.0.0.1:3000');
  const checks = [
    checkNode(),
    ...(await checkDurability()),
    checkDemoFile(demo),
    ...(await checkService(service, demo)),
  ];
  for (const check of checks) {
    if (options.json) console.log(JSON.stringify(check));
    else console.log(`${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}`);
  }
  if (checks.some((check) => !check.ok)) {
    throw new CliFailure('Not everything is in order.', EXIT_BAD_ANSWER);
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNewEnough =
    major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const advice = isNewEnough ? '' : `; install ${OLDEST_NODE.join('.')} or newer`;
  return { name: 'node', ok: isNewEnough, detail: process.versions.node + advice };
}

/** Whether PostgreSQL keeps what it acknowledged; nothing to say about one that is out of reach. */
async function checkDurability() {
  const url = process.env.DATABASE_URL ?? runningUrl(dataDirOf({}));
  if (!url) return [];
  try {
    return await withConnection(url, async (client) => {
      const checks = [];
      for (const name of DURABILITY) {
        const { rows } = await client.query(`SHOW ${name}`);
        const setting = rows[0][name];
        const advice = setting === 'off' ? '; a crash loses entries: turn it on' : '';
        checks.push({ name: `PostgreSQL ${name}`, ok: !advice, detail: setting + advice });
      }
      return checks;
    });
  } catch (error) {
    return [{ name: 'PostgreSQL', ok: false, detail: error.message }];
  }
}

function checkDemoFile(demo) {
  const detail = demo
    ? `${demo.keys.length} keys, ${demo.accounts.length} accounts`
    : 'missing; it is written when an empty database is seeded';
  return { name: demoFilePath(), ok: demo !== undefined, detail };
}

async function checkService(service, demo) {
  const checks = [];
  for (const path of ['/health/live', '/health/ready']) {
    const { ok, detail } = await service.get(path).then(
      (answer) => ({ ok: answer.status === 200, detail: answer.line }),
      (error) => ({ ok: false, detail: error.message }),
    );
    checks.push({ name: service.baseUrl + path, ok, detail });
    if (!ok) return checks;
  }
  const key = demo?.keys[0];
  if (!key) return checks;
  const answer = await service.get('/v1/session', { key: key.key });
  const advice = answer.status === 200 ? '' : '; demo.json belongs to another database';
  checks.push({ name: `key of ${key.institutionCode}`, ok: !advice, detail: answer.line + advice });
  return checks;
}
