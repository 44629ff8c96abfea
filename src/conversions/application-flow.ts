import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { millicredits, parseCredits } from '#libs/credit';
import type { Command } from '#libs/double-entry';
import { type Result, accept, refuse } from '#libs/problems';
import { type Decision, canonicalJson, scopeOf } from '#libs/rules';
import { Holidays } from '../holidays/index.js';
import { Learners } from '../learners/index.js';
import { type EntryRecord, Ledger, type PostingHead } from '../ledger/index.js';
import { Clock, dayOf } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { DomainEvents } from '../platform/events/index.js';
import { refusal } from '../platform/http/index.js';
import { Tasks } from '../platform/queue/index.js';
import { Quotas } from './agreements/quotas.js';
import {
  type Actor,
  type Application,
  QUEUE,
  type StoredDecision,
  decisionOf,
} from './application.js';
import { type ApplicationAction, type ApplicationState, nextState } from './application-states.js';
import { ApplicationsStore } from './applications.store.js';
import { type Promises, promisedIn } from './deadlines.js';
import { DecisionsStore } from './decisions.store.js';
import { ReviewsStore } from './reviews.store.js';

/** The kind of task that evaluates an application. */
export const EVALUATE = 'conversions.evaluate';

/** Priority of what nobody waits for; lower runs earlier. */
const PATIENT = 10;

/** States of which the receiving institution wants to hear. */
const ANNOUNCED: Readonly<Partial<Record<ApplicationState, string>>> = {
  'in-review': 'application.waiting',
  approved: 'application.decided',
  rejected: 'application.decided',
};

export interface EvaluateTask {
  readonly applicationId: string;
}

/**
 * The steps every path through an application shares: its states, and the credit it puts aside,
 * gives back or uses. Callers hold the application's lock and the learner's.
 */
@Injectable()
export class ApplicationFlow {
  constructor(
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly ledger: Ledger,
    private readonly learners: Learners,
    private readonly reviews: ReviewsStore,
    private readonly quotas: Quotas,
    private readonly tasks: Tasks,
    private readonly holidays: Holidays,
    private readonly clock: Clock,
    private readonly events: DomainEvents,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Moves the application along and writes down what is promised from now on; refuses with
   * `application-state` what its state forbids. What leaves it where it is takes no promise back.
   *
   * @param by.panelSize how many people decide from now on; as before when left out
   */
  async advance(
    tx: EntityManager,
    application: Application,
    action: ApplicationAction,
    by: { actor: Actor; note: string | null; panelSize?: number },
  ): Promise<Application> {
    const { id } = application;
    const state = nextState(application.state, action);
    if (!state) throw refusal('application-state', { state: application.state });
    const { actor, note, panelSize = application.panelSize } = by;
    const event = { action, state, actor, note };
    if (state === application.state) {
      if (panelSize !== application.panelSize) await this.applications.setPanel(tx, id, panelSize);
      await this.applications.addEvent(tx, id, event);
      return { ...application, panelSize };
    }
    const promised = { ...(await this.#promisedIn(tx, application, state)), panelSize };
    await this.applications.move(tx, id, event, promised);
    await this.#announce(tx, application, state);
    return { ...application, ...promised, state };
  }

  /** The promised day of an application that is just made; a draft has none. */
  async dueOnArrival(tx: EntityManager, state: 'draft' | 'submitted'): Promise<string | null> {
    const today = this.clock.today();
    const arrival = {
      from: 'draft',
      dueOn: null,
      reviewedSince: null,
      hasAppealed: false,
    } as const;
    return promisedIn({ ...arrival, to: state, today }, await this.#promises(tx, today)).dueOn;
  }

  /** What is approved is booked with it: the caller has booked the credit already. */
  async approve(
    tx: EntityManager,
    application: Application,
    by: { actor: Actor; note: string | null },
  ): Promise<void> {
    const approved = await this.advance(tx, application, 'approve', by);
    await this.advance(tx, approved, 'book', { actor: QUEUE, note: null });
  }

  /**
   * Puts aside what the decision uses, and takes its part of quotas. Refuses when the credit is no
   * longer there, or a quota has less left (`quota-taken`); the caller undoes its transaction then.
   */
  async hold(
    tx: EntityManager,
    application: Application,
    decision: Decision,
    actor: Actor,
  ): Promise<Result<null>> {
    const commands = [...usesOf(decision)].map(([lotId, amount]): Command => ({
      kind: 'hold',
      lotId,
      amount: millicredits(amount),
      reference: application.id,
      programme: application.programme,
      scope: scopeOf(decision),
    }));
    if (!(await this.quotas.take(tx, application, decision))) return refuse('quota-taken');
    return this.#move(tx, application, commands, { actor, decision });
  }

  /** Gives back everything the application still holds, of credit and of quotas. */
  async release(tx: EntityManager, application: Application, actor: Actor): Promise<void> {
    await this.quotas.giveBack(tx, application);
    const commands = [...(await this.#openHolds(tx, application)).keys()].map((lotId): Command => ({
      kind: 'release',
      lotId,
      reference: application.id,
    }));
    const released = await this.#move(tx, application, commands, { actor, decision: null });
    if (!released.ok) throw new Error(`a hold of application ${application.id} cannot be released`);
  }

  /**
   * Uses what is held and records the grants. Refuses with `decision-outdated` when what is held
   * is no longer what the decision rests on, for example after a revocation.
   */
  async book(
    tx: EntityManager,
    application: Application,
    stored: Pick<StoredDecision, 'document'>,
    actor: Actor,
  ): Promise<Result<null>> {
    const decision = decisionOf(stored);
    const held = await this.#openHolds(tx, application);
    const uses = usesOf(decision);
    if (!sameAmounts(held, uses)) return refuse('decision-outdated');
    const commands = [...uses.keys()].map((lotId): Command => ({
      kind: 'use',
      lotId,
      reference: application.id,
    }));
    const used = await this.#move(tx, application, commands, { actor, decision });
    if (!used.ok) return used;
    const grants = decision.granted.map((grant) => ({
      grant,
      document: canonicalJson(grant),
      millicredits: amountOf(grant.credits),
    }));
    if (grants.length > 0) await this.decisions.insertGrants(tx, application, grants);
    return accept(null);
  }

  /**
   * Sends an application under review back to the queue, because its decision has become old. With
   * `isPatient` it lets those go first for whose answer a person waits.
   */
  async reconsider(
    tx: EntityManager,
    application: Application,
    by: { actor: Actor; note: string | null; isPatient?: boolean },
  ): Promise<void> {
    const { actor, note, isPatient = false } = by;
    await this.advance(tx, application, 'reconsider', { actor, note });
    const task: EvaluateTask = { applicationId: application.id };
    await this.tasks.add(tx, EVALUATE, task, { priority: isPatient ? PATIENT : 0 });
  }

  /** What the application put aside, gave back and used, oldest first. */
  async entriesOf(tx: EntityManager, { id, learnerId }: Application): Promise<EntryRecord[]> {
    return this.ledger.entriesOf(tx, await this.learners.selvesOf(tx, learnerId), id);
  }

  /** Tells the receiving institution what waits for it, and what was decided. */
  async #announce(
    tx: EntityManager,
    { id, programme, institutionId }: Application,
    state: ApplicationState,
  ): Promise<void> {
    const type = ANNOUNCED[state];
    if (!type) return;
    const data = { application: id, programme, state };
    await this.events.announce(tx, { type, institutionId, data });
  }

  async #promisedIn(
    tx: EntityManager,
    { id, state: from, dueOn }: Application,
    to: ApplicationState,
  ): Promise<Pick<Application, 'dueOn' | 'appealUntil'>> {
    const since = to === 'in-review' ? await this.applications.firstOffer(tx, id) : null;
    const hasAppealed = to === 'rejected' && (await this.reviews.findAppeal(tx, id)) !== undefined;
    const today = this.clock.today();
    const reviewedSince = since && dayOf(since);
    const promises = await this.#promises(tx, reviewedSince ?? today);
    return promisedIn({ from, to, today, dueOn, reviewedSince, hasAppealed }, promises);
  }

  async #promises(tx: EntityManager, since: string): Promise<Promises> {
    const { reviewWorkingDays, appealDays } = this.config;
    return { reviewWorkingDays, appealDays, calendar: await this.holidays.calendar(tx, since) };
  }

  async #move(
    tx: EntityManager,
    application: Application,
    commands: readonly Command[],
    by: { actor: Actor; decision: Decision | null },
  ): Promise<Result<null>> {
    if (commands.length === 0) return accept(null);
    const head: PostingHead = {
      actor: by.actor.id,
      institutionId: by.actor.institutionId,
      ruleHash: by.decision && Buffer.from(by.decision.rulebook.hash, 'hex'),
    };
    const { learnerId } = application;
    const moved = await this.ledger.move(tx, head, {
      learnerId,
      selves: await this.learners.selvesOf(tx, learnerId),
      today: this.clock.today(),
      commands,
    });
    return moved.ok ? accept(null) : moved;
  }

  async #openHolds(tx: EntityManager, application: Application): Promise<Map<string, bigint>> {
    return openHoldsOf(await this.entriesOf(tx, application));
  }
}

/** What is still held of each lot, by the entries of one application. */
function openHoldsOf(entries: readonly EntryRecord[]): Map<string, bigint> {
  const settled = new Set(
    entries
      .filter((entry) => entry.settlesSeq !== null)
      .map((entry) => `${entry.lotId}.${entry.settlesSeq}`),
  );
  const open = entries.filter(
    (entry) => entry.kind === 'hold' && !settled.has(`${entry.lotId}.${entry.lotSeq}`),
  );
  return sumByLot(open.map((entry) => [entry.lotId, entry.amount]));
}

/** What a decision takes of each lot, in thousandths of a credit; lots without credit are absent. */
function usesOf(decision: Decision): Map<string, bigint> {
  const uses = decision.granted.flatMap((grant) => grant.uses);
  const amounts = uses.map((use): [string, bigint] => [use.lot, amountOf(use.amount)]);
  return sumByLot(amounts.filter(([, amount]) => amount > 0n));
}

function sumByLot(amounts: readonly (readonly [string, bigint])[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [lotId, amount] of amounts) sums.set(lotId, (sums.get(lotId) ?? 0n) + amount);
  return sums;
}

function sameAmounts(a: ReadonlyMap<string, bigint>, b: ReadonlyMap<string, bigint>): boolean {
  return a.size === b.size && [...a].every(([lotId, amount]) => b.get(lotId) === amount);
}

function amountOf(credits: string): bigint {
  const parsed = parseCredits(credits);
  if (!parsed.ok) throw new Error(`a decision speaks of "${credits}" credits`);
  return parsed.amount;
}
