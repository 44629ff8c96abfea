import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ScorePartsDocument } from '#libs/schemes';
import type { Place, Scheme } from './scheme.js';

interface SchemeRow extends Omit<Scheme, 'title'> {
  title_zh: string;
  title_en: string;
  scoring: ScorePartsDocument | null;
}

interface PlaceRow extends Omit<Place, 'title'> {
  title_zh: string;
  title_en: string;
}

export interface NewScheme extends Scheme {
  readonly actor: string;
  readonly places: readonly Omit<Place, 'schemeId' | 'admitted'>[];
}

const COLUMNS = `id, code, programme, year, title_zh, title_en, encode(rule_hash, 'hex') AS "ruleHash",
  rules, scoring, encode(scoring_hash, 'hex') AS "scoringHash", opens_on::text AS "opensOn",
  closes_on::text AS "closesOn", evidence_until::text AS "evidenceUntil",
  institution_id AS "institutionId", published_at AS "publishedAt"`;

const PLACE_COLUMNS = `id, scheme_id AS "schemeId", institution_id AS "institutionId", major, title_zh,
  title_en, places, admitted`;

/** All SQL of plans and places. Plans are INSERT and SELECT only. */
@Injectable()
export class SchemesStore {
  /** @returns false when there is a scheme of this code */
  async insert(tx: EntityManager, scheme: NewScheme): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO admission_scheme (id, code, programme, year, title_zh, title_en, rule_hash, rules,
         scoring, scoring_hash, opens_on, closes_on, evidence_until, institution_id, actor,
         published_at)
       VALUES ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), $8, $9, decode($10, 'hex'), $11, $12, $13,
         $14, $15, $16)
       ON CONFLICT (code) DO NOTHING RETURNING 1`,
      [
        scheme.id,
        scheme.code,
        scheme.programme,
        scheme.year,
        scheme.title.zh,
        scheme.title.en,
        scheme.ruleHash,
        scheme.rules,
        scheme.scoring === null ? null : JSON.stringify(scheme.scoring),
        scheme.scoringHash,
        scheme.opensOn,
        scheme.closesOn,
        scheme.evidenceUntil,
        scheme.institutionId,
        scheme.actor,
        scheme.publishedAt,
      ],
    );
    if (rows.length === 0) return false;
    for (const place of scheme.places) {
      await tx.query(
        `INSERT INTO admission_place (id, scheme_id, institution_id, major, title_zh, title_en, places)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          place.id,
          scheme.id,
          place.institutionId,
          place.major,
          place.title.zh,
          place.title.en,
          place.places,
        ],
      );
    }
    return true;
  }

  async find(tx: EntityManager, code: string): Promise<Scheme | undefined> {
    const rows = await tx.query<SchemeRow[]>(
      `SELECT ${COLUMNS} FROM admission_scheme WHERE code = $1`,
      [code],
    );
    return rows[0] && toScheme(rows[0]);
  }

  async findById(tx: EntityManager, id: string): Promise<Scheme | undefined> {
    const rows = await tx.query<SchemeRow[]>(
      `SELECT ${COLUMNS} FROM admission_scheme WHERE id = $1`,
      [id],
    );
    return rows[0] && toScheme(rows[0]);
  }

  /** Newest first. */
  async list(
    tx: EntityManager,
    { before, limit }: { before: string | null; limit: number },
  ): Promise<Scheme[]> {
    const rows = await tx.query<SchemeRow[]>(
      `SELECT ${COLUMNS} FROM admission_scheme WHERE ($1::uuid IS NULL OR id < $1)
        ORDER BY id DESC LIMIT $2`,
      [before, limit],
    );
    return rows.map(toScheme);
  }

  async listPlaces(tx: EntityManager, schemeIds: readonly string[]): Promise<Place[]> {
    const rows = await tx.query<PlaceRow[]>(
      `SELECT ${PLACE_COLUMNS} FROM admission_place WHERE scheme_id = ANY($1::uuid[])
        ORDER BY institution_id, major`,
      [schemeIds],
    );
    return rows.map(toPlace);
  }

  async findPlace(tx: EntityManager, id: string): Promise<Place | undefined> {
    const rows = await tx.query<PlaceRow[]>(
      `SELECT ${PLACE_COLUMNS} FROM admission_place WHERE id = $1`,
      [id],
    );
    return rows[0] && toPlace(rows[0]);
  }

  /** @returns false when more people than that are admitted already */
  async setPlaces(tx: EntityManager, id: string, places: number): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      'UPDATE admission_place SET places = $2 WHERE id = $1 AND admitted <= $2 RETURNING 1',
      [id, places],
    );
    return rows.length > 0;
  }

  /**
   * Takes one place. One statement: of two that race for the last the second sees that it is gone.
   *
   * @returns false when none is left
   */
  async take(tx: EntityManager, id: string): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE admission_place SET admitted = admitted + 1
        WHERE id = $1 AND admitted < places RETURNING 1`,
      [id],
    );
    return rows.length > 0;
  }

  async giveBack(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE admission_place SET admitted = admitted - 1 WHERE id = $1', [id]);
  }
}

function toScheme({ title_zh: zh, title_en: en, ...row }: SchemeRow): Scheme {
  return { ...row, title: { zh, en } };
}

function toPlace({ title_zh: zh, title_en: en, ...row }: PlaceRow): Place {
  return { ...row, title: { zh, en } };
}
