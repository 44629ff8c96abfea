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

/** A row that is found by a keyed index. */
export interface IndexedRow {
  /** Where the row stands in the walk. */
  readonly place: string;
  readonly indexVersion: number;
}

/** Rows that are found by a keyed index, and how they are filed anew. */
export interface IndexedRows<Row extends IndexedRow, Refiled> {
  readonly name: string;
  /** The next rows in the order of their places, locked. */
  readonly list: (tx: EntityManager, step: RotationStep) => Promise<readonly Row[]>;
  /** The row as the present index files it. */
  readonly refile: (row: Row) => Refiled;
  readonly save: (tx: EntityManager, refiled: readonly Refiled[], version: number) => Promise<void>;
  /** How many rows are filed under another version than the present one. */
  readonly countOther: (tx: EntityManager, version: number) => Promise<number>;
}

/** A walk through indexed rows that files anew those of another version than the given one. */
export interface Reindexing extends Pick<IndexedRows<IndexedRow, unknown>, 'name' | 'countOther'> {
  readonly reindex: (
    tx: EntityManager,
    step: RotationStep,
    version: number,
  ) => Promise<RotationProgress>;
}

/** A change of the keys outside the database that its contents need; keys by their fingerprints. */
export interface KeyChange {
  readonly kind: 'master' | 'index';
  readonly action: 'put-in-use' | 'retired';
  readonly before: object | null;
  readonly after: object | null;
}

type KeyWatcher = (tx: EntityManager, change: KeyChange) => Promise<void>;

/** Where wrapped keys and keyed indexes stand. Features register theirs in `onModuleInit`. */
@Injectable()
export class KeyHolders {
  readonly #tables: KeyTable[] = [{ table: 'bank_secret', key: ['name'] }];
  readonly #indexed: Reindexing[] = [];
  readonly #watchers: KeyWatcher[] = [];

  registerTable(table: KeyTable): void {
    assert(!this.#tables.some((one) => one.table === table.table), `${table.table} twice`);
    this.#tables.push(table);
  }

  registerIndexed<Row extends IndexedRow, Refiled>(rows: IndexedRows<Row, Refiled>): void {
    const { name, list, refile, save, countOther } = rows;
    assert(!this.#indexed.some((one) => one.name === name), `${name} twice`);
    const reindex: Reindexing['reindex'] = async (tx, step, version) => {
      const walked = await list(tx, step);
      const stale = walked.filter(({ indexVersion }) => indexVersion !== version);
      await save(tx, stale.map(refile), version);
      return { lastKey: walked.at(-1)?.place ?? null, changed: stale.length };
    };
    this.#indexed.push({ name, countOther, reindex });
  }

  /** Told in the transaction of each change. */
  watch(watcher: KeyWatcher): void {
    this.#watchers.push(watcher);
  }

  async announce(tx: EntityManager, change: KeyChange): Promise<void> {
    for (const watcher of this.#watchers) await watcher(tx, change);
  }

  get tables(): readonly KeyTable[] {
    return this.#tables;
  }

  get indexed(): readonly Reindexing[] {
    return this.#indexed;
  }
}
