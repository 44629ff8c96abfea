import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const APP_ROLE = 'creditbank_app';
const TENANT_ROLE = 'creditbank_tenant';

/**
 * The second wall between tenants: without it only the application's own checks hold. `url` may be an
 * account of less right than the owner; what stands in the catalogues everybody may read.
 */
export async function checkWalls(client, root) {
  const name = 'walls between tenants';
  const problem = (await problemOfRoles(client)) ?? (await problemOfTables(client, root));
  if (problem) return { name, ok: false, detail: problem };
  const { length } = walledTables(root);
  return { name, ok: true, detail: `${length} tables give a tenant its own rows and no other` };
}

async function problemOfRoles(client) {
  const { rows } = await client.query(
    `SELECT rolname AS name, rolbypassrls AS passes, rolsuper AS super,
            pg_has_role(current_user, oid, 'MEMBER') AS ours
       FROM pg_roles WHERE rolname IN ($1, $2)`,
    [APP_ROLE, TENANT_ROLE],
  );
  const [app, tenant] = [APP_ROLE, TENANT_ROLE].map((role) =>
    rows.find((row) => row.name === role),
  );
  if (!tenant) {
    return `no role ${TENANT_ROLE}; as superuser: CREATE ROLE ${TENANT_ROLE} NOLOGIN; GRANT ${TENANT_ROLE} TO CURRENT_USER; then start the service again`;
  }
  if (tenant.passes || tenant.super) {
    return `${TENANT_ROLE} passes every wall; as superuser: ALTER ROLE ${TENANT_ROLE} NOSUPERUSER NOBYPASSRLS`;
  }
  if (!tenant.ours) {
    return `the account may not take on ${TENANT_ROLE}; as superuser: GRANT ${TENANT_ROLE} TO CURRENT_USER; then start the service again`;
  }
  if (!app?.passes) {
    return `${APP_ROLE} may not pass them, so they were not raised; as superuser: ALTER ROLE ${APP_ROLE} BYPASSRLS; then start the service again`;
  }
  return undefined;
}

async function problemOfTables(client, root) {
  const { rows } = await client.query(
    `SELECT name FROM unnest($1::text[]) name
       LEFT JOIN pg_class c ON c.oid = to_regclass('public.' || name)
      WHERE c.oid IS NULL OR NOT c.relrowsecurity OR NOT EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant')`,
    [walledTables(root)],
  );
  const bare = rows.map(({ name }) => name);
  if (bare.length > 0) {
    return `no wall around ${bare.join(', ')}; start the service once, it raises them`;
  }
  return undefined;
}

/** The names in the list of walls; the doctor has to work before anything is built. */
export function walledTables(root) {
  const source = readFileSync(join(root, 'src/platform/database/walls.ts'), 'utf8');
  const [, list = ''] = /export const WALLS[^=]*= \{\n([\s\S]*?)\n\};/.exec(source) ?? [];
  return [...list.matchAll(/^ {2}(\w+):/gm)].map(([, table]) => table);
}
