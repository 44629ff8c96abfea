import type { DataSource } from 'typeorm';
import { APP_ROLE, type Sender, makeRole, mayTakeRole } from './rights.js';

/** The role under which a request of one tenant reads; nobody logs in with it. */
export const TENANT_ROLE = 'creditbank_tenant';

/** The institution and the learner whom a request speaks for; both null is the public. */
export interface Tenant {
  readonly institutionId: string | null;
  readonly learnerId: string | null;
  /** All accounts of the learner, when there are several. */
  readonly selves?: readonly string[] | undefined;
}

/** Settings of a connection that the walls look at. */
const INSTITUTION = 'creditbank.institution';
const LEARNER = 'creditbank.learner';
const SELVES = 'creditbank.selves';

const OF_LEARNER = 'reaches_learner(bucket, learner_id) OR is_consented(bucket, learner_id)';
const OWN = '(learner_id = tenant_learner() OR learner_id = ANY (tenant_selves()))';
const OF_INSTITUTION = 'institution_id = tenant_institution()';
/**
 * Rows that belong to a row of another table, which has a wall of its own: whoever sees the parent
 * sees them. EXISTS, so that the planner looks up the one parent instead of listing all.
 */
function ofParent(table: string, parent: string, key: string, hasBucket: boolean): string {
  const bucket = hasBucket ? `p.bucket = ${table}.bucket AND ` : '';
  return `EXISTS (SELECT FROM ${parent} p WHERE ${bucket}p.id = ${table}.${key})`;
}

function ofApplication(table: string): string {
  return ofParent(table, 'application', 'application_id', true);
}

function ofShare(table: string): string {
  return ofParent(table, 'share', 'share_id', true);
}

function ofImport(table: string): string {
  return ofParent(table, 'import_file', 'import_id', false);
}

/**
 * Which rows a tenant can read, whatever the application asks for: the second wall behind its own
 * checks. A condition speaks of one row. A learner's rows are open to the learner and to
 * institutions on whose roster the learner is, where the learner applied or whom the learner lets.
 */
export const WALLS: Readonly<Record<string, string>> = {
  learner: 'reaches_learner(bucket, id) OR is_consented(bucket, id)',
  learner_person: OF_LEARNER,
  learner_identity: OF_LEARNER,
  learner_institution: OF_LEARNER,
  learning_outcome: `${OF_INSTITUTION} OR ${OF_LEARNER}`,
  recorded_exemption: OF_LEARNER,
  entry: OF_LEARNER,
  outcome_revocation: OF_LEARNER,
  finding: OF_LEARNER,
  booked_grant: OF_LEARNER,
  booked_grant_reversal: OF_LEARNER,
  programme_standing: OF_LEARNER,
  application: `${OWN} OR requesting_institution = tenant_institution()
    OR (state <> 'draft' AND ${OF_INSTITUTION})`,
  application_event: ofApplication('application_event'),
  application_vote: ofApplication('application_vote'),
  application_appeal: ofApplication('application_appeal'),
  decision: ofApplication('decision'),
  share: OWN,
  share_view: ofShare('share_view'),
  share_code: ofShare('share_code'),
  credential: OWN,
  credential_lot: ofParent('credential_lot', 'credential', 'credential_id', true),
  access_log: OWN,
  consent: `${OWN} OR receiver_id = tenant_institution()`,
  consent_event: ofParent('consent_event', 'consent', 'consent_id', true),
  erasure_event: OWN,
  representation: `${OWN} OR guardian_id = tenant_learner() OR guardian_id = ANY (tenant_selves())
    OR ${OF_INSTITUTION}`,
  person_link: `${OF_INSTITUTION} OR survivor_id = tenant_learner() OR absorbed_id = tenant_learner()
    OR survivor_id = ANY (tenant_selves()) OR absorbed_id = ANY (tenant_selves())`,
  representation_end: ofParent('representation_end', 'representation', 'representation_id', true),
  import_file: OF_INSTITUTION,
  import_chunk: ofImport('import_chunk'),
  import_phase: ofImport('import_phase'),
  import_fault: ofImport('import_fault'),
  revocation_batch: OF_INSTITUTION,
  revocation_batch_problem: ofParent(
    'revocation_batch_problem',
    'revocation_batch',
    'batch_id',
    false,
  ),
  rule_worklist: OF_LEARNER,
  equivalence_quota: OF_INSTITUTION,
  equivalence_use: OF_INSTITUTION,
  equivalence_batch: OF_INSTITUTION,
  equivalence_row: ofParent('equivalence_row', 'equivalence_batch', 'batch_id', false),
  equivalence_answer: `${OF_INSTITUTION} OR ${OWN}`,
  equivalence_query: `${OF_INSTITUTION} OR school_id = tenant_institution()
    OR ${OWN}`,
  equivalence_query_event: ofParent(
    'equivalence_query_event',
    'equivalence_query',
    'query_id',
    true,
  ),
  learner_query: `school_id = tenant_institution() OR ${OWN}`,
  learner_query_event: ofParent('learner_query_event', 'learner_query', 'query_id', true),
  query_key: `${ofParent('query_key', 'learner_query', 'query_id', true)}
    OR ${ofParent('query_key', 'equivalence_query', 'query_id', true)}`,
  pathway_enrolment: `${OWN} OR EXISTS (SELECT FROM pathway_reader r
    WHERE r.bucket = pathway_enrolment.bucket AND r.enrolment_id = pathway_enrolment.id
      AND r.institution_id = tenant_institution())`,
  pathway_event: ofParent('pathway_event', 'pathway_enrolment', 'enrolment_id', true),
  pathway_reader: OF_INSTITUTION,
  admission_candidacy: `${OF_INSTITUTION} OR ${OWN}`,
  admission_event: ofParent('admission_event', 'admission_candidacy', 'candidacy_id', true),
  indicator_contribution: OF_INSTITUTION,
  school_condition: OF_INSTITUTION,
  outreach_consent: `${OF_INSTITUTION} OR ${OF_LEARNER}`,
  workload_income: OF_INSTITUTION,
  workload_statement: OF_INSTITUTION,
  workload_item: ofParent('workload_item', 'workload_statement', 'statement_id', false),
  outreach_consent_end: ofParent('outreach_consent_end', 'outreach_consent', 'consent_id', true),
  account: `${OF_INSTITUTION} OR ${OWN}`,
  api_key: OF_INSTITUTION,
  administrative_event: OF_INSTITUTION,
  proposal: OF_INSTITUTION,
  proposal_decision: ofParent('proposal_decision', 'proposal', 'proposal_id', false),
  invitation: OF_INSTITUTION,
  demerit: OF_INSTITUTION,
  agreement_use: OF_INSTITUTION,
  webhook_endpoint: OF_INSTITUTION,
  webhook_event: OF_INSTITUTION,
  webhook_key: ofParent('webhook_key', 'webhook_endpoint', 'endpoint_id', false),
  webhook_delivery: ofParent('webhook_delivery', 'webhook_endpoint', 'endpoint_id', false),
  webhook_attempt: ofParent('webhook_attempt', 'webhook_delivery', 'delivery_id', false),
};

/**
 * Tables whose every row a tenant may read, and why. A table that is neither here nor behind a wall
 * cannot be read on behalf of a tenant at all.
 */
export const OPEN: Readonly<Record<string, string>> = {
  institution: 'public: who awards and who recognises',
  agreement: 'public: who recognises whose outcomes',
  agreement_party: 'public: who recognises whose outcomes',
  agreement_event: 'public: who recognises whose outcomes',
  agreement_quota: 'public: what is left of an agreement',
  category: 'public: the catalogue',
  outcome_definition: 'public: the catalogue',
  catalogue_revision: 'public: the catalogue',
  regulation: 'public: the rulebook',
  rule_version: 'public: the rulebook',
  rule_retirement: 'public: the rulebook',
  programme: 'public: the rulebook',
  rule_draft: 'no person in it; an author works for the institutions named in DraftAccess',
  rule_event: 'no person in it; the history of a draft or a version',
  rule_simulation: 'no person in it; counts by school',
  reevaluation: 'no person in it; counts',
  admission_scheme: 'public: the plan of a year',
  admission_place: 'public: who takes how many; the admitted are a count',
  admission_simulation: 'no person in it; counts by school',
  posting: 'hashes: what the public log is made of',
  feed: 'hashes: what the public log is made of',
  log_head: 'public: the log',
  log_tile: 'public: the log',
  log_posting: 'public: the log',
  log_cosignature: 'public: the log',
  seal: 'public: the log of seals',
  seal_tile: 'public: the log of seals',
  seal_cosignature: 'public: the log of seals',
  seal_account: 'hashes: what a seal is made of; learners stand there under a hash of their id',
  seal_node: 'hashes: what a seal is made of',
  issuer_key: 'public: who signs credentials, with which key',
  holiday_notice: 'public: from which days deadlines are counted',
  workload_coefficient: 'public: how trainings are weighed, with its source',
  pathway: 'public: the pathways between institutions',
  indicator_input: 'public: figures from outside the ledger, with their source',
  school_standard: 'public: which standard counts for a school',
  report_schedule: 'public: when reports appear',
  report: 'public: the monitoring reports',
  report_tile: 'public: the log of reports',
  task: 'ids only: how far the work on an application is',
  task_event: 'ids only: who tried a task again',
  erased_lot: 'ids only: what must not come back',
  lot_owner: 'ids only: the way from the id of an outcome to the shelf of its learner',
};

/**
 * Raises the walls, as the owner of the tables after every migration. Nothing happens where the
 * role of tenants is missing, and where the role of the application cannot be let past the walls:
 * it copies whole files in, which PostgreSQL refuses for whoever a wall holds.
 */
export async function raiseWalls(sender: Sender): Promise<void> {
  await letPass(sender);
  await makeRole(sender, TENANT_ROLE);
  if (!(await canStand(sender))) return;
  const walls = Object.entries(WALLS).map(
    ([table, condition]) => `
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      DROP POLICY IF EXISTS tenant ON ${table};
      CREATE POLICY tenant ON ${table} FOR SELECT TO ${TENANT_ROLE} USING (${condition});`,
  );
  await sender.query(`
    GRANT USAGE ON SCHEMA public TO ${TENANT_ROLE};
    GRANT SELECT ON ${[...Object.keys(WALLS), ...Object.keys(OPEN)].join(', ')} TO ${TENANT_ROLE};
    ${walls.join('')}`);
}

/** Whether connections of this account can work behind the walls, and the walls stand. */
export async function mayStandBehindWalls(dataSource: DataSource): Promise<boolean> {
  if (!(await mayTakeRole(dataSource, TENANT_ROLE))) return false;
  const [answer] = await dataSource.query<{ stand: boolean }[]>(
    `SELECT relrowsecurity AS stand FROM pg_class WHERE oid = to_regclass('learner')`,
  );
  return answer?.stand ?? false;
}

/** Sets for whom a connection reads from now on. */
export async function standFor(sender: Sender, tenant: Tenant): Promise<void> {
  await sender.query(
    `SELECT set_config('${INSTITUTION}', $1, false), set_config('${LEARNER}', $2, false),
            set_config('${SELVES}', $3, false)`,
    [tenant.institutionId ?? '', tenant.learnerId ?? '', selvesOf(tenant)],
  );
}

/** As PostgreSQL reads an array of ids. */
function selvesOf({ selves }: Tenant): string {
  return selves ? `{${selves.join(',')}}` : '';
}

async function canStand(sender: Sender): Promise<boolean> {
  const [answer] = await sender.query<{ can: boolean }[]>(
    `SELECT count(*) = 2 AND bool_and(rolname = $2 OR rolbypassrls) AS can
       FROM pg_roles WHERE rolname IN ($1, $2)`,
    [APP_ROLE, TENANT_ROLE],
  );
  return answer?.can ?? false;
}

/** Lets the application past the walls. Whoever may not give that may find it given by a superuser. */
async function letPass(sender: Sender): Promise<void> {
  await sender.query(`
    DO $$
    BEGIN
      ALTER ROLE ${APP_ROLE} BYPASSRLS;
    EXCEPTION WHEN undefined_object OR insufficient_privilege THEN
      NULL;
    END $$`);
}
