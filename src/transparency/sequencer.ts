import { Inject, Injectable } from '@nestjs/common';
import { BackgroundLoop } from '../platform/background/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { LogWriter, MOST_LEAVES } from './log.writer.js';

/** Between two looks at the feed; with the work itself well under the second we promise. */
const PAUSE_MS = 200;

/** Keeps the log up with the books. Any number may run: one works, the others wait. */
@Injectable()
export class Sequencer extends BackgroundLoop {
  protected readonly failurePauseMs = 1_000;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly writer: LogWriter,
  ) {
    super(config, 'log');
  }

  protected override prepare(): Promise<void> {
    return this.writer.open();
  }

  protected async step(): Promise<number> {
    // A full batch means that more waits.
    return (await this.writer.sequence()) >= MOST_LEAVES ? 0 : PAUSE_MS;
  }
}
