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
  'application_vote',
  'application_appeal',
  'task_event',
  'share_view',
  'access_log',
  'consent_event',
  'erasure_event',
  'representation',
  'representation_end',
  'person_link',
  'log_posting',
  'log_cosignature',
  'seal',
  'seal_cosignature',
  'outcome_revocation',
  'booked_grant_reversal',
  'rule_version',
  'rule_event',
  'rule_retirement',
  'holiday_notice',
  'administrative_event',
  'proposal',
  'proposal_decision',
  'demerit',
  'agreement',
  'agreement_party',
  'agreement_event',
  'agreement_use',
  'equivalence_quota',
  'equivalence_answer',
  'equivalence_query',
  'equivalence_query_event',
  'learner_query',
  'learner_query_event',
  'admission_scheme',
  'admission_candidacy',
  'admission_event',
  'indicator_input',
  'school_condition',
  'school_standard',
  'report_schedule',
  'report',
  'pathway',
  'pathway_enrolment',
  'pathway_event',
  'pathway_reader',
  'audit_run',
  'audit_result',
  'outreach_consent',
  'outreach_consent_end',
  'workload_coefficient',
  'workload_income',
  'workload_statement',
  'workload_item',
];

/** Whatever sends statements: a data source, or one connection in its transaction. */
export interface Sender {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>;
}

/**
 * Makes the role and gives it what it needs and no more. Run by the owner of the tables after every
 * migration. Where the account may make no roles and none was made for it, nothing happens.
 */
export async function grantRights(sender: Sender): Promise<void> {
  await makeRole(sender, APP_ROLE);
  const [role] = await sender.query<unknown[]>('SELECT 1 FROM pg_roles WHERE rolname = $1', [
    APP_ROLE,
  ]);
  if (!role) return;
  await sender.query(`
    GRANT USAGE ON SCHEMA public TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APP_ROLE};
    REVOKE INSERT, UPDATE, DELETE ON migration FROM ${APP_ROLE};
  `);
  // A partition can be named in a statement of its own, so it needs the same limits.
  const guarded = await sender.query<{ name: string }[]>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.oid = ANY($1::regclass[])
         OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = ANY($1::regclass[]))`,
    [[...APPEND_ONLY]],
  );
  const names = guarded.map(({ name }) => name).join(', ');
  await sender.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${names} FROM ${APP_ROLE}`);
}

/** Whether connections of this account can take a role on. */
export async function mayTakeRole(dataSource: DataSource, role: string): Promise<boolean> {
  const [answer] = await dataSource.query<{ may: boolean }[]>(
    `SELECT coalesce(bool_or(pg_has_role(current_user, oid, 'MEMBER')), false) AS may
       FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  return answer?.may ?? false;
}

/** A rival may be a moment earlier, and an account without the right goes on without the role. */
export async function makeRole(sender: Sender, role: string): Promise<void> {
  await sender.query(`
    DO $$
    BEGIN
      CREATE ROLE ${role} NOLOGIN;
      GRANT ${role} TO CURRENT_USER;
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
      NULL;
    END $$`);
}
