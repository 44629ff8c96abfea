import type { QueryRunner } from 'typeorm';

/** A table that is spread over servers by the hash of one column. */
export interface Spread {
  readonly by: string;
  /** The table whose rows of the same value lie on the same server; null when it stands alone. */
  readonly beside: string | null;
}

const OWNED: Spread = { by: 'bucket', beside: 'entry' };

/**
 * What a learner owns lies together by bucket; what only leads to a learner, or is a fact of one
 * posting, is spread by its own key. Tables that others are `beside` come first.
 */
export const SPREAD: Readonly<Record<string, Spread>> = {
  entry: { by: 'bucket', beside: null },
  learner: OWNED,
  learner_person: OWNED,
  learner_institution: OWNED,
  learning_outcome: OWNED,
  recorded_exemption: OWNED,
  indicator_feed: OWNED,
  indicator_contribution: OWNED,
  outcome_revocation: OWNED,
  application: OWNED,
  application_event: OWNED,
  application_appeal: OWNED,
  application_vote: OWNED,
  decision: OWNED,
  booked_grant: OWNED,
  booked_grant_reversal: OWNED,
  finding: OWNED,
  programme_standing: OWNED,
  rule_worklist: OWNED,
  share: OWNED,
  share_view: OWNED,
  credential: OWNED,
  credential_lot: OWNED,
  access_log: OWNED,
  consent: OWNED,
  consent_event: OWNED,
  outreach_consent: OWNED,
  outreach_consent_end: OWNED,
  erasure_event: OWNED,
  representation: OWNED,
  representation_end: OWNED,
  claim_code: OWNED,
  equivalence_answer: OWNED,
  equivalence_query: OWNED,
  equivalence_query_event: OWNED,
  learner_query: OWNED,
  learner_query_event: OWNED,
  query_key: OWNED,
  pathway_enrolment: OWNED,
  pathway_event: OWNED,
  pathway_reader: OWNED,
  admission_candidacy: OWNED,
  admission_event: OWNED,
  posting: { by: 'posting_id', beside: null },
  feed: { by: 'posting_id', beside: 'posting' },
  lot_owner: { by: 'lot_id', beside: null },
  seal_account: { by: 'prefix', beside: null },
  learner_identity: { by: 'blind_index', beside: null },
  erased_lot: { by: 'lot_id', beside: 'lot_owner' },
  share_code: { by: 'code_index', beside: null },
  application_request: { by: 'key_hash', beside: null },
};

/** Small, read by every statement, written seldom: a whole copy on every server. */
export const COPIED: readonly string[] = [
  'institution',
  'category',
  'outcome_definition',
  'catalogue_revision',
  'regulation',
  'rule_version',
  'rule_retirement',
  'programme',
  'holiday_notice',
  'pathway',
  'admission_scheme',
  'admission_place',
];

/**
 * On the coordinator alone: sign-in, the queue, files on their way in, orders to revoke, rules
 * on their way and whom they touch, and the public log, which one sequencer writes in one order.
 */
export const CENTRAL: readonly string[] = [
  'person_link',
  'account',
  'agreement',
  'agreement_party',
  'agreement_event',
  'agreement_quota',
  'agreement_use',
  'demerit',
  'institution_request',
  'invitation',
  'api_key',
  'bank_secret',
  'key_version',
  'key_rotation',
  'session',
  'access_token',
  'client_assertion',
  'attempt_count',
  'one_time_code_factor',
  'recovery_code',
  'passkey',
  'passkey_challenge',
  'provider_identity',
  'provider_sign_in',
  'administrative_event',
  'audit_run',
  'audit_result',
  'proposal',
  'proposal_decision',
  'task',
  'task_event',
  'rate_limit',
  'webhook_endpoint',
  'webhook_key',
  'webhook_event',
  'webhook_delivery',
  'webhook_attempt',
  'import_file',
  'import_chunk',
  'import_phase',
  'import_fault',
  'exchange_key',
  'equivalence_quota',
  'equivalence_use',
  'equivalence_batch',
  'equivalence_row',
  'equivalence_number',
  'indicator_tally',
  'indicator_input',
  'school_condition',
  'school_standard',
  'report_schedule',
  'report',
  'report_tile',
  'workload_coefficient',
  'workload_income',
  'workload_statement',
  'workload_item',
  'revocation_batch',
  'revocation_batch_problem',
  'rule_draft',
  'rule_event',
  'rule_simulation',
  'admission_simulation',
  'reevaluation',
  'issuer_key',
  'issuer_key_secret',
  'status_list',
  'status_place',
  'log_head',
  'log_tile',
  'log_posting',
  'log_cosignature',
  'seal',
  'seal_node',
  'seal_tile',
  'seal_cosignature',
  'migration',
];

/**
 * Turns the tables of a Citus coordinator into distributed and reference tables, all or none. Those
 * that are so already stay as they are. Keys between tables are dropped and made again, because
 * Citus wants both ends in place first.
 *
 * @returns the tables it turned; undefined where the extension is absent
 */
export async function distribute(runner: QueryRunner): Promise<string[] | undefined> {
  const [answer] = (await runner.query(
    `SELECT to_regproc('create_distributed_table') IS NOT NULL AS there`,
  )) as { there: boolean }[];
  if (!answer?.there) return undefined;
  await runner.startTransaction();
  try {
    const turned = await turnAll(runner);
    await runner.commitTransaction();
    return turned;
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

async function turnAll(runner: QueryRunner): Promise<string[]> {
  const done = new Set(
    (
      (await runner.query(
        'SELECT logicalrelid::regclass::text AS name FROM pg_dist_partition',
      )) as {
        name: string;
      }[]
    ).map(({ name }) => name),
  );
  const copied = COPIED.filter((name) => !done.has(name));
  const spread = Object.entries(SPREAD).filter(([name]) => !done.has(name));
  const turned = [...copied, ...spread.map(([name]) => name)];
  if (turned.length === 0) return [];
  await runner.query('SET LOCAL citus.enable_unsafe_triggers TO on');
  // Keys between reference and distributed tables do not allow several connections to one server.
  await runner.query(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  const keys = await takeKeys(runner, turned);
  for (const name of copied) await runner.query('SELECT create_reference_table($1)', [name]);
  for (const [name, { by, beside }] of spread) {
    await runner.query('SELECT create_distributed_table($1, $2, colocate_with => $3)', [
      name,
      by,
      beside ?? 'none',
    ]);
  }
  for (const { owner, name, definition } of keys) {
    await runner.query(`ALTER TABLE ${owner} ADD CONSTRAINT ${name} ${definition}`);
  }
  return turned;
}

interface Key {
  readonly owner: string;
  readonly name: string;
  readonly definition: string;
}

/** Drops the foreign keys of and to some tables and says what they were. */
async function takeKeys(runner: QueryRunner, tables: readonly string[]): Promise<Key[]> {
  const keys = (await runner.query(
    `SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name,
            pg_get_constraintdef(oid) AS definition
       FROM pg_constraint
      WHERE contype = 'f' AND conparentid = 0
        AND (conrelid = ANY($1::regclass[]) OR confrelid = ANY($1::regclass[]))`,
    [tables],
  )) as Key[];
  for (const { owner, name } of keys) {
    await runner.query(`ALTER TABLE ${owner} DROP CONSTRAINT ${name}`);
  }
  return keys;
}
