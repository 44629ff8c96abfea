/** pg is loaded late: the launcher runs before packages are installed. */
async function connect(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  // A server that dies under an idle connection raises an event that would end this process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function withConnection(url, work) {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function canConnect(url) {
  try {
    await withConnection(url, (client) => client.query('select 1'));
    return true;
  } catch {
    return false;
  }
}

/**
 * The role and the database the application uses. As on a hosted server the role is no superuser:
 * row-level security would not bind one. It may create databases (tests) and roles (migrations).
 */
export async function ensureDatabase(adminUrl, { name, password }) {
  await withConnection(adminUrl, async (client) => {
    const role = client.escapeIdentifier(name);
    const exists = async (query) => (await client.query(query, [name])).rowCount > 0;
    const hasRole = await exists('select 1 from pg_roles where rolname = $1');
    const verb = hasRole ? 'alter' : 'create';
    const secret = client.escapeLiteral(password);
    await client.query(`${verb} role ${role} login createdb createrole password ${secret}`);
    await ensureAppRole(client, role);
    if (await exists('select 1 from pg_database where datname = $1')) return;
    await client.query(`create database ${role} owner ${role}`);
  });
}

/**
 * The role under which the application works. It passes the walls between tenants, because COPY
 * takes no file in behind one, and only a superuser can give that (src/platform/database/walls.ts).
 */
async function ensureAppRole(client, account) {
  const { rowCount } = await client.query(
    "select 1 from pg_roles where rolname = 'creditbank_app'",
  );
  await client.query(`${rowCount > 0 ? 'alter' : 'create'} role creditbank_app nologin bypassrls`);
  await client.query(`grant creditbank_app to ${account}`);
}
