import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type CipherName, type Config, ConfigError } from '../config/index.js';
import { Database } from '../database/index.js';
import { Tasks } from '../queue/index.js';
import { dataKeyOf, keyIdOf } from './data-key.js';
import { KeyHolders } from './holders.js';
import { type IndexVersion, Keyring } from './keyring.js';
import { type KeyKind, type KeyVersion, KeysStore } from './keys.store.js';

/** The kind of task that brings everything under the present keys. */
export const ROTATE_KEYS = 'keys.rotate';

const ROW_KEY = 'row-key';
const SETTING: Readonly<Record<KeyKind, string>> = { master: 'MASTER_KEY', index: 'INDEX_KEY' };

/** A key as the settings give it. */
interface ConfiguredKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/**
 * Compares the configured keys with those that the database needs, before anything is served: a
 * start without one of them is refused, a new present key begins a rotation.
 */
@Injectable()
export class KeyRegistry implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: KeysStore,
    private readonly keyring: Keyring,
    private readonly holders: KeyHolders,
    private readonly tasks: Tasks,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.database.transaction((tx) => this.#open(tx));
    } catch (error) {
      // A start that is refused has no shutdown: the pool would keep the process alive.
      await this.database.dataSource.destroy();
      throw error;
    }
  }

  async #open(tx: EntityManager): Promise<void> {
    await this.store.lock(tx);
    const live = (await this.store.list(tx)).filter(({ state }) => state !== 'retired');
    if (live.length === 0) await this.#requireFits(tx);
    for (const version of live) this.#requireConfigured(version);
    await this.#settle(tx, live, 'master');
    await this.#settle(tx, live, 'index');
    const now = (await this.store.list(tx)).filter(({ state }) => state !== 'retired');
    const isRotating = now.some(({ state }) => state === 'retiring');
    // At every start: a rotation that the queue gave up on goes on as well.
    if (isRotating) await this.tasks.add(tx, ROTATE_KEYS, {});
    this.keyring.use(this.#indexesOf(now), await this.#rowKey(tx));
  }

  /** A database that is older than the list of its keys: what it holds must open. */
  async #requireFits(tx: EntityManager): Promise<void> {
    for (const wrapped of await this.store.someWrapped(tx, this.holders.tables)) {
      try {
        this.keyring.unwrap(wrapped);
      } catch {
        throw new ConfigError(
          'MASTER_KEY does not open what this database holds. Set it to the key under which the ' +
            'database was filled (DATA_DIR/keys/master.key of that installation).',
        );
      }
    }
  }

  #requireConfigured({ kind, keyId, state }: KeyVersion): void {
    if (this.#configured(kind).some((one) => one.keyId === keyId)) return;
    const name = SETTING[kind];
    const [present] = this.#configured(kind);
    throw new ConfigError(
      `This database needs the ${kind} key ${keyId}, and ${name} is the key ${present?.keyId}. ` +
        (state === 'current'
          ? `Set ${name} to that key, or name it in ${name}_OLD to replace it by the new one.`
          : `Its rotation has not ended: name that key in ${name}_OLD until it has.`),
    );
  }

  async #settle(tx: EntityManager, live: readonly KeyVersion[], kind: KeyKind): Promise<void> {
    const { keyId } = this.#configured(kind)[0] as ConfiguredKey;
    const cipher: CipherName | null = kind === 'index' ? this.config.cipherProfile : null;
    const current = live.find((one) => one.kind === kind && one.state === 'current');
    if (current?.keyId === keyId && current.cipher === cipher) return;
    await this.store.makeCurrent(tx, { kind, keyId, cipher });
    await this.holders.announce(tx, {
      kind,
      action: 'put-in-use',
      before: current ? { keyId: current.keyId, cipher: current.cipher } : null,
      after: { keyId, cipher },
    });
  }

  #configured(kind: KeyKind): readonly ConfiguredKey[] {
    const { masterKey, oldMasterKeys, indexKey, oldIndexKeys } = this.config;
    const keys = kind === 'master' ? [masterKey, ...oldMasterKeys] : [indexKey, ...oldIndexKeys];
    return keys.map((key) => ({ keyId: keyIdOf(key), key }));
  }

  #indexesOf(versions: readonly KeyVersion[]): [IndexVersion, ...IndexVersion[]] {
    const keys = new Map(this.#configured('index').map(({ keyId, key }) => [keyId, key]));
    const indexes = versions
      .filter(({ kind }) => kind === 'index')
      .toSorted((a, b) => Number(b.state === 'current') - Number(a.state === 'current'))
      .map(({ version, keyId, cipher }) => ({
        version,
        cipher: cipher as CipherName,
        key: keys.get(keyId) as Buffer,
      }));
    return indexes as [IndexVersion, ...IndexVersion[]];
  }

  /**
   * Ids of outcomes depend on it, and books are not rewritten: a key of its own, which begins as the
   * first index key and outlives it.
   */
  async #rowKey(tx: EntityManager): Promise<Buffer> {
    const stored = await this.store.findSecret(tx, ROW_KEY);
    if (stored) return this.keyring.unwrap(stored).bytes;
    const { indexKey } = this.config;
    const wrapped = this.keyring.wrap(dataKeyOf(indexKey, this.config.cipherProfile));
    await this.store.insertSecret(tx, ROW_KEY, wrapped);
    return indexKey;
  }
}
