import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { pathwayOf } from '#libs/pathways';
import { compileScheme, type SchemeDocument } from '#libs/schemes';
import type { PathwayRecord } from './pathway-record.js';

interface PathwayRow {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly document: SchemeDocument;
  readonly hash: Buffer;
  readonly senderId: string;
  readonly receiverId: string;
  readonly publishedAt: Date;
}

const COLUMNS = `id, code, version, document, hash, sender_id AS "senderId",
  receiver_id AS "receiverId", published_at AS "publishedAt"`;

/** SQL of published pathways. Rows are added and never changed, so what was read once stays right. */
@Injectable()
export class PathwaysStore {
  readonly #read = new Map<string, PathwayRecord>();

  /** Whoever publishes or enrols waits for whoever does it in the same pathway. */
  async lock(tx: EntityManager, code: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('pathway|' || $1, 0))`, [code]);
  }

  async insert(
    tx: EntityManager,
    { pathway, ...record }: PathwayRecord & { readonly publishedBy: string },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO pathway (id, code, version, document, hash, sender_id, receiver_id, published_by,
         published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        record.id,
        record.code,
        record.version,
        JSON.stringify(pathway.document),
        Buffer.from(record.hash, 'hex'),
        record.senderId,
        record.receiverId,
        record.publishedBy,
        record.publishedAt,
      ],
    );
  }

  /** The newest version of every pathway, by code. */
  async listNewest(tx: EntityManager): Promise<PathwayRecord[]> {
    const rows = await tx.query<PathwayRow[]>(
      `SELECT DISTINCT ON (code) ${COLUMNS} FROM pathway ORDER BY code, version DESC`,
    );
    return rows.map((row) => this.#record(row));
  }

  async find(tx: EntityManager, id: string): Promise<PathwayRecord | undefined> {
    const rows = await tx.query<PathwayRow[]>(`SELECT ${COLUMNS} FROM pathway WHERE id = $1`, [id]);
    return rows[0] && this.#record(rows[0]);
  }

  async findMany(tx: EntityManager, ids: readonly string[]): Promise<Map<string, PathwayRecord>> {
    const rows = await tx.query<PathwayRow[]>(
      `SELECT ${COLUMNS} FROM pathway WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, this.#record(row)]));
  }

  async findNewest(tx: EntityManager, code: string): Promise<PathwayRecord | undefined> {
    const rows = await tx.query<PathwayRow[]>(
      `SELECT ${COLUMNS} FROM pathway WHERE code = $1 ORDER BY version DESC LIMIT 1`,
      [code],
    );
    return rows[0] && this.#record(rows[0]);
  }

  #record({ document, hash, ...row }: PathwayRow): PathwayRecord {
    const known = this.#read.get(row.id);
    if (known) return known;
    const scheme = compileScheme(document);
    const pathway = scheme.ok ? pathwayOf(scheme.value) : undefined;
    if (!pathway) throw new Error(`pathway ${row.id} cannot be read any more`);
    const record = { ...row, pathway, hash: hash.toString('hex') };
    this.#read.set(row.id, record);
    return record;
  }
}
