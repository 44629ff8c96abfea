import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Institutions, whyNotDecided } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { Tasks } from '../platform/queue/index.js';
import { actorOf, isLearner, isParty } from './access.js';
import {
  type Application,
  type ApplicationEvent,
  type Round,
  type StoredDecision,
  type Verdict,
  type Vote,
  decisionOf,
  isOffered,
} from './application.js';
import { ApplicationFlow, EVALUATE, type EvaluateTask } from './application-flow.js';
import { ApplicationReader } from './application-reader.js';
import { isUnderReview } from './application-states.js';
import { ApplicationsStore } from './applications.store.js';
import { ApplicationViews } from './application-views.js';
import type { AppealDto, ApplicationDto, ReviewDto } from './conversions.dto.js';
import { DecisionsStore } from './decisions.store.js';
import { outcomeOf } from './panel.js';
import { ReviewsStore } from './reviews.store.js';

/** What people decide about an application: one reviewer or a panel, and a second panel on appeal. */
@Injectable()
export class Reviews {
  constructor(
    private readonly database: Database,
    private readonly reader: ApplicationReader,
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly store: ReviewsStore,
    private readonly flow: ApplicationFlow,
    private readonly views: ApplicationViews,
    private readonly institutions: Institutions,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  /**
   * What one person of the receiving institution says. The verdict for which more than half of the
   * panel speak falls with the last of these votes: `approve` books the decision, the others give the
   * credit back. Of two reviewers where one is enough, one wins; the other is refused with the state
   * that the first led to.
   */
  async review(principal: Principal, id: string, review: ReviewDto): Promise<ApplicationDto> {
    const result = await this.database.transaction(async (tx) => {
      const application = await this.reader.readable(tx, principal, id, { isLocked: true });
      if (principal.institutionId !== application.institutionId) throw notFound();
      if (isParty(principal, application)) throw refusal('reviewer-asked');
      const { state } = application;
      if (!isUnderReview(state)) throw refusal('application-state', { state });
      if (review.verdict === 'approve') await this.#requireRight(tx, application);
      await this.applications.lockLearner(tx, application.learnerId);
      const outdated = await this.#vote(tx, principal, application, review);
      return outdated ? { outdated } : { view: await this.#detail(tx, principal, id) };
    });
    // Thrown only now: that the application is evaluated again must stay.
    if ('outdated' in result) throw refusal('decision-outdated');
    return result.view;
  }

  /**
   * The learner asks a second panel, once and within the days that the rejection announced. What the
   * rules say is evaluated anew and held; then nobody of the first panel decides, for good.
   */
  appeal(principal: Principal, id: string, { reason }: AppealDto): Promise<ApplicationDto> {
    return this.database.transaction(async (tx) => {
      const application = await this.reader.readable(tx, principal, id, { isLocked: true });
      if (!isLearner(principal, application)) throw notFound();
      const { state, appealUntil } = application;
      if (await this.store.findAppeal(tx, id)) throw refusal('appeal-used', { state });
      if (state !== 'rejected') throw refusal('application-state', { state });
      if (appealUntil === null || this.clock.today() > appealUntil) {
        throw refusal('appeal-too-late', { until: appealUntil ?? '-' });
      }
      const { seq } = await this.#decisionOf(tx, id);
      const actor = actorOf(principal);
      await this.store.insertAppeal(tx, id, { afterSeq: seq, reason, actor: actor.id });
      await this.flow.advance(tx, application, 'appeal', { actor, note: reason });
      await this.tasks.add(tx, EVALUATE, { applicationId: id } satisfies EvaluateTask);
      return this.#detail(tx, principal, id);
    });
  }

  /** What is no longer an institution's to decide can still be rejected or given back. */
  async #requireRight(tx: EntityManager, { institutionId, programme }: Application): Promise<void> {
    const problem = whyNotDecided(await this.institutions.getById(tx, institutionId), programme);
    if (problem) throw new Refusal(problem);
  }

  /** @returns true when what is held is no longer what the decision rests on */
  async #vote(
    tx: EntityManager,
    principal: Principal,
    application: Application,
    { verdict, note, decisionHash }: ReviewDto,
  ): Promise<boolean> {
    const decision = await this.#decisionOf(tx, application.id);
    const round: Round = application.state === 'appealed' ? 2 : 1;
    const events = await this.applications.listEvents(tx, application.id);
    if (round === 2) requireAppealOpen(verdict, events);
    const hash = decision.hash.toString('hex');
    if (decisionHash !== undefined && decisionHash !== hash) {
      throw refusal('decision-differs', { hash });
    }
    if (verdict === 'approve' && decisionOf(decision).granted.length === 0) {
      throw refusal('nothing-to-approve');
    }
    const all = await this.store.listVotes(tx, application.id);
    requireFreeVoter(principal.id, { all, events, decision, round });
    const vote = {
      round,
      decisionSeq: decision.seq,
      reviewer: principal.id,
      institutionId: application.institutionId,
      verdict,
      note: note ?? null,
    };
    await this.store.insertVote(tx, application.id, vote);
    if (application.panelSize > 1) {
      await this.flow.advance(tx, application, 'vote', { actor: actorOf(principal), note: null });
    }
    const votes = [...votesAbout(all, decision, round), vote];
    return this.#settle(tx, principal, application, { decision, votes, round });
  }

  /** Carries out what the votes have come to; nothing while they have come to nothing. */
  async #settle(
    tx: EntityManager,
    principal: Principal,
    application: Application,
    voted: { decision: StoredDecision; votes: readonly NewVote[]; round: Round },
  ): Promise<boolean> {
    const { decision, votes, round } = voted;
    const outcome = outcomeOf(votes, application.panelSize, round);
    if (outcome === null) return false;
    const actor = actorOf(principal);
    const by = { actor, note: reasonsOf(votes, outcome) };
    if (outcome !== 'approve') {
      await this.flow.advance(tx, application, outcome, by);
      await this.flow.release(tx, application, actor);
      return false;
    }
    const booked = await this.flow.book(tx, application, decision, actor);
    if (!booked.ok) {
      await this.flow.reconsider(tx, application, { actor, note: booked.problem.code });
      return true;
    }
    await this.flow.approve(tx, application, by);
    return false;
  }

  async #decisionOf(tx: EntityManager, id: string): Promise<StoredDecision> {
    const decision = await this.decisions.findLatest(tx, id);
    if (!decision) throw new Error(`application ${id} is in review without a decision`);
    return decision;
  }

  async #detail(tx: EntityManager, principal: Principal, id: string): Promise<ApplicationDto> {
    const application = await this.reader.readable(tx, principal, id, { isLocked: false });
    return this.views.detail(tx, application, principal);
  }
}

type NewVote = Pick<Vote, 'verdict' | 'note'>;

/** On appeal the panel is final, and it decides about what was evaluated for it. */
function requireAppealOpen(verdict: Verdict, events: readonly ApplicationEvent[]): void {
  if (verdict === 'return') throw refusal('appeal-is-final');
  if (!isOffered(events)) throw refusal('decision-outdated');
}

/** One vote each; and on appeal nobody who decided before. */
function requireFreeVoter(
  reviewer: string,
  about: {
    all: readonly Vote[];
    events: readonly ApplicationEvent[];
    decision: StoredDecision;
    round: Round;
  },
): void {
  const { all, events, decision, round } = about;
  const hasVoted = votesAbout(all, decision, round).some((vote) => vote.reviewer === reviewer);
  if (hasVoted) throw refusal('already-voted');
  if (round === 1) return;
  const first = new Set([
    ...all.filter((vote) => vote.round === 1).map((vote) => vote.reviewer),
    // What was decided before votes were kept.
    ...events.filter(({ action }) => action === 'reject').map(({ actor }) => actor.id),
  ]);
  if (first.has(reviewer)) throw refusal('reviewer-of-first-panel');
}

function votesAbout(all: readonly Vote[], { seq }: StoredDecision, round: Round): Vote[] {
  return all.filter((vote) => vote.round === round && vote.decisionSeq === seq);
}

/** Why it came out like this: what those wrote who wanted it, or who kept it from being approved. */
function reasonsOf(votes: readonly NewVote[], outcome: Verdict): string | null {
  const isOwn = ({ verdict }: NewVote): boolean =>
    outcome === 'approve' ? verdict === 'approve' : verdict !== 'approve';
  const notes = votes.filter(isOwn).flatMap(({ note }) => note ?? []);
  return notes.length === 0 ? null : [...new Set(notes)].join(' / ');
}
