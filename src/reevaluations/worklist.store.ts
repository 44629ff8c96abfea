import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleTouch } from '#libs/rules';
import type { OutcomeDefinition } from '../catalogue/index.js';
import { bucketOf } from '../platform/ids/index.js';

/** Which learners a long piece of work is about. */
export interface WorkScope {
  readonly workId: string;
  readonly programme: string;
  readonly touch: RuleTouch;
  /** Only those who handed in an application and did not withdraw it; otherwise everybody. */
  readonly isAskedOnly: boolean;
}

/** Lines of one outcome say in turn that it was taken back and that it was given back. */
const IS_REVOKED = `coalesce((SELECT max(r.seq) FROM outcome_revocation r
  WHERE r.bucket = o.bucket AND r.learner_id = o.learner_id AND r.lot_id = o.lot_id), 1) % 2 = 0`;

/** Learners whom a rule can touch, written down once and worked off in the order of the key. */
@Injectable()
export class WorklistStore {
  /**
   * Writes down everybody in scope, in one statement. It reads outcomes, which are another feature's,
   * because a million ids would otherwise travel through this process to be compared here. There is no
   * index by definition on purpose: it would cost every posting; one publication reads the table once.
   * Whoever fills a list in one transaction with the state that says so fills it once.
   *
   * @returns how many
   */
  async fill(
    tx: EntityManager,
    scope: WorkScope,
    definitions: readonly OutcomeDefinition[],
  ): Promise<number> {
    const { text, values } = learnersOf(scope, definitionIds(scope.touch, definitions));
    const rows = await tx.query<{ n: number }[]>(
      `WITH filled AS (
         INSERT INTO rule_worklist (work_id, bucket, learner_id)
         SELECT $1::uuid, bucket, learner_id FROM (${text}) touched RETURNING 1)
       SELECT count(*)::int AS n FROM filled`,
      [scope.workId, ...values],
    );
    return rows[0]?.n ?? 0;
  }

  /**
   * Writes down everybody who graduated in a year, as {@link fill} does: whoever holds an outcome
   * that marks the milestone, completed in that year and not revoked.
   *
   * @returns how many
   */
  async fillGraduates(
    tx: EntityManager,
    { workId, year, milestone }: { workId: string; year: number; milestone: string },
  ): Promise<number> {
    const rows = await tx.query<{ n: number }[]>(
      `WITH filled AS (
         INSERT INTO rule_worklist (work_id, bucket, learner_id)
         SELECT DISTINCT $1::uuid, o.bucket, o.learner_id
           FROM learning_outcome o
           JOIN outcome_definition d ON d.id = o.definition_id AND d.milestone = $3
          WHERE left(o.completed_on, 4) = $2::text
            AND NOT ${IS_REVOKED}
         RETURNING 1)
       SELECT count(*)::int AS n FROM filled`,
      [workId, String(year), milestone],
    );
    return rows[0]?.n ?? 0;
  }

  /** The next learners behind `after`; `null` begins. */
  async next(
    tx: EntityManager,
    workId: string,
    page: { after: string | null; limit: number },
  ): Promise<string[]> {
    const { after, limit } = page;
    const rows = await tx.query<{ learner_id: string }[]>(
      `SELECT learner_id FROM rule_worklist
        WHERE work_id = $1 AND ($2::uuid IS NULL OR (bucket, learner_id) > ($3, $2))
        ORDER BY bucket, learner_id LIMIT $4`,
      [workId, after, after === null ? 0 : bucketOf(after), limit],
    );
    return rows.map((row) => row.learner_id);
  }

  /** Which of these learners are on the list. */
  async among(
    tx: EntityManager,
    workId: string,
    learnerIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ learner_id: string }[]>(
      `SELECT learner_id FROM rule_worklist WHERE work_id = $1
          AND (bucket, learner_id) IN (SELECT * FROM unnest($2::smallint[], $3::uuid[]))`,
      [workId, learnerIds.map(bucketOf), learnerIds],
    );
    return new Set(rows.map((row) => row.learner_id));
  }

  async clear(tx: EntityManager, workId: string): Promise<void> {
    await tx.query('DELETE FROM rule_worklist WHERE work_id = $1', [workId]);
  }

  async countLearners(tx: EntityManager): Promise<number> {
    const rows = await tx.query<{ n: number }[]>('SELECT count(*)::int AS n FROM learner');
    return rows[0]?.n ?? 0;
  }
}

/** A query of the learners in scope; its parameters begin with `$2`. */
function learnersOf(
  { touch, isAskedOnly, programme }: WorkScope,
  definitions: readonly string[],
): { text: string; values: unknown[] } {
  const asked = `SELECT DISTINCT bucket, learner_id FROM application
    WHERE programme = $2 AND state NOT IN ('draft', 'withdrawn')`;
  if (touch.keys === null) {
    return isAskedOnly
      ? { text: asked, values: [programme] }
      : { text: 'SELECT bucket, id AS learner_id FROM learner', values: [] };
  }
  const granted = 'SELECT bucket, learner_id FROM booked_grant WHERE programme = $2';
  const values = [programme, definitions];
  const text = isAskedOnly
    ? `SELECT bucket, learner_id FROM (${asked}) asked WHERE EXISTS (
         SELECT 1 FROM learning_outcome o WHERE o.bucket = asked.bucket
            AND o.learner_id = asked.learner_id AND o.definition_id = ANY($3::uuid[]))`
    : `SELECT DISTINCT bucket, learner_id FROM learning_outcome
        WHERE $2::text IS NOT NULL AND definition_id = ANY($3::uuid[])`;
  return { text: touch.byGrants ? `${text} UNION ${granted}` : text, values };
}

/** Definitions with one of the watched keys; what is recorded of a learner points to these. */
function definitionIds(
  { keys }: RuleTouch,
  definitions: readonly OutcomeDefinition[],
): readonly string[] {
  const watched = new Set(keys ?? []);
  return definitions
    .filter(({ code, source, kind, category }) =>
      [`code:${code}`, `source:${source}`, `kind:${kind}`, `category:${category.code}`].some(
        (key) => watched.has(key),
      ),
    )
    .map(({ id }) => id);
}
