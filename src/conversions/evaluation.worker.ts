import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Decision, canonicalJson, sha256Hex } from '#libs/rules';
import { Institutions, whyNotDecided } from '../institutions/index.js';
import { KeyHolders, Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal } from '../platform/http/index.js';
import { type Closing, TaskHandlers } from '../platform/queue/index.js';
import { type Application, QUEUE, isOffered } from './application.js';
import { ApplicationFlow, EVALUATE, type EvaluateTask } from './application-flow.js';
import { ApplicationsStore } from './applications.store.js';
import { isCatalogued } from './catalogued.js';
import { DecisionsStore } from './decisions.store.js';
import { type Evaluation, Evaluator } from './evaluator.js';
import { appealPanelSize, panelSize } from './panel.js';

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
    private readonly institutions: Institutions,
    private readonly keyring: Keyring,
    private readonly holders: KeyHolders,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'application', key: ['bucket', 'id'] });
    this.handlers.register<EvaluateTask>(EVALUATE, ({ applicationId }) => this.run(applicationId));
    this.handlers.onClosing<EvaluateTask>(EVALUATE, (tx, { applicationId }, closing) =>
      this.#close(tx, applicationId, closing),
    );
  }

  /**
   * Brings an application from `submitted` to its decision, and one on appeal to the decision that
   * its panel reviews; does nothing in any other state.
   */
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

  /** What is not evaluated any more goes back to the learner, who has the credit again. */
  async #close(
    tx: EntityManager,
    applicationId: string,
    { actor: id, institutionId, note }: Closing,
  ): Promise<void> {
    const application = await this.applications.findLocked(tx, applicationId);
    if (!application) return;
    // An application that somebody withdrew meanwhile is at its end already.
    if (application.state !== 'submitted' && !(await this.#isWaiting(tx, application))) return;
    await this.applications.lockLearner(tx, application.learnerId);
    const actor = { id, institutionId };
    await this.flow.release(tx, application, actor);
    await this.flow.advance(tx, application, 'close', { actor, note });
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
    if (!application || !(await this.#isWaiting(tx, application))) return;
    await this.applications.lockLearner(tx, application.learnerId);
    await this.flow.release(tx, application, QUEUE);
    const evaluation = await this.#evaluate(tx, application);
    if (evaluation instanceof Refusal) {
      const { code } = evaluation.problem;
      const action = application.state === 'appealed' ? 'reject' : 'refuse';
      await this.flow.advance(tx, application, action, { actor: QUEUE, note: code });
      return;
    }
    await this.#store(tx, application, evaluation);
    await this.#settle(tx, application, evaluation);
  }

  async #isWaiting(tx: EntityManager, { id, state }: Application): Promise<boolean> {
    if (state !== 'appealed') return state === 'evaluating';
    return !isOffered(await this.applications.listEvents(tx, id));
  }

  /**
   * Rules that ended since the application was made, or a right to decide that did, are an answer,
   * not a failure to try again.
   */
  async #evaluate(tx: EntityManager, application: Application): Promise<Evaluation | Refusal> {
    const { id: applicationId, learnerId, programme, on, graduates } = application;
    const receiver = await this.institutions.getById(tx, application.institutionId);
    const problem = whyNotDecided(receiver, programme);
    if (problem) return new Refusal(problem);
    try {
      const question = { learnerId, programme, on, applicationId, graduates };
      return await this.evaluator.evaluate(tx, question);
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
    evaluation: Evaluation,
  ): Promise<void> {
    const { decision } = evaluation;
    const by = { actor: QUEUE, note: null };
    const reviewers = reviewersOf(application, evaluation);
    const offer = { ...by, panelSize: reviewers };
    if (decision.granted.length === 0) {
      const isOpen =
        application.state === 'appealed' || (reviewers > 0 && waitsForPerson(decision));
      await (isOpen
        ? this.flow.advance(tx, application, 'offer', offer)
        : this.flow.advance(tx, application, 'refuse', by));
      return;
    }
    const held = await this.flow.hold(tx, application, decision, QUEUE);
    if (!held.ok) throw new CreditTaken();
    if (reviewers > 0) {
      await this.flow.advance(tx, application, 'offer', offer);
      return;
    }
    const document = canonicalJson(decision);
    const booked = await this.flow.book(tx, application, { document }, QUEUE);
    if (!booked.ok) throw new CreditTaken();
    await this.flow.advance(tx, application, 'grant', by);
  }
}

/** How many people decide; 0 where the rules alone do. */
function reviewersOf({ state, panelSize: first }: Application, evaluation: Evaluation): number {
  if (state === 'appealed') return appealPanelSize(first);
  const { compiled, decision, outcomes } = evaluation;
  const { review } = compiled.rulebook.target;
  return review === 'none' ? 0 : panelSize(review, isCatalogued(decision, outcomes));
}

/** What binds sealed facts to their application. */
export function factsContext(applicationId: string): string {
  return `application:${applicationId}:facts`;
}

/** Whether a finding of the receiving institution could still turn the decision. */
function waitsForPerson(decision: Decision): boolean {
  return decision.pending.some(({ waitsFor }) => waitsFor.some(({ what }) => what === 'finding'));
}
