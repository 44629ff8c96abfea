import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../../lib/postgres/bootstrap.mjs';
import { checkWalls } from './walls.mjs';

const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'];
const APP_ROLE = 'creditbank_app';
const MOST_CLOCK_MS = 2_000;
/** The log promises a second; so long without one while entries wait means that nobody writes it. */
const MOST_LOG_DELAY_S = 60;

/** What the database tells of itself: within reach, durable, in the newest shape, with its limits. */
export async function checkDatabase(url, root) {
  if (!url) {
    const detail = 'none: set DATABASE_URL, or start one with npm start';
    return [{ name: 'PostgreSQL', ok: false, detail }];
  }
  try {
    return await withConnection(url, async (client) => {
      const checks = [await checkServer(client)];
      for (const name of DURABILITY) checks.push(await checkSetting(client, name));
      checks.push(await checkMigrations(client, root));
      if (!checks.at(-1).ok) return checks;
      return [
        ...checks,
        await checkRights(client),
        await checkWalls(client, root),
        await checkLog(client),
        await checkTasks(client),
      ];
    });
  } catch (error) {
    const advice = '; is the server running, and is DATABASE_URL right?';
    return [{ name: 'PostgreSQL', ok: false, detail: (error.message || error.code) + advice }];
  }
}

async function checkServer(client) {
  const { rows } = await client.query(
    `SELECT current_setting('server_version') AS version, now() AS now`,
  );
  const [{ version, now }] = rows;
  const apartMs = Math.abs(Date.now() - now.getTime());
  if (apartMs <= MOST_CLOCK_MS) return { name: 'PostgreSQL', ok: true, detail: version };
  const detail = `its clock and ours are ${Math.round(apartMs / 1000)} s apart; set both by NTP`;
  return { name: 'clock', ok: false, detail };
}

async function checkSetting(client, name) {
  const { rows } = await client.query(`SHOW ${name}`);
  const setting = rows[0][name];
  const advice = setting === 'off' ? '; a crash loses entries: turn it on' : '';
  return { name: `PostgreSQL ${name}`, ok: !advice, detail: setting + advice };
}

async function checkMigrations(client, root) {
  const { rows } = await client.query(`SELECT to_regclass('public.migration') AS there`);
  if (!rows[0].there) {
    return { name: 'migrations', ok: false, detail: 'none; start the service once' };
  }
  const done = await client.query('SELECT count(*)::int AS n FROM migration');
  const wanted = readdirSync(join(root, 'migrations')).filter((file) => /^\d{4}-/.test(file));
  const [have, want] = [done.rows[0].n, wanted.length];
  const advice =
    have < want
      ? '; start this version of the service to run the rest'
      : have > want
        ? '; a newer version has used this database: use that one'
        : '';
  return { name: 'migrations', ok: !advice, detail: `${have} of ${want}${advice}` };
}

async function checkRights(client) {
  const { rows } = await client.query(
    `SELECT pg_has_role(current_user, oid, 'MEMBER') AS member,
            has_table_privilege(oid, 'entry', 'INSERT') AS adds,
            has_table_privilege(oid, 'entry', 'UPDATE') OR has_table_privilege(oid, 'entry', 'DELETE')
              AS changes
       FROM pg_roles WHERE rolname = $1`,
    [APP_ROLE],
  );
  const [role] = rows;
  const problem = !role
    ? `missing; as superuser: CREATE ROLE ${APP_ROLE} NOLOGIN; then start the service again`
    : !role.member
      ? `not ours; as superuser: GRANT ${APP_ROLE} TO CURRENT_USER`
      : !role.adds
        ? 'may not write entries; start the service once, it grants what is needed'
        : role.changes
          ? 'may change entries; start the service once, it takes that right away'
          : '';
  return {
    name: `role ${APP_ROLE}`,
    ok: !problem,
    detail: problem || 'adds entries, changes none',
  };
}

async function checkLog(client) {
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM feed) AS waiting,
            (SELECT extract(epoch FROM now() - signed_at)::int FROM log_head) AS age`,
  );
  const [{ waiting, age }] = rows;
  const isLate = waiting > 0 && (age === null || age > MOST_LOG_DELAY_S);
  const seen = age === null ? 'no checkpoint yet' : `checkpoint ${age} s old`;
  const advice = isLate ? '; no worker writes the log: start one (PROCESS_ROLE=all or worker)' : '';
  return { name: 'public log', ok: !isLate, detail: `${waiting} wait, ${seen}${advice}` };
}

async function checkTasks(client) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS n FROM task
      WHERE failed_at IS NOT NULL AND closed_at IS NULL AND done_at IS NULL`,
  );
  const [{ n }] = rows;
  const advice = n > 0 ? ' wait for a person: see GET /v1/tasks' : ' gave up';
  return { name: 'tasks', ok: n === 0, detail: `${n}${advice}` };
}
