import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A table whose rows hold a data key in `wrapped_key`. */
export interface KeyTable {
  readonly table: string;
  /** Its primary key. */
  readonly key: readonly string[];
}

/** A piece of work on rows in the order of their keys. */
export interface RotationStep {
  readonly after: string | null;
  readonly limit: number;
}

export interface RotationProgress {
  /** The key of the last row that was looked at; null when there was none. */
  readonly lastKey: string | null;
  /** Rows that were changed. */
  readonly changed: number;
}

/** Rows that are found by a keyed index, and how they are filed anew. */
export interface IndexedRows {
  readonly name: string;
  readonly reindex: (tx: EntityManager, step: RotationStep) => Promise<RotationProgress>;
  /** How many rows are filed under another version than the present one. */
  readonly countOther: (tx: EntityManager, version: number) => Promise<number>;
}

/** Where wrapped keys and keyed indexes stand. Features register theirs in `onModuleInit`. */
@Injectable()
export class KeyHolders {
  readonly #tables: KeyTable[] = [{ table: 'bank_secret', key: ['name'] }];
  readonly #indexed: IndexedRows[] = [];

  registerTable(table: KeyTable): void {
    assert(!this.#tables.some((one) => one.table === table.table), `${table.table} twice`);
    this.#tables.push(table);
  }

  registerIndexed(rows: IndexedRows): void {
    assert(!this.#indexed.some((one) => one.name === rows.name), `${rows.name} twice`);
    this.#indexed.push(rows);
  }

  get tables(): readonly KeyTable[] {
    return this.#tables;
  }

  get indexed(): readonly IndexedRows[] {
    return this.#indexed;
  }
}
