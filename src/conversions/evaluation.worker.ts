import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Decision, canonicalJson, sha256Hex } from '#libs/rules';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal } from '../platform/http/index.js';
import { TaskHandlers } from '../platform/queue/index.js';
import { type Application, QUEUE } from './application.js';
import { ApplicationFlow, EVALUATE, type EvaluateTask } from './application-flow.js';
import { ApplicationsStore } from './applications.store.js';
import { DecisionsStore } from './decisions.store.js';
import { type Evaluation, Evaluator } from './evaluator.js';

/** How often an evaluation starts again because the credit was taken while it was made. */
const MOST_EVALUATIONS = 5;

/** Credit that the decision wanted to hold was gone; the transaction is undone and tried again. */
class CreditTaken extends Error {}

/**
 * Evaluates applications on the queue. Running a task again after a crash changes nothing: whatever
 * was decided moved the application on in the same transaction.
 */
@Injectable()
export class EvaluationWorker implements OnModuleInit {
  constructor(
    private readonly handlers: TaskHandlers,
    private readonly database: Database,
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly evaluator: Evaluator,
    private readonly flow: ApplicationFlow,
    private readonly keyring: Keyring,
  ) {}

  onModuleInit(): void {
    this.handlers.register<EvaluateTask>(EVALUATE, ({ applicationId }) => this.run(applicationId));
  }

  /** Brings an application from `submitted` to its decision; does nothing in any later state. */
  async run(applicationId: string): Promise<void> {
    await this.#start(applicationId);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.transaction((tx) => this.#decide(tx, applicationId));
      } catch (error) {
        if (!(error instanceof CreditTaken) || attempt === MOST_EVALUATIONS) throw error;
      }
    }
  }

  async #start(applicationId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await this.applications.findLocked(tx, applicationId);
      if (application?.state !== 'submitted') return;
      await this.flow.advance(tx, application, 'start', { actor: QUEUE, note: null });
    });
  }

  async #decide(tx: EntityManager, applicationId: string): Promise<void> {
    const application = await this.applications.findLocked(tx, applicationId);
    if (application?.state !== 'evaluating') return;
    await this.applications.lockLearner(tx, application.learnerId);
    await this.flow.release(tx, application, QUEUE);
    const evaluation = await this.#evaluate(tx, application);
    if (evaluation instanceof Refusal) {
      const { code } = evaluation.problem;
      await this.flow.advance(tx, application, 'refuse', { actor: QUEUE, note: code });
      return;
    }
    await this.#store(tx, application, evaluation);
    await this.#settle(tx, application, evaluation);
  }

  /** Rules that ended since the application was made are an answer, not a failure to try again. */
  async #evaluate(tx: EntityManager, application: Application): Promise<Evaluation | Refusal> {
    const { id, learnerId, programme, on } = application;
    try {
      return await this.evaluator.evaluate(tx, { learnerId, programme, on, applicationId: id });
    } catch (error) {
      const isOver = error instanceof Refusal && error.problem.code === 'rulebook-not-in-force';
      if (isOver) return error;
      throw error;
    }
  }

  async #store(
    tx: EntityManager,
    application: Application,
    { compiled, facts, decision }: Evaluation,
  ): Promise<void> {
    const document = canonicalJson(decision);
    const key = this.keyring.unwrap(application.wrappedKey);
    await this.decisions.insertDecision(tx, {
      applicationId: application.id,
      document,
      hash: Buffer.from(sha256Hex(document), 'hex'),
      ruleHash: Buffer.from(compiled.hash, 'hex'),
      factsSealed: this.keyring.seal(key, canonicalJson(facts), factsContext(application.id)),
    });
  }

  async #settle(
    tx: EntityManager,
    application: Application,
    { compiled, decision }: Evaluation,
  ): Promise<void> {
    const by = { actor: QUEUE, note: null };
    const isReviewed = compiled.rulebook.target.review === 'required';
    if (decision.granted.length === 0) {
      const isOpen = isReviewed && waitsForPerson(decision);
      return this.flow.advance(tx, application, isOpen ? 'offer' : 'refuse', by);
    }
    const held = await this.flow.hold(tx, application, decision, QUEUE);
    if (!held.ok) throw new CreditTaken();
    if (isReviewed) return this.flow.advance(tx, application, 'offer', by);
    const document = canonicalJson(decision);
    const booked = await this.flow.book(tx, application, { document }, QUEUE);
    if (!booked.ok) throw new CreditTaken();
    return this.flow.advance(tx, application, 'grant', by);
  }
}

/** What binds sealed facts to their application. */
export function factsContext(applicationId: string): string {
  return `application:${applicationId}:facts`;
}

/** Whether a finding of the receiving institution could still turn the decision. */
function waitsForPerson(decision: Decision): boolean {
  return decision.pending.some(({ waitsFor }) => waitsFor.some(({ what }) => what === 'finding'));
}
