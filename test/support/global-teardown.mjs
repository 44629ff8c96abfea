import { withConnection } from '../../bin/lib/postgres/bootstrap.mjs';

export default async function globalTeardown() {
  if (globalThis.closeTestDatabase) return globalThis.closeTestDatabase();
  // A server that is not ours stays: the template of this run must not.
  const template = `test_${process.env.TEST_RUN_ID}_template`;
  await withConnection(process.env.TEST_DATABASE_URL, (client) =>
    client.query(`drop database if exists ${template}`),
  );
}
