import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { onScale } from '#libs/credit';
import { parseCircumstances } from '#libs/indicators';
import type { Text } from '#libs/problems';
import type { TrainingFact } from '#libs/workload';

/** A completed training of an institution, with what an auditor asks of it. */
export interface Training extends TrainingFact {
  readonly learnerId: string;
  readonly outcome: { readonly code: string; readonly title: Text };
  /** Whether it earned credit, so that an entry stands in the ledger. */
  readonly hasEntry: boolean;
  /** Where that entry stands in the public log; null without one, or while the log lacks it. */
  readonly logIndex: number | null;
}

interface TrainingRow {
  readonly lotId: string;
  readonly learnerId: string;
  readonly day: string;
  readonly minutes: string;
  readonly category: string;
  readonly level: string | null;
  readonly levelScale: string | null;
  readonly circumstances: string | null;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly hasEntry: boolean;
  readonly logIndex: string | null;
}

const SKILL_SCALE = 'skill-level';
const SKILL_LEVELS = ['一级', '二级', '三级', '四级', '五级'];

/**
 * Trainings that count now, as the indicators count them: completed, passed, and standing. Read from
 * their contributions, so that workload and indicator cannot differ.
 */
@Injectable()
export class TrainingsStore {
  /** In the order of their days, then of their lots. */
  async list(
    tx: EntityManager,
    of: { institutionId: string; from: string; to: string },
    page: { after: [string, string] | null; limit: number | null } = { after: null, limit: null },
  ): Promise<Training[]> {
    const rows = await tx.query<TrainingRow[]>(
      `SELECT c.lot_id AS "lotId", c.learner_id AS "learnerId", c.day::text AS day, c.minutes,
              c.category, o.level, d.level_scale AS "levelScale", o.circumstances, d.code,
              d.title_zh AS zh, d.title_en AS en, e.lot_id IS NOT NULL AS "hasEntry",
              l.first_index + e.posting_pos AS "logIndex"
         FROM indicator_contribution c
         JOIN learning_outcome o
           ON o.bucket = c.bucket AND o.learner_id = c.learner_id AND o.lot_id = c.lot_id
         JOIN outcome_definition d ON d.id = o.definition_id
         LEFT JOIN entry e ON e.bucket = c.bucket AND e.learner_id = c.learner_id
          AND e.lot_id = c.lot_id AND e.lot_seq = 0
         LEFT JOIN log_posting l ON l.posting_id = e.posting_id
        WHERE c.measure = 'training' AND c.known_to IS NULL AND c.institution_id = $1
          AND c.day BETWEEN $2 AND $3
          AND ($4::date IS NULL OR (c.day, c.lot_id) > ($4, $5::uuid))
        ORDER BY c.day, c.lot_id LIMIT $6`,
      [of.institutionId, of.from, of.to, ...(page.after ?? [null, null]), page.limit],
    );
    return rows.map(toTraining);
  }

  /** Which of some lots were somebody's who has been erased: what was done stays done. */
  async erasedAmong(tx: EntityManager, lotIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ id: string }[]>(
      'SELECT lot_id AS id FROM erased_lot WHERE lot_id = ANY($1::uuid[])',
      [lotIds],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

/** Kind and whether the hours are known stand in the words of the indicator. */
function toTraining(row: TrainingRow): Training {
  const { category, circumstances, zh, en, code, minutes, logIndex, ...same } = row;
  const [kind = 'unknown', , , hours] = category.split('|');
  return {
    lotId: same.lotId,
    learnerId: same.learnerId,
    day: same.day,
    minutes: hours === 'known' ? BigInt(minutes) : null,
    kind,
    level: levelOf(row),
    mode: parseCircumstances(circumstances).mode ?? 'unknown',
    outcome: { code, title: { zh, en } },
    hasEntry: same.hasEntry,
    logIndex: logIndex === null ? null : Number(logIndex),
  };
}

/** `5` (初级工) to `1` (高级技师); `none` for a training without a skill level. */
function levelOf({ levelScale, level }: TrainingRow): string {
  if (levelScale !== SKILL_SCALE || level === null) return 'none';
  const place = SKILL_LEVELS.indexOf(onScale(levelScale, level) ?? '');
  return place < 0 ? 'none' : String(place + 1);
}
