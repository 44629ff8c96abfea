import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { openScratchPostgres } from '../../bin/lib/scratch-postgres.mjs';

/**
 * Gives the specs a database server: the one in TEST_DATABASE_URL, or PostgreSQL from npm. The
 * latter starts when the first spec asks for it by calling TEST_DATABASE_DOORBELL (see
 * database.ts), so that a run of pure specs does not wait for it.
 */
export default async function globalSetup({ rootDir }) {
  process.env.TEST_RUN_ID = randomBytes(4).toString('hex');
  if (process.env.TEST_DATABASE_URL) return;

  let opening;
  const open = () => (opening ??= openScratchPostgres({ root: rootDir }));
  const doorbell = createServer((_request, response) => {
    open().then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(String(error.message)),
    );
  });
  await new Promise((resolve) => doorbell.listen(0, '127.0.0.1', resolve));
  process.env.TEST_DATABASE_DOORBELL = `http://127.0.0.1:${doorbell.address().port}/`;

  // Jest runs no teardown when it is interrupted; `exit` handlers only run if something exits.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  globalThis.closeTestDatabase = async () => {
    doorbell.close();
    doorbell.closeAllConnections();
    (await opening)?.remove();
  };
}
