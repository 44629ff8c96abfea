import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Millicredits } from '#libs/credit';
import type { Decision, LearnerFacts } from '#libs/rules';
import { Learners } from '../learners/index.js';
import type { EntryRecord } from '../ledger/index.js';
import {
  type Dependant,
  Dependants,
  type Resting,
  type RestingConversion,
  type RestingQuestion,
  type Reversal,
} from '../outcomes/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Rulebook } from '../rulebook/index.js';
import { Quotas } from './agreements/quotas.js';
import { type Application, type StoredDecision, decisionOf } from './application.js';
import { ApplicationFlow } from './application-flow.js';
import { isUnderReview } from './application-states.js';
import { ApplicationsStore } from './applications.store.js';
import { DecisionsStore } from './decisions.store.js';
import { factsContext } from './evaluation.worker.js';
import { type TakenAway, restsOn, restsOnTotals, stillStands } from './standing.js';

/** An application with its decisions, newest first; the newest is the one that counts. */
interface Standing {
  readonly application: Application;
  readonly stored: StoredDecision;
  readonly decisions: readonly Decision[];
}

/** What rests on outcomes here: applications that were booked or are under review. */
@Injectable()
export class ConversionDependants implements Dependant, OnModuleInit {
  constructor(
    private readonly dependants: Dependants,
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly quotas: Quotas,
    private readonly rulebook: Rulebook,
    private readonly keyring: Keyring,
    private readonly learners: Learners,
  ) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  /**
   * Applications before their learner, as everybody does. One that appeared while we waited for the
   * learner is locked without waiting: its holder may be waiting for us.
   */
  async lock(tx: EntityManager, learnerId: string): Promise<void> {
    for (const id of await this.#selvesOf(tx, learnerId)) {
      await this.applications.lockStanding(tx, id, true);
    }
    const selves = await this.applications.lockLearner(tx, learnerId);
    for (const id of selves) await this.applications.lockStanding(tx, id, false);
  }

  async find(tx: EntityManager, question: RestingQuestion): Promise<Partial<Resting>> {
    const lots = new Set(question.lotIds);
    const standing = await this.#standing(tx, question.learnerId);
    const reversed = await this.#reversed(tx, standing, lots);
    const taken = takenAway(lots, reversed);
    const conversions: RestingConversion[] = [];
    for (const one of reversed) conversions.push(await this.#booked(tx, one, lots));
    for (const one of standing.filter(({ application }) => isUnderReview(application.state))) {
      if (await this.#stands(tx, one, taken)) continue;
      conversions.push(await this.#view(tx, one, lots, 'evaluated-again'));
    }
    const admissions = reversed.map(({ application: { id, institutionId, changedAt } }) => ({
      institutionId,
      because: 'conversion' as const,
      id,
      at: changedAt,
    }));
    return { conversions, admissions };
  }

  async reverse(tx: EntityManager, resting: Resting, reversal: Reversal): Promise<void> {
    const { actor, institutionId, reason, revocationId } = reversal;
    const by = { actor: { id: actor, institutionId }, note: reason };
    for (const { applicationId, fate } of resting.conversions) {
      const application = await this.applications.find(tx, applicationId);
      if (!application) throw new Error(`application ${applicationId} is not there`);
      if (fate === 'evaluated-again') {
        await this.flow.reconsider(tx, application, by);
      } else {
        await this.flow.advance(tx, application, 'revoke', by);
        await this.quotas.giveBack(tx, application);
        await this.decisions.insertReversals(tx, application, revocationId);
      }
    }
  }

  /** Of several outcomes taken back together, only what rested on this one or on totals. */
  async reversedBy(
    tx: EntityManager,
    { learnerId, lotId, revocationId }: { learnerId: string; lotId: string; revocationId: string },
  ): Promise<RestingConversion[]> {
    const ids: string[] = [];
    for (const id of await this.#selvesOf(tx, learnerId)) {
      ids.push(...(await this.decisions.listReversed(tx, id, revocationId)));
    }
    const applications: Application[] = [];
    for (const id of ids) applications.push((await this.applications.find(tx, id)) as Application);
    const lots = new Set([lotId]);
    const standing = await this.#withDecisions(tx, applications);
    const own = standing.filter(
      ({ decisions: [decision] }) =>
        decision && (restsOn(decision, lots) || restsOnTotals(decision)),
    );
    const views: RestingConversion[] = [];
    for (const one of own) {
      const events = await this.applications.listEvents(tx, one.application.id);
      const bookedAt = events.find(({ state }) => state === 'booked')?.recordedAt ?? null;
      views.push({ ...(await this.#view(tx, one, lots, 'reversed')), bookedAt });
    }
    return views;
  }

  async #standing(tx: EntityManager, learnerId: string): Promise<Standing[]> {
    const standing: Application[] = [];
    for (const id of await this.#selvesOf(tx, learnerId)) {
      standing.push(...(await this.applications.listStanding(tx, id)));
    }
    return this.#withDecisions(tx, standing);
  }

  /** In the order of their ids, so that nobody waits for each other. */
  async #selvesOf(tx: EntityManager, learnerId: string): Promise<string[]> {
    const selves = await this.learners.selvesOf(tx, learnerId);
    return selves.toSorted((a, b) => (a < b ? -1 : 1));
  }

  async #withDecisions(
    tx: EntityManager,
    applications: readonly Application[],
  ): Promise<Standing[]> {
    if (applications.length === 0) return [];
    const all = await this.decisions.listAll(
      tx,
      applications.map(({ id }) => id),
    );
    return applications.map((application) => {
      const own = all.filter(({ applicationId }) => applicationId === application.id);
      const [stored] = own;
      if (!stored) throw new Error(`application ${application.id} has no decision`);
      return { application, stored, decisions: own.map(decisionOf) };
    });
  }

  /** Booked applications that fall, and those that fall with them, until no more do. */
  async #reversed(
    tx: EntityManager,
    standing: readonly Standing[],
    lots: ReadonlySet<string>,
  ): Promise<Standing[]> {
    const booked = standing.filter(({ application }) => application.state === 'booked');
    const reversed: Standing[] = [];
    for (let before = -1; before !== reversed.length;) {
      before = reversed.length;
      for (const one of booked) {
        if (reversed.includes(one)) continue;
        if (!(await this.#stands(tx, one, takenAway(lots, reversed)))) reversed.push(one);
      }
    }
    return reversed;
  }

  async #stands(tx: EntityManager, one: Standing, taken: TakenAway): Promise<boolean> {
    const [decision] = one.decisions as [Decision];
    // The sealed facts are opened for what can only be told with them.
    if (restsOn(decision, taken.lots)) return false;
    if (taken.decisions.length === 0 || !restsOnTotals(decision)) return true;
    const { application, stored } = one;
    const key = this.keyring.unwrap(application.wrappedKey);
    const facts = this.keyring.open(key, stored.factsSealed, factsContext(application.id));
    return stillStands(
      {
        compiled: await this.rulebook.compiledByHash(tx, stored.ruleHash.toString('hex')),
        facts: JSON.parse(facts.toString('utf8')) as LearnerFacts,
        decision,
      },
      taken,
    );
  }

  async #booked(
    tx: EntityManager,
    one: Standing,
    lots: ReadonlySet<string>,
  ): Promise<RestingConversion> {
    const entries = await this.flow.entriesOf(tx, one.application);
    const returns = openUses(entries).filter(({ lotId }) => !lots.has(lotId));
    return { ...(await this.#view(tx, one, lots, 'reversed')), returns };
  }

  async #view(
    tx: EntityManager,
    { application, decisions }: Standing,
    lots: ReadonlySet<string>,
    fate: RestingConversion['fate'],
  ): Promise<RestingConversion> {
    const [decision] = decisions as [Decision];
    return {
      applicationId: application.id,
      programme: application.programme,
      title: (await this.rulebook.programme(tx, application.programme)).title,
      institutionId: application.institutionId,
      fate,
      because: restsOn(decision, lots) ? 'outcome' : 'reversed-conversion',
      bookedAt: fate === 'reversed' ? application.changedAt : null,
      isAward: decision.award === 'met',
      grants: decision.granted.map((grant) => ({
        effect: grant.effect,
        rule: grant.rule,
        title: grant.ruleTitle,
        course: grant.course,
        courseTitle: grant.courseTitle,
        credits: grant.credits,
        value: grant.value,
      })),
      returns: [],
    };
  }
}

function takenAway(lots: ReadonlySet<string>, reversed: readonly Standing[]): TakenAway {
  return { lots, decisions: reversed.map(({ decisions }) => decisions) };
}

/**
 * What an application used of each lot and nobody has taken back since. Credit that its programme
 * only counted was never gone, so nothing of it comes back.
 */
function openUses(entries: readonly EntryRecord[]): { lotId: string; amount: Millicredits }[] {
  const settled = new Set(
    entries
      .filter((entry) => entry.settlesSeq !== null)
      .map((entry) => `${entry.lotId}.${entry.settlesSeq}`),
  );
  const sums = new Map<string, bigint>();
  for (const { kind, lotId, lotSeq, amount, programme } of entries) {
    if (kind !== 'use' || settled.has(`${lotId}.${lotSeq}`)) continue;
    sums.set(lotId, (sums.get(lotId) ?? 0n) + (programme === null ? amount : 0n));
  }
  return [...sums].map(([lotId, amount]) => ({ lotId, amount: amount as Millicredits }));
}
