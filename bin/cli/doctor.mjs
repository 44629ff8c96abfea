import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { dataDirOf, runningUrl } from './database.mjs';
import { demoFilePath, findDemoFile, serviceUrl } from './demo-file.mjs';
import { checkDatabase } from './doctor/database.mjs';
import { checkDisk, checkKeys, checkNode, checkRedis } from './doctor/machine.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';
import { Service } from './service.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** `creditbank doctor`: what is in order here, and what to do about the rest. */
export function doctorCommand() {
  return new Command('doctor')
    .description('check Node, disk, keys, the database, Redis and the service, and say what to do')
    .option('--url <url>', 'base URL of the service (otherwise the one of DATA_DIR)')
    .option('--json', 'one JSON line per check')
    .action(runDoctor);
}

async function runDoctor(options) {
  const demo = findDemoFile();
  const service = new Service(options.url ?? serviceUrl());
  const dataDir = dataDirOf({});
  const checks = [
    checkNode(),
    checkDisk(dataDir),
    ...checkKeys(dataDir),
    ...(await checkDatabase(process.env.DATABASE_URL ?? runningUrl(dataDir), ROOT)),
    ...(await checkRedis()),
    ...checkDemoFile(demo),
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

/** Only a demonstration has one. */
function checkDemoFile(demo) {
  if (!demo) return [];
  const detail = `${demo.keys.length} keys, ${demo.accounts.length} accounts`;
  return [{ name: demoFilePath(), ok: true, detail }];
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
