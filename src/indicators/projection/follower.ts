import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop } from '../../platform/background/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { Projection } from './projection.js';

/** Between two looks at the feed: figures may be so much behind the books. */
const PAUSE_MS = 1_000;

/**
 * Keeps the figures up with the books, behind the postings and never in their way. Any number may
 * run: one works, the others find nothing to do.
 */
@Injectable()
export class Follower extends BackgroundLoop {
  protected readonly failurePauseMs = 5_000;
  readonly #projection = new Projection();

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: Database,
  ) {
    super(config, 'indicators');
  }

  /** Works off everything that waits now. */
  catchUp(): Promise<void> {
    return this.#projection.catchUp((work) => this.database.transaction(work));
  }

  protected async step(): Promise<number> {
    const done = await this.#projection.follow((work) => this.database.transaction(work));
    return done > 0 ? 0 : PAUSE_MS;
  }
}
