import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { millicredits } from '#libs/credit';
import type { Milestone } from '#libs/indicators';
import type {
  Category,
  ContestTier,
  NewOutcomeDefinition,
  OutcomeDefinition,
  OutcomeForm,
  OutcomeKind,
  OutcomeSource,
  Registration,
} from './definition.js';
import { searchTextOf } from './title-key.js';

interface DefinitionRow {
  readonly id: string;
  readonly code: string;
  readonly kind: OutcomeKind;
  readonly form: OutcomeForm;
  readonly institution_id: string;
  readonly institution_code: string;
  readonly institution_zh: string;
  readonly institution_en: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly aliases: string[];
  readonly category_id: number;
  readonly category_code: string;
  readonly category_zh: string;
  readonly category_en: string;
  readonly source: OutcomeSource;
  readonly credit_millicredits: string | null;
  readonly minutes: string | null;
  readonly level_scale: string | null;
  readonly level: string | null;
  readonly grade_scale: string | null;
  readonly pass_grade: string | null;
  readonly min_attendance_percent: number | null;
  readonly shelf_life_months: number | null;
  readonly registration: Registration;
  readonly open_from: string | null;
  readonly open_to: string | null;
  readonly milestone: Milestone | null;
  readonly counterpart: string | null;
  readonly contest_tier: ContestTier | null;
}

/** Dates travel as text: a driver's date object has a time of day and a time zone. */
const SELECT = `
  SELECT d.id, d.code, d.kind, d.form, d.institution_id, i.code AS institution_code,
         i.name_zh AS institution_zh, i.name_en AS institution_en, d.title_zh, d.title_en,
         d.aliases, d.category_id, c.code AS category_code, c.title_zh AS category_zh,
         c.title_en AS category_en, d.source, d.credit_millicredits, d.minutes, d.level_scale,
         d.level, d.grade_scale, d.pass_grade, d.min_attendance_percent, d.shelf_life_months,
         d.registration, d.open_from::text AS open_from, d.open_to::text AS open_to, d.milestone,
         d.counterpart, d.contest_tier
  FROM outcome_definition d
  JOIN institution i ON i.id = d.institution_id
  JOIN category c ON c.id = d.category_id`;

/** What a list is narrowed to; null narrows nothing. `limit` counts the row that tells of more. */
export interface DefinitionFilter {
  readonly after: string;
  readonly kind: OutcomeKind | null;
  /** Code of the institution that awards it. */
  readonly institution: string | null;
  /** Search keys, any of which may match; see `title-key.ts`. */
  readonly keys: readonly string[] | null;
  /** Words that match all together where no key does; empty for none. */
  readonly words: readonly string[];
  readonly limit: number;
}

/** A definition on its way in, with the ids of what it names. */
export interface DefinitionToInsert {
  readonly id: string;
  readonly institutionId: string;
  readonly categoryId: number;
  readonly definition: NewOutcomeDefinition;
}

/** SQL of categories and outcome definitions. */
@Injectable()
export class CatalogueStore {
  async categories(tx: EntityManager): Promise<Category[]> {
    const rows = await tx.query<{ id: number; code: string; zh: string; en: string }[]>(
      'SELECT id, code, title_zh AS zh, title_en AS en FROM category ORDER BY id',
    );
    return rows.map(({ id, code, zh, en }) => ({ id, code, title: { zh, en } }));
  }

  async revision(tx: EntityManager): Promise<string> {
    const rows = await tx.query<{ revision: string }[]>('SELECT revision FROM catalogue_revision');
    return (rows[0] as { revision: string }).revision;
  }

  /** Also makes writers of the catalogue take turns. */
  async renewRevision(tx: EntityManager): Promise<void> {
    await tx.query('UPDATE catalogue_revision SET revision = gen_random_uuid()');
  }

  async all(tx: EntityManager): Promise<OutcomeDefinition[]> {
    const rows = await tx.query<DefinitionRow[]>(`${SELECT} ORDER BY d.code`);
    return rows.map(toDefinition);
  }

  async byCodes(tx: EntityManager, codes: readonly string[]): Promise<OutcomeDefinition[]> {
    const rows = await tx.query<DefinitionRow[]>(`${SELECT} WHERE d.code = ANY ($1::text[])`, [
      codes,
    ]);
    return rows.map(toDefinition);
  }

  async list(tx: EntityManager, filter: DefinitionFilter): Promise<OutcomeDefinition[]> {
    const rows = await tx.query<DefinitionRow[]>(
      `${SELECT}
       WHERE d.code > $1 AND ($2::text IS NULL OR d.kind = $2)
         AND ($3::text[] IS NULL OR d.search_text LIKE ANY ($3)
              OR (cardinality($6::text[]) > 0 AND d.search_text LIKE ALL ($6)))
         AND ($5::text IS NULL OR i.code = $5)
       ORDER BY d.code LIMIT $4`,
      [
        filter.after,
        filter.kind,
        filter.keys?.map(within) ?? null,
        filter.limit,
        filter.institution,
        filter.words.map(within),
      ],
    );
    return rows.map(toDefinition);
  }

  async insert(tx: EntityManager, definitions: readonly DefinitionToInsert[]): Promise<void> {
    const rows = definitions.map(({ id, institutionId, categoryId, definition }) => ({
      id,
      code: definition.code,
      kind: definition.kind,
      form: definition.form,
      institution_id: institutionId,
      title_zh: definition.title.zh,
      title_en: definition.title.en,
      aliases: definition.aliases ?? [],
      category_id: categoryId,
      source: definition.source,
      credit_millicredits: definition.credits?.toString() ?? null,
      minutes: definition.minutes?.toString() ?? null,
      level_scale: definition.levelScale ?? null,
      level: definition.level ?? null,
      grade_scale: definition.gradeScale ?? null,
      pass_grade: definition.passGrade ?? null,
      min_attendance_percent: definition.minAttendancePercent ?? null,
      shelf_life_months: definition.shelfLifeMonths ?? null,
      registration: definition.registration ?? 'owner',
      open_from: definition.openFrom ?? null,
      open_to: definition.openTo ?? null,
      milestone: definition.milestone ?? null,
      counterpart: definition.counterpart ?? null,
      contest_tier: definition.contestTier ?? null,
      search_text: searchTextOf([
        definition.code,
        definition.title.zh,
        definition.title.en,
        ...(definition.aliases ?? []),
      ]),
      // Read by PostgreSQL as the time of the transaction.
      created_at: 'now',
    }));
    await tx.query(
      `INSERT INTO outcome_definition
       SELECT * FROM jsonb_populate_recordset(NULL::outcome_definition, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}

/** The pattern of LIKE for what stands anywhere; keys and words hold no sign of a pattern. */
function within(part: string): string {
  return `%${part}%`;
}

function toDefinition(row: DefinitionRow): OutcomeDefinition {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    form: row.form,
    institution: {
      id: row.institution_id,
      code: row.institution_code,
      name: { zh: row.institution_zh, en: row.institution_en },
    },
    title: { zh: row.title_zh, en: row.title_en },
    aliases: row.aliases,
    category: {
      id: row.category_id,
      code: row.category_code,
      title: { zh: row.category_zh, en: row.category_en },
    },
    source: row.source,
    credits:
      row.credit_millicredits === null ? null : millicredits(BigInt(row.credit_millicredits)),
    minutes: row.minutes === null ? null : BigInt(row.minutes),
    levelScale: row.level_scale,
    level: row.level,
    gradeScale: row.grade_scale,
    passGrade: row.pass_grade,
    minAttendancePercent: row.min_attendance_percent,
    shelfLifeMonths: row.shelf_life_months,
    registration: row.registration,
    openFrom: row.open_from,
    openTo: row.open_to,
    milestone: row.milestone,
    counterpart: row.counterpart,
    contestTier: row.contest_tier,
  };
}
