import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tile, TileId } from '#libs/merkle';
import { prepared } from '../platform/database/index.js';
import { readTiles, writeTiles } from './tile-rows.js';

/** What the log says of itself now. */
export interface LogHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** The signed checkpoint over the three. */
  readonly checkpoint: string;
}

/** Where the entries of a posting stand in the log. */
export interface LogPlace {
  readonly postingId: string;
  readonly firstIndex: number;
  readonly entries: number;
}

/** A second signature under a checkpoint. */
export interface Cosignature {
  readonly size: number;
  readonly witness: string;
  /** The text of the checkpoint with the log's own signature. */
  readonly checkpoint: string;
  /** The witness's signature line. */
  readonly signature: string;
  readonly cosignedAt: Date;
}

interface HeadRow {
  origin: string;
  size: string;
  root: Buffer;
  checkpoint: string;
}

interface PlaceRow {
  posting_id: string;
  first_index: string;
  entries: number;
}

const HEAD = 'SELECT origin, size, root, checkpoint FROM log_head';

/** All SQL of the log's own tables. */
@Injectable()
export class LogStore {
  async findHead(tx: EntityManager): Promise<LogHead | undefined> {
    const rows = await prepared<HeadRow>(tx, { name: 'log-head', text: HEAD, values: [] });
    return rows.map(toHead)[0];
  }

  /** When the head was signed; undefined while there is none. */
  async findSignedAt(tx: EntityManager): Promise<Date | undefined> {
    const rows = await tx.query<{ at: Date }[]>('SELECT signed_at AS at FROM log_head');
    return rows[0]?.at;
  }

  /** The head, held until the transaction ends; undefined while another sequencer holds it. */
  async lockHead(tx: EntityManager): Promise<LogHead | undefined> {
    const text = `${HEAD} FOR UPDATE SKIP LOCKED`;
    const rows = await prepared<HeadRow>(tx, { name: 'log-head-lock', text, values: [] });
    return rows.map(toHead)[0];
  }

  /** Writes the very first head; does nothing when there is one. */
  async insertHead(tx: EntityManager, head: LogHead, signedAt: Date): Promise<void> {
    await tx.query(
      `INSERT INTO log_head (origin, size, root, checkpoint, signed_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [head.origin, head.size, head.root, head.checkpoint, signedAt],
    );
  }

  /**
   * Moves the head on from the size at which the caller saw it.
   * @returns false when somebody else moved it first; nothing is changed then
   */
  async moveHead(tx: EntityManager, from: number, head: LogHead, signedAt: Date): Promise<boolean> {
    const rows = await prepared(tx, {
      name: 'log-head-move',
      text: `UPDATE log_head SET size = $2, root = $3, checkpoint = $4, signed_at = $5
              WHERE size = $1 RETURNING 1`,
      values: [from, head.size, head.root, head.checkpoint, signedAt],
    });
    return rows.length === 1;
  }

  /** The hashes of tiles, in the order asked; undefined where there is no tile. */
  readTiles(tx: EntityManager, tiles: readonly TileId[]): Promise<readonly (Buffer | undefined)[]> {
    return readTiles(tx, 'log_tile', tiles);
  }

  /** Stores new tiles and the growth of known ones. */
  writeTiles(tx: EntityManager, tiles: readonly Tile[]): Promise<void> {
    return writeTiles(tx, 'log_tile', tiles);
  }

  async insertPlaces(tx: EntityManager, places: readonly LogPlace[]): Promise<void> {
    await prepared(tx, {
      name: 'log-places-write',
      text: `INSERT INTO log_posting (posting_id, first_index, entries)
             SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::int[])`,
      values: [
        places.map((place) => place.postingId),
        places.map((place) => place.firstIndex),
        places.map((place) => place.entries),
      ],
    });
  }

  async findPlace(tx: EntityManager, postingId: string): Promise<LogPlace | undefined> {
    const rows = await prepared<PlaceRow>(tx, {
      name: 'log-place',
      text: 'SELECT posting_id, first_index, entries FROM log_posting WHERE posting_id = $1',
      values: [postingId],
    });
    return rows.map(toPlace)[0];
  }

  /** Where some postings stand; those that the log does not hold yet are absent. */
  async findPlaces(tx: EntityManager, postingIds: readonly string[]): Promise<LogPlace[]> {
    const rows = await tx.query<PlaceRow[]>(
      'SELECT posting_id, first_index, entries FROM log_posting WHERE posting_id = ANY($1::uuid[])',
      [postingIds],
    );
    return rows.map(toPlace);
  }

  /** The postings whose entries stand somewhere from `start` up to, not including, `end`. */
  async listPlaces(tx: EntityManager, start: number, end: number): Promise<LogPlace[]> {
    const rows = await prepared<PlaceRow>(tx, {
      name: 'log-places',
      text: `SELECT posting_id, first_index, entries FROM log_posting
              WHERE first_index < $2 AND first_index >= coalesce(
                      (SELECT max(first_index) FROM log_posting WHERE first_index <= $1), 0)
              ORDER BY first_index`,
      values: [start, end],
    });
    return rows.map(toPlace);
  }

  /** Keeps the first signature of a witness at a size; another changes nothing. */
  async insertCosignature(
    tx: EntityManager,
    cosignature: Cosignature,
    receivedAt: Date,
  ): Promise<void> {
    const { size, witness, checkpoint, signature, cosignedAt } = cosignature;
    await tx.query(
      `INSERT INTO log_cosignature (size, witness, checkpoint, signature, cosigned_at, received_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [size, witness, checkpoint, signature, cosignedAt, receivedAt],
    );
  }

  /** The cosignatures under the checkpoint of one size, or of the newest size that has any. */
  async listCosignatures(tx: EntityManager, size?: number): Promise<Cosignature[]> {
    const rows = await tx.query<
      {
        size: string;
        witness: string;
        checkpoint: string;
        signature: string;
        cosigned_at: Date;
      }[]
    >(
      `SELECT size, witness, checkpoint, signature, cosigned_at FROM log_cosignature
        WHERE size = coalesce($1, (SELECT max(size) FROM log_cosignature)) ORDER BY witness`,
      [size ?? null],
    );
    return rows.map(({ cosigned_at, ...row }) => ({
      ...row,
      size: Number(row.size),
      cosignedAt: cosigned_at,
    }));
  }
}

function toHead(row: HeadRow): LogHead {
  return { ...row, size: Number(row.size) };
}

function toPlace(row: PlaceRow): LogPlace {
  return {
    postingId: row.posting_id,
    firstIndex: Number(row.first_index),
    entries: row.entries,
  };
}
