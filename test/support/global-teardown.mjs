import { withConnection } from '../../bin/lib/postgres/bootstrap.mjs';

export default async function globalTeardown() {
  await globalThis.closeTestDatabases();
  const given = process.env.TEST_DATABASE_URL;
  if (!given) return;
  // A server that is not ours stays: the template of this run must not.
  const template = `test_${process.env.TEST_RUN_ID}_template`;
  await withConnection(given, (client) => client.query(`drop database if exists ${template}`));
}
