import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits, parseCredits } from '#libs/credit';
import type { IdentityDocument } from '#libs/identity';
import { canonicalJson, sha256Hex } from '#libs/rules';
import { Conversions, Evaluations, toDecisionDto } from '../conversions/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal } from '../platform/http/index.js';
import { bucketOf, newId } from '../platform/ids/index.js';
import { RuleNames, Rulebook } from '../rulebook/index.js';
import { type SharedLearner, SharedLearners } from '../verification/index.js';
import { type Answer, type CheckedAnswer, clausesOf, nearestOf, statusOf } from './answer.js';
import { AnswersStore } from './answers.store.js';
import { officeOf } from './office.js';

/** Whom an office asks about, in one of three ways. */
export type Asked =
  | { readonly by: 'id'; readonly learnerId: string }
  | { readonly by: 'document'; readonly name: string; readonly document: IdentityDocument }
  | { readonly by: 'code'; readonly code: string; readonly pin?: string | undefined };

/** Who asks, and against what. */
export interface Asking {
  readonly principal: Principal;
  /** Where the request came from, as `networkOf` names it. */
  readonly network: string;
  readonly programme: string;
  /** `yyyy-mm-dd` */
  readonly on: string;
  readonly batchId: string | null;
}

/** What came of one question. */
export interface Outcome {
  readonly answer: Answer;
  /** Whom it was found to be about, also where nothing may be shown: never leaves the service. */
  readonly learnerId: string | null;
}

/** Keeps what came of a question in the transaction that found it; false: somebody has already. */
export type Keep = (tx: EntityManager, outcome: Outcome) => Promise<boolean>;

const FIELDS = ['outcomes', 'balance', 'birth-date'] as const;
/** What an answer reads of a person. */
export const READING = { purpose: 'equivalence', fields: FIELDS } as const;

/** Why a person is not shown; a stranger hears none of them. */
const NOBODYS = new Set(['not-found', 'name-mismatch', 'learner-frozen', 'unknown-learner']);

/**
 * One answer about one learner. Whoever may not ask, and whoever asks about nobody, gets null. Every
 * read is in the learner's access log, in the transaction that shows it.
 */
@Injectable()
export class Answers {
  constructor(
    private readonly database: Database,
    private readonly store: AnswersStore,
    private readonly learners: Learners,
    private readonly shared: SharedLearners,
    private readonly evaluations: Evaluations,
    private readonly conversions: Conversions,
    private readonly institutions: Institutions,
    private readonly rulebook: Rulebook,
    private readonly names: RuleNames,
    private readonly clock: Clock,
  ) {}

  /**
   * @param keep called once, within the transaction of the answer; when it says that the question is
   *   answered already, nothing of this answer is kept
   */
  async answer(asking: Asking, asked: Asked, keep: Keep = async () => true): Promise<Answer> {
    const learnerId = asked.by === 'code' ? null : await this.#find(asking, asked);
    try {
      return await this.database.transaction(async (tx) => {
        const outcome = await this.#outcome(tx, asking, { asked, learnerId });
        if (!(await keep(tx, outcome))) throw new AnsweredAlready();
        return outcome.answer;
      });
    } catch (error) {
      if (error instanceof AnsweredAlready) return null;
      if (!isNobodys(error)) throw error;
      // What was begun for the answer is undone: a one-time consent that showed nothing is unspent.
      await this.database.transaction((tx) => keep(tx, { answer: null, learnerId }));
      return null;
    }
  }

  async #outcome(
    tx: EntityManager,
    asking: Asking,
    { asked, learnerId }: { asked: Asked; learnerId: string | null },
  ): Promise<Outcome> {
    if (asked.by !== 'code') {
      if (learnerId === null) return { answer: null, learnerId };
      await this.evaluations.admit(tx, asking.principal, learnerId, READING);
      return { answer: await this.#decide(tx, asking, learnerId), learnerId };
    }
    const shared = await this.shared.find(tx, asked, asking);
    if (!shared) return { answer: null, learnerId: null };
    const isAdmitted = await this.#admitByCode(tx, asking, shared);
    const answer = isAdmitted ? await this.#decide(tx, asking, shared.learnerId) : null;
    return { answer, learnerId: shared.learnerId };
  }

  /** Past the walls: whom the office may not read is not found, and the learner is told. */
  async #find(
    { principal }: Asking,
    asked: Exclude<Asked, { by: 'code' }>,
  ): Promise<string | null> {
    if (asked.by === 'id') return asked.learnerId;
    const { name, document } = asked;
    try {
      return await this.database.readAcrossTenants((tx) =>
        this.learners.find(tx, { name, document }, principal.institutionId),
      );
    } catch (error) {
      if (isNobodys(error)) return null;
      throw error;
    }
  }

  async #admitByCode(
    tx: EntityManager,
    { principal }: Asking,
    { learnerId, shareId }: SharedLearner,
  ): Promise<boolean> {
    const right = { ground: 'share', reference: shareId } as const;
    return (await this.learners.admitBy(tx, principal, learnerId, { ...READING, right })) !== null;
  }

  async #decide(tx: EntityManager, asking: Asking, learnerId: string): Promise<CheckedAnswer> {
    const { programme, on } = asking;
    const { decision, outcomes } = await this.evaluations.decide(tx, { learnerId, programme, on });
    const names = await this.names.ofDecision(tx, decision);
    const described = toDecisionDto(decision, outcomes, names);
    const bookings = (await this.conversions.bookedOf(tx, learnerId)).filter(
      (booked) => booked.programme === programme,
    );
    const target = await this.rulebook.programme(tx, programme);
    const issuers = new Set(outcomes.map(({ outcome }) => outcome.institutionId));
    const schools = (await this.institutions.list(tx))
      .filter(({ id }) => issuers.has(id))
      .map(({ code, name }) => ({ code, zh: name.zh, en: name.en }));
    const answer: CheckedAnswer = {
      id: newId(bucketOf(learnerId)),
      status: statusOf(described, bookings.length),
      programme,
      programmeTitle: target.title,
      on,
      checkedAt: this.clock.now().toISOString(),
      credits: { grantable: decision.credits, booked: sumOf(bookings) },
      award: decision.award,
      rulebook: decision.rulebook,
      engine: decision.engine,
      decisionHash: sha256Hex(canonicalJson(decision)),
      clauses: clausesOf(described),
      missing: nearestOf(described.missing),
      schools,
    };
    await this.#store(tx, asking, { learnerId, answer });
    return answer;
  }

  async #store(
    tx: EntityManager,
    { principal, batchId }: Asking,
    { learnerId, answer }: { learnerId: string; answer: CheckedAnswer },
  ): Promise<void> {
    await this.store.insert(tx, {
      id: answer.id,
      learnerId,
      institutionId: officeOf(principal),
      actor: principal.id,
      batchId,
      programme: answer.programme,
      on: answer.on,
      status: answer.status,
      ruleHash: answer.rulebook.hash,
      decisionHash: answer.decisionHash,
      missing: answer.missing,
      schools: answer.schools.map(({ code }) => code),
      recordedAt: this.clock.now(),
    });
  }
}

class AnsweredAlready extends Error {}

function isNobodys(error: unknown): boolean {
  return error instanceof Refusal && NOBODYS.has(error.problem.code);
}

function sumOf(bookings: readonly { credits: string }[]): string {
  const amounts = bookings.map(({ credits }) => {
    const parsed = parseCredits(credits);
    if (!parsed.ok) throw new Error(`a booked decision gives ${credits} credits`);
    return parsed.amount;
  });
  return formatCredits(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));
}
