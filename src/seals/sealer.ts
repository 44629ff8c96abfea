import { Inject, Injectable } from '@nestjs/common';
import { PostingsStore } from '../ledger/index.js';
import { BackgroundLoop } from '../platform/background/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { SealWriter } from './seal.writer.js';

/** While postings come in without a pause, accounts are sealed this many times more seldom. */
const PATIENCE = 6;

/** Seals the accounts every so often. Any number may run: one works, the others find nothing to do. */
@Injectable()
export class Sealer extends BackgroundLoop {
  protected readonly failurePauseMs: number;
  protected override readonly firstPauseMs: number;
  readonly #pauseMs: number;
  #put = 0;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: Database,
    private readonly postings: PostingsStore,
    private readonly writer: SealWriter,
  ) {
    super(config, 'seals');
    this.#pauseMs = config.sealPauseMs;
    this.failurePauseMs = config.sealPauseMs;
    this.firstPauseMs = config.sealPauseMs;
  }

  protected async step(signal: AbortSignal): Promise<number> {
    // A file is coming in: the machine has better things to do.
    if (++this.#put < PATIENCE && !(await this.#isQuiet())) return this.#pauseMs;
    this.#put = 0;
    if (await this.writer.isBehind()) await this.writer.seal(signal);
    return this.#pauseMs;
  }

  #isQuiet(): Promise<boolean> {
    return this.database.read((tx) => this.postings.isFeedEmpty(tx));
  }
}
