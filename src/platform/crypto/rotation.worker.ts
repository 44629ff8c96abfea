import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/index.js';
import { TaskHandlers, inSteps } from '../queue/index.js';
import { keyIdOf } from './data-key.js';
import { KeyHolders, type RotationProgress, type RotationStep } from './holders.js';
import { ROTATE_KEYS } from './key-registry.js';
import { Keyring } from './keyring.js';
import { type KeyKind, type KeyVersion, KeysStore } from './keys.store.js';

/** Rows of one transaction: short enough that a posting never waits long for it. */
const ROWS_AT_ONCE = 500;

type Step = (tx: EntityManager, step: RotationStep) => Promise<RotationProgress>;

/**
 * Brings everything under the present keys while the service goes on. Each step is a transaction that
 * also keeps how far it came, so that a killed worker's work goes on where it was. The older
 * keys are retired only when a count finds nothing left under them.
 */
@Injectable()
export class RotationWorker implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: KeysStore,
    private readonly keyring: Keyring,
    private readonly holders: KeyHolders,
    private readonly handlers: TaskHandlers,
  ) {}

  onModuleInit(): void {
    this.handlers.register(ROTATE_KEYS, (_: object, { signal }) => this.run(signal), 'bulk');
  }

  /** Ends when nothing is left under an older key. */
  async run(signal: AbortSignal): Promise<void> {
    for (const kind of ['master', 'index'] as const) {
      await inSteps(signal, () => this.#round(kind, signal));
    }
  }

  /** One walk through all rows. @returns true when some row still needs another */
  async #round(kind: KeyKind, signal: AbortSignal): Promise<boolean> {
    const versions = await this.database.read((tx) => this.store.list(tx));
    const own = versions.filter((one) => one.kind === kind);
    const current = own.find(({ state }) => state === 'current');
    if (!current || !own.some(({ state }) => state === 'retiring')) return false;
    if (!this.#isPresent(current)) {
      throw new Error(`this process was started before the ${kind} key was replaced; restart it`);
    }
    for (const [holder, step] of this.#steps(kind)) {
      await inSteps(signal, () => this.#step(current, holder, step));
    }
    return !(await this.#retire(current));
  }

  #isPresent({ kind, keyId }: KeyVersion): boolean {
    if (kind === 'master') return this.keyring.masterKeyIds[0] === keyId;
    return keyIdOf(this.keyring.index.key) === keyId;
  }

  #steps(kind: KeyKind): Map<string, Step> {
    if (kind === 'index') {
      return new Map(
        this.holders.indexed.map(({ name, reindex }) => [
          name,
          (tx, step) => reindex(tx, step, this.keyring.index.version),
        ]),
      );
    }
    const rewrap = (wrapped: Buffer): Buffer | null => this.keyring.rewrap(wrapped);
    return new Map(
      this.holders.tables.map((table) => [
        table.table,
        (tx, step) => this.store.rewrap(tx, table, { ...step, rewrap }),
      ]),
    );
  }

  #step({ kind, version }: KeyVersion, holder: string, step: Step): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Every start adds the task: two workers take turns, and each sees how far the other came.
      await this.store.lock(tx);
      const before = await this.store.findProgress(tx, { kind, version, holder });
      if (before?.endedAt) return false;
      const { lastKey, changed } = await step(tx, {
        after: before?.lastKey ?? null,
        limit: ROWS_AT_ONCE,
      });
      await this.store.setProgress(tx, {
        kind,
        version,
        holder,
        lastKey: lastKey ?? before?.lastKey ?? null,
        rowsDone: (before?.rowsDone ?? 0) + changed,
        endedAt: lastKey === null ? new Date() : null,
      });
      return lastKey !== null;
    });
  }

  /**
   * @returns false when rows are left, because a process with the older settings wrote them
   * meanwhile; they are walked through again
   */
  #retire(current: KeyVersion): Promise<boolean> {
    const { kind, version } = current;
    return this.database.transaction(async (tx) => {
      await this.store.lock(tx);
      let left = 0;
      for (const [holder, rows] of await this.#leftOf(tx, current)) {
        left += rows;
        if (rows === 0) continue;
        const before = await this.store.findProgress(tx, { kind, version, holder });
        if (before) await this.store.setProgress(tx, { ...before, lastKey: null, endedAt: null });
      }
      if (left > 0) return false;
      const others = await this.store.retireOthers(tx, kind);
      const [before, after] = [{ keyIds: others }, { keyId: current.keyId }];
      await this.holders.announce(tx, { kind, action: 'retired', before, after });
      return true;
    });
  }

  async #leftOf(tx: EntityManager, current: KeyVersion): Promise<Map<string, number>> {
    const left = new Map<string, number>();
    if (current.kind === 'index') {
      for (const { name, countOther } of this.holders.indexed) {
        left.set(name, await countOther(tx, current.version));
      }
      return left;
    }
    for (const { table } of this.holders.tables) {
      left.set(table, await this.store.countWrappedByOther(tx, table, current.keyId));
    }
    return left;
  }
}
