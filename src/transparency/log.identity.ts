import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Checkpoint,
  EMPTY_ROOT,
  type SigningKey,
  formatNote,
  signCheckpoint,
  signingKey,
} from '#libs/merkle';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { type LogHead, LogStore } from './log.store.js';

/**
 * The log's name and key. The name is part of every checkpoint, so it is the one under which the
 * first was signed, whatever LOG_ORIGIN or PUBLIC_URL say later.
 */
@Injectable()
export class LogIdentity {
  readonly #logger = new Logger('log');
  #key: SigningKey | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: LogStore,
    private readonly clock: Clock,
  ) {}

  /** The newest head. A log that has none begins here, with a signed checkpoint of size 0. */
  async head(tx: EntityManager): Promise<LogHead> {
    const head = await this.store.findHead(tx);
    if (head) return head;
    const first = { origin: this.config.logOrigin, size: 0, root: EMPTY_ROOT };
    const checkpoint = signed(first, signingKey(first.origin, this.config.logKey));
    await this.store.insertHead(tx, { ...first, checkpoint }, this.clock.now());
    return (await this.store.findHead(tx)) as LogHead;
  }

  /** The key that signs under the log's name. */
  async key(tx: EntityManager): Promise<SigningKey> {
    return this.keyOf((await this.head(tx)).origin);
  }

  /** The key of a log beside this one: the same secret under a name made of the log's. */
  async keyBeside(tx: EntityManager, nameOf: (log: string) => string): Promise<SigningKey> {
    const { name, seed } = await this.key(tx);
    return signingKey(nameOf(name), seed);
  }

  /** {@link key} for a caller that has the head and so the name. */
  keyOf(origin: string): SigningKey {
    if (this.#key?.name === origin) return this.#key;
    if (origin !== this.config.logOrigin) {
      this.#logger.warn(`The log is called ${origin} since its first checkpoint, and stays so.`);
    }
    this.#key = signingKey(origin, this.config.logKey);
    return this.#key;
  }

  /** A signed checkpoint as it is stored and served. */
  sign(checkpoint: Checkpoint): string {
    return signed(checkpoint, this.keyOf(checkpoint.origin));
  }
}

function signed(checkpoint: Checkpoint, key: SigningKey): string {
  return formatNote(signCheckpoint(checkpoint, key));
}
