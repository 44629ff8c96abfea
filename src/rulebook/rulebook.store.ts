import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Programme, RuleDocument, RuleVersion } from './rule-version.js';

interface VersionRow {
  regulation_id: string;
  version: number;
  hash: string;
  title_zh: string;
  title_en: string;
  programme: string;
  in_force_from: string;
  in_force_to: string | null;
  published_at: Date;
}

interface DocumentRow extends VersionRow {
  document: string;
  source: string;
}

interface ProgrammeRow {
  code: string;
  institution_id: string;
  title_zh: string;
  title_en: string;
  total_credits: string;
  review: Programme['review'];
}

/** A published version never changes; what ends it early stands beside it. */
const END = 'least(v.in_force_to, t.ends_on)';
const VERSION = `v.regulation_id, v.version, encode(v.hash, 'hex') AS hash, v.title_zh, v.title_en,
  r.programme, v.in_force_from::text, ${END}::text AS in_force_to, v.published_at`;
const VERSIONS = `rule_version v JOIN regulation r ON r.id = v.regulation_id
  LEFT JOIN LATERAL (SELECT min(ends_on) AS ends_on FROM rule_retirement e
    WHERE e.regulation_id = v.regulation_id AND e.version = v.version) t ON true`;

/** All SQL of regulations, their versions and the programmes they govern. */
@Injectable()
export class RulebookStore {
  /** Two who publish for one programme come one after the other, until the transaction ends. */
  async lockProgramme(tx: EntityManager, programme: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('programme ' || $1, 0))`, [
      programme,
    ]);
  }

  async insertRegulation(
    tx: EntityManager,
    regulation: { id: string; programme: string; institutionId: string },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO regulation (id, programme, institution_id) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO NOTHING`,
      [regulation.id, regulation.programme, regulation.institutionId],
    );
  }

  async insertVersion(
    tx: EntityManager,
    version: Omit<RuleDocument, 'publishedAt' | 'programme'> & { publishedBy: string },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO rule_version (regulation_id, version, hash, title_zh, title_en, in_force_from,
         in_force_to, document, source, published_by)
       VALUES ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8, $9, $10)`,
      [
        version.regulationId,
        version.version,
        version.hash,
        version.title.zh,
        version.title.en,
        version.inForceFrom,
        version.inForceTo,
        version.document,
        version.source,
        version.publishedBy,
      ],
    );
  }

  /** Ends a version's window; the caller holds the programme's lock. */
  async insertRetirement(
    tx: EntityManager,
    retirement: {
      regulationId: string;
      version: number;
      endsOn: string;
      /** The version that follows; null when somebody decided to end it. */
      replacedBy: number | null;
      actor: string;
      reason: string | null;
    },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO rule_retirement (regulation_id, version, ends_on, replaced_by, actor, reason)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        retirement.regulationId,
        retirement.version,
        retirement.endsOn,
        retirement.replacedBy,
        retirement.actor,
        retirement.reason,
      ],
    );
  }

  /** The institution that first published a regulation. */
  async findRegulationOwner(tx: EntityManager, regulationId: string): Promise<string | undefined> {
    const rows = await tx.query<{ institution_id: string }[]>(
      'SELECT institution_id FROM regulation WHERE id = $1',
      [regulationId],
    );
    return rows[0]?.institution_id;
  }

  async putProgramme(tx: EntityManager, programme: Programme): Promise<void> {
    await tx.query(
      `INSERT INTO programme (code, institution_id, title_zh, title_en, total_credits, review)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (code) DO UPDATE SET institution_id = excluded.institution_id,
         title_zh = excluded.title_zh, title_en = excluded.title_en,
         total_credits = excluded.total_credits, review = excluded.review`,
      [
        programme.code,
        programme.institutionId,
        programme.title.zh,
        programme.title.en,
        programme.totalCredits,
        programme.review,
      ],
    );
  }

  /** Versions of a regulation, newest first. */
  async versionsOf(tx: EntityManager, regulationId: string): Promise<RuleVersion[]> {
    const rows = await tx.query<VersionRow[]>(
      `SELECT ${VERSION} FROM ${VERSIONS} WHERE v.regulation_id = $1 ORDER BY v.version DESC`,
      [regulationId],
    );
    return rows.map(toVersion);
  }

  /** The newest version of every regulation behind `after` with its texts, by id. */
  async listNewestDocuments(
    tx: EntityManager,
    page: { after: string; limit: number },
  ): Promise<RuleDocument[]> {
    const rows = await tx.query<DocumentRow[]>(
      `SELECT DISTINCT ON (v.regulation_id) ${VERSION}, v.document, v.source
         FROM ${VERSIONS}
        WHERE v.regulation_id > $1 ORDER BY v.regulation_id, v.version DESC LIMIT $2`,
      [page.after, page.limit],
    );
    return rows.map(toDocument);
  }

  /** The newest version of a regulation with its texts. */
  async findNewest(tx: EntityManager, regulationId: string): Promise<RuleDocument | undefined> {
    const rows = await tx.query<DocumentRow[]>(
      `SELECT ${VERSION}, v.document, v.source
         FROM ${VERSIONS}
        WHERE v.regulation_id = $1 ORDER BY v.version DESC LIMIT 1`,
      [regulationId],
    );
    return rows.map(toDocument)[0];
  }

  /** Of some regulations the version that governs on a day. */
  async governingOf(
    tx: EntityManager,
    regulationIds: readonly string[],
    on: string,
  ): Promise<Map<string, number>> {
    const rows = await tx.query<{ regulation_id: string; version: number }[]>(
      `SELECT DISTINCT ON (v.regulation_id) v.regulation_id, v.version
         FROM ${VERSIONS}
        WHERE v.regulation_id = ANY($1) AND v.in_force_from <= $2
          AND (${END} IS NULL OR ${END} >= $2)
        ORDER BY v.regulation_id, v.version DESC`,
      [regulationIds, on],
    );
    return new Map(rows.map((row) => [row.regulation_id, row.version]));
  }

  /** One version with its texts. */
  async findVersion(
    tx: EntityManager,
    regulationId: string,
    version: number,
  ): Promise<RuleDocument | undefined> {
    const rows = await tx.query<DocumentRow[]>(
      `SELECT ${VERSION}, v.document, v.source
         FROM ${VERSIONS}
        WHERE v.regulation_id = $1 AND v.version = $2`,
      [regulationId, version],
    );
    return rows.map(toDocument)[0];
  }

  /** How many versions some regulations have, and which institution owns each. */
  async overview(
    tx: EntityManager,
    regulationIds: readonly string[],
  ): Promise<Map<string, { versions: number; institutionId: string }>> {
    const rows = await tx.query<{ id: string; versions: number; institution_id: string }[]>(
      `SELECT r.id, count(*)::int AS versions, r.institution_id
         FROM regulation r JOIN rule_version v ON v.regulation_id = r.id
        WHERE r.id = ANY($1) GROUP BY r.id`,
      [regulationIds],
    );
    return new Map(
      rows.map((row) => [row.id, { versions: row.versions, institutionId: row.institution_id }]),
    );
  }

  /** The version that governs a programme on a day: of those in force, the newest. */
  async findGoverning(
    tx: EntityManager,
    programme: string,
    on: string,
  ): Promise<RuleDocument | undefined> {
    const rows = await tx.query<DocumentRow[]>(
      `SELECT ${VERSION}, v.document, v.source
         FROM ${VERSIONS}
        WHERE r.programme = $1 AND v.in_force_from <= $2
          AND (${END} IS NULL OR ${END} >= $2)
        ORDER BY v.version DESC LIMIT 1`,
      [programme, on],
    );
    return rows.map(toDocument)[0];
  }

  /** The versions that govern some programme on a day, by regulation. */
  async listInForce(tx: EntityManager, on: string): Promise<RuleDocument[]> {
    const rows = await tx.query<DocumentRow[]>(
      `SELECT DISTINCT ON (v.regulation_id) ${VERSION}, v.document, v.source
         FROM ${VERSIONS}
        WHERE v.in_force_from <= $1 AND (${END} IS NULL OR ${END} >= $1)
        ORDER BY v.regulation_id, v.version DESC`,
      [on],
    );
    return rows.map(toDocument);
  }

  /** The canonical document with this hash. */
  async findDocument(tx: EntityManager, hash: string): Promise<string | undefined> {
    const rows = await tx.query<{ document: string }[]>(
      `SELECT document FROM rule_version WHERE hash = decode($1, 'hex')`,
      [hash],
    );
    return rows[0]?.document;
  }

  /** Another regulation that governs the programme at some time of the window. */
  async findOverlapping(
    tx: EntityManager,
    own: { regulationId: string; programme: string; from: string; to: string | null },
  ): Promise<string | undefined> {
    const rows = await tx.query<{ regulation_id: string }[]>(
      `SELECT v.regulation_id FROM ${VERSIONS}
        WHERE r.programme = $1 AND v.regulation_id <> $2
          AND ($4::date IS NULL OR v.in_force_from <= $4)
          AND (${END} IS NULL OR (${END} >= $3 AND ${END} >= v.in_force_from))
        LIMIT 1`,
      [own.programme, own.regulationId, own.from, own.to],
    );
    return rows[0]?.regulation_id;
  }

  async listProgrammes(
    tx: EntityManager,
    page: { after: string; limit: number },
  ): Promise<Programme[]> {
    const rows = await tx.query<ProgrammeRow[]>(
      'SELECT * FROM programme WHERE code > $1 ORDER BY code LIMIT $2',
      [page.after, page.limit],
    );
    return rows.map(toProgramme);
  }

  async findProgramme(tx: EntityManager, code: string): Promise<Programme | undefined> {
    const rows = await tx.query<ProgrammeRow[]>('SELECT * FROM programme WHERE code = $1', [code]);
    return rows.map(toProgramme)[0];
  }
}

function toVersion(row: VersionRow): RuleVersion {
  return {
    regulationId: row.regulation_id,
    version: row.version,
    hash: row.hash,
    title: { zh: row.title_zh, en: row.title_en },
    programme: row.programme,
    inForceFrom: row.in_force_from,
    inForceTo: row.in_force_to,
    publishedAt: row.published_at,
  };
}

function toDocument(row: DocumentRow): RuleDocument {
  return { ...toVersion(row), document: row.document, source: row.source };
}

function toProgramme(row: ProgrammeRow): Programme {
  return {
    code: row.code,
    institutionId: row.institution_id,
    title: { zh: row.title_zh, en: row.title_en },
    totalCredits: row.total_credits,
    review: row.review,
  };
}
