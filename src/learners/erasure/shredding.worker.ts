import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DailyTasks, inSteps } from '../../platform/queue/index.js';
import { Erasures } from './erasures.js';

/** The kind of task that destroys what is due. */
export const SHRED = 'learners.shred';

const AT_ONCE = 20;

/** Destroys, every day, the data of people whose period is over. One transaction a person. */
@Injectable()
export class ShreddingWorker implements OnModuleInit {
  constructor(
    private readonly daily: DailyTasks,
    private readonly erasures: Erasures,
  ) {}

  onModuleInit(): void {
    this.daily.register(SHRED, (_, signal) => this.run(signal));
  }

  run(signal: AbortSignal): Promise<void> {
    return inSteps(signal, async () => (await this.erasures.shredDue(AT_ONCE)) > 0);
  }
}
