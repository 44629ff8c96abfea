import type { DataSource } from 'typeorm';

/** The role under which the application works; nobody logs in with it. */
export const APP_ROLE = 'creditbank_app';

/**
 * Tables whose rows stay as they were written: the application's role may add and read, nothing
 * else. A trigger on each refuses the rest to everybody; the public log finds what even an owner
 * without triggers did.
 */
export const APPEND_ONLY: readonly string[] = [
  'entry',
  'posting',
  'lot_owner',
  'application_event',
  'decision',
  'booked_grant',
  'finding',
  'share_view',
  'outcome_revocation',
  'booked_grant_reversal',
];

/** duplicate_object, and the same seen by a rival that was a moment later. */
const EXISTS = new Set(['42710', '23505']);
const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Makes the role and gives it what it needs and no more. Run by the owner of the tables after every
 * migration. Where the account may make no roles and none was made for it, nothing happens.
 */
export async function grantRights(dataSource: DataSource): Promise<void> {
  await makeRole(dataSource);
  const [role] = await dataSource.query<unknown[]>('SELECT 1 FROM pg_roles WHERE rolname = $1', [
    APP_ROLE,
  ]);
  if (!role) return;
  await dataSource.query(`
    GRANT USAGE ON SCHEMA public TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APP_ROLE};
    REVOKE INSERT, UPDATE, DELETE ON migration FROM ${APP_ROLE};
  `);
  // A partition can be named in a statement of its own, so it needs the same limits.
  const guarded = await dataSource.query<{ name: string }[]>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.oid = ANY($1::regclass[])
         OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = ANY($1::regclass[]))`,
    [[...APPEND_ONLY]],
  );
  const names = guarded.map(({ name }) => name).join(', ');
  await dataSource.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${names} FROM ${APP_ROLE}`);
}

/** Whether connections of this account can take the role on. */
export async function mayTakeRole(dataSource: DataSource): Promise<boolean> {
  const [answer] = await dataSource.query<{ may: boolean }[]>(
    `SELECT coalesce(bool_or(pg_has_role(current_user, oid, 'MEMBER')), false) AS may
       FROM pg_roles WHERE rolname = $1`,
    [APP_ROLE],
  );
  return answer?.may ?? false;
}

async function makeRole(dataSource: DataSource): Promise<void> {
  try {
    await dataSource.query(`CREATE ROLE ${APP_ROLE} NOLOGIN`);
    await dataSource.query(`GRANT ${APP_ROLE} TO CURRENT_USER`);
  } catch (error) {
    const code = (error as { driverError?: { code?: string } }).driverError?.code ?? '';
    if (code !== INSUFFICIENT_PRIVILEGE && !EXISTS.has(code)) throw error;
  }
}
