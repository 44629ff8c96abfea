import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { CONFIG, type Config } from '../config/index.js';
import { Database } from '../database/index.js';
import { hashId } from '../ids/index.js';
import { TaskHandlers } from './task-handlers.js';
import { Tasks } from './tasks.js';

const LOOK_EVERY_MS = 10 * 60 * 1000;

/**
 * Work of every day. Features register theirs in `onModuleInit`; it runs once a day, whichever process
 * asks first, and soon after the start of a service that was down at midnight.
 */
@Injectable()
export class DailyTasks implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger('queue');
  readonly #kinds: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly handlers: TaskHandlers,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  /** @param run does the work of a day, `yyyy-mm-dd`; it may run again after a crash */
  register(kind: string, run: (day: string, signal: AbortSignal) => Promise<void>): void {
    this.#kinds.push(kind);
    this.handlers.register<{ day: string }>(
      kind,
      ({ day }, { signal }) => run(day, signal),
      'bulk',
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'app') return;
    await this.plan();
    this.#timer = setInterval(() => {
      this.plan().catch((error: Error) => this.#logger.warn(error.message));
    }, LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Asks for today's runs; whoever asks first today has asked for all processes. */
  async plan(): Promise<void> {
    const day = this.clock.today();
    await this.database.transaction(async (tx) => {
      for (const kind of this.#kinds) {
        await this.tasks.add(tx, kind, { day }, { id: hashId('task', kind, day) });
      }
    });
  }
}
