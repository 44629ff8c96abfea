import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Credentials, type IssuedCredential } from '../../credentials/index.js';
import { Learners } from '../../learners/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { Refusal } from '../../platform/http/index.js';
import { TaskHandlers } from '../../platform/queue/index.js';
import { shareState } from '../share.js';
import { SharesStore } from '../shares.store.js';

/** The kind of task that signs what the transcript of a new share carries. */
export const SIGN = 'shares.sign';

export interface SignTask {
  readonly shareId: string;
}

/**
 * The signed record inside a transcript: signed on the queue when a share is made, so that printing
 * finds it there, or by the print that comes first. Both come to the same credential.
 */
@Injectable()
export class TranscriptSigner implements OnModuleInit {
  constructor(
    private readonly handlers: TaskHandlers,
    private readonly database: Database,
    private readonly store: SharesStore,
    private readonly learners: Learners,
    private readonly credentials: Credentials,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register<SignTask>(SIGN, ({ shareId }) => this.run(shareId), 'bulk');
  }

  /** Signs in advance; nothing is to be done for a share that has ended or shows no outcome. */
  async run(shareId: string): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const share = await this.store.find(tx, shareId);
        if (!share || shareState(share, this.clock.now()) !== 'active') return;
        const name = await this.learners.nameForDocument(tx, share.learnerId);
        await this.record(tx, share.learnerId, name);
      });
    } catch (error) {
      if (!(error instanceof Refusal && error.problem.code === 'nothing-to-certify')) throw error;
    }
  }

  /** The learner's record as one signed credential. Throws `nothing-to-certify`. */
  record(tx: EntityManager, learnerId: string, name: string | null): Promise<IssuedCredential> {
    return this.credentials.transcript(tx, { learnerId, language: 'zh', name });
  }
}
