import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { openScratchPostgres } from '../../bin/lib/scratch-postgres.mjs';

/**
 * Gives the specs database servers: the one in TEST_DATABASE_URL, or PostgreSQL from npm. A server
 * starts when the first spec asks for it by calling TEST_DATABASE_DOORBELL (see database.ts), so
 * that a run of pure specs does not wait for it. The answer holds the application's URL and the
 * superuser's. Under `/durable` there is one that syncs, and that a spec may misconfigure.
 */
export default async function globalSetup({ rootDir }) {
  process.env.TEST_RUN_ID = randomBytes(4).toString('hex');
  const opening = new Map();
  const open = (path) => {
    const given = path === '/' ? givenServer() : undefined;
    if (given) return Promise.resolve(given);
    const durable = path === '/durable';
    if (!opening.has(path)) opening.set(path, openScratchPostgres({ root: rootDir, durable }));
    return opening.get(path);
  };
  const doorbell = createServer((request, response) => {
    // A spec that asks again later must not find a connection that just ends.
    response.setHeader('connection', 'close');
    open(request.url).then(
      ({ url, adminUrl }) => response.end(JSON.stringify({ url, adminUrl })),
      (error) => response.writeHead(500).end(String(error.message)),
    );
  });
  await new Promise((resolve) => doorbell.listen(0, '127.0.0.1', resolve));
  process.env.TEST_DATABASE_DOORBELL = `http://127.0.0.1:${doorbell.address().port}`;

  // Jest runs no teardown when it is interrupted; `exit` handlers only run if something exits.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  globalThis.closeTestDatabases = async () => {
    doorbell.close();
    doorbell.closeAllConnections();
    for (const server of await Promise.allSettled(opening.values())) server.value?.remove();
  };
}

/** Give TEST_DATABASE_ADMIN_URL as well when the user of TEST_DATABASE_URL is no superuser. */
function givenServer() {
  const { TEST_DATABASE_URL: url, TEST_DATABASE_ADMIN_URL: adminUrl = url } = process.env;
  return url ? { url, adminUrl } : undefined;
}
