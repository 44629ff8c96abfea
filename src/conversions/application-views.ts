import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits } from '#libs/credit';
import type { Decision } from '#libs/rules';
import { type Institution, Institutions } from '../institutions/index.js';
import { Learners, type Permit, type Reading } from '../learners/index.js';
import { type EntryRecord, entryId } from '../ledger/index.js';
import { type HeldOutcome, Outcomes } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { notFound } from '../platform/http/index.js';
import { Clock } from '../platform/clock/index.js';
import { Tasks } from '../platform/queue/index.js';
import { RuleNames } from '../rulebook/index.js';
import {
  type Application,
  type ApplicationEvent,
  QUEUE,
  type Vote,
  decisionOf,
} from './application.js';
import { ApplicationFlow, EVALUATE } from './application-flow.js';
import { isUnderReview } from './application-states.js';
import { ApplicationsStore } from './applications.store.js';
import type {
  ApplicationDto,
  ApplicationEntryDto,
  ApplicationEventDto,
  ApplicationOutcomeDto,
  ApplicationSummaryDto,
  ConversionInstitutionDto,
} from './conversions.dto.js';
import { isOverdue } from './deadlines.js';
import { toDecisionDto } from './decision.views.js';
import { DecisionsStore } from './decisions.store.js';
import type { PanelDto, ProgressDto, VoteDto } from './progress.dto.js';
import { progressOf } from './progress.js';
import { ReviewsStore } from './reviews.store.js';

type InstitutionById = ReadonlyMap<string, Institution>;

/** Applications as the API shows them. Callers have checked access; who sees what is written down. */
@Injectable()
export class ApplicationViews {
  constructor(
    private readonly store: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly learners: Learners,
    private readonly outcomes: Outcomes,
    private readonly institutions: Institutions,
    private readonly reviews: ReviewsStore,
    private readonly names: RuleNames,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  async summaries(
    tx: EntityManager,
    applications: readonly Application[],
    principal: Principal,
  ): Promise<ApplicationSummaryDto[]> {
    const institutions = await this.#institutions(tx);
    const summaries: ApplicationSummaryDto[] = [];
    for (const application of applications) {
      const reading = { purpose: 'application-list', fields: ['name', 'applications'] } as const;
      const permit = await this.#permit(tx, application, principal, reading);
      if (permit) summaries.push(await this.#summary(tx, application, { permit, institutions }));
    }
    return summaries;
  }

  async detail(
    tx: EntityManager,
    application: Application,
    principal: Principal,
  ): Promise<ApplicationDto> {
    const fields = ['name', 'outcomes', 'applications'] as const;
    const reading = { purpose: 'application', fields } as const;
    const permit = await this.#permit(tx, application, principal, reading);
    if (!permit) throw notFound();
    const institutions = await this.#institutions(tx);
    const stored = await this.decisions.findLatest(tx, application.id);
    const decision = stored ? decisionOf(stored) : null;
    const history = await this.store.listEvents(tx, application.id);
    const entries = await this.flow.entriesOf(tx, application);
    const known = decision ? await this.outcomes.listOf(tx, application.learnerId) : [];
    const named = decision ? lotsOf(decision) : new Set<string>();
    const votes = await this.reviews.listVotes(tx, application.id);
    const appeal = await this.reviews.findAppeal(tx, application.id);
    const panel = toPanelDto(application, votes, { seq: stored?.seq, principal });
    return {
      ...(await this.#summary(tx, application, { permit, institutions })),
      progress: await this.#progress(tx, application, panel?.votes ?? 0),
      panel,
      votes: closedVotes(application, votes).map(toVoteDto),
      appeal: appeal ? { reason: appeal.reason, at: appeal.recordedAt.toISOString() } : null,
      appealUntil: application.appealUntil,
      history: history.map((event) => toEventDto(event, institutions)),
      decision:
        decision && toDecisionDto(decision, known, await this.names.ofDecision(tx, decision)),
      decisionHash: stored?.hash.toString('hex') ?? null,
      decidedAt: stored?.recordedAt.toISOString() ?? null,
      outcomes: known
        .filter((held) => named.has(held.outcome.lotId))
        .map((held) => toOutcomeDto(held, institutions)),
      entries: entries.map(toEntryDto),
    };
  }

  /** Null once the learner's data is frozen: then there is nothing to see. */
  #permit(
    tx: EntityManager,
    { id, learnerId }: Application,
    principal: Principal,
    reading: Reading,
  ): Promise<Permit | null> {
    const right = { ground: 'application', reference: id } as const;
    return this.learners.admitBy(tx, principal, learnerId, { ...reading, right });
  }

  async #summary(
    tx: EntityManager,
    application: Application,
    { permit, institutions }: { permit: Permit; institutions: InstitutionById },
  ): Promise<ApplicationSummaryDto> {
    const { requestingInstitution } = application;
    return {
      id: application.id,
      learnerId: application.learnerId,
      learnerName: (await this.learners.profile(tx, permit)).name,
      programme: application.programme,
      institution: toInstitutionDto(application.institutionId, institutions),
      state: application.state,
      on: application.on,
      graduates: application.graduates,
      requestedBy:
        requestingInstitution === null
          ? null
          : toInstitutionDto(requestingInstitution, institutions),
      dueOn: application.dueOn,
      isOverdue: isOverdue(application.dueOn, this.clock.today()),
      createdAt: application.createdAt.toISOString(),
      changedAt: application.changedAt.toISOString(),
    };
  }

  async #progress(
    tx: EntityManager,
    application: Application,
    votes: number,
  ): Promise<ProgressDto> {
    const { id, state, dueOn } = application;
    const isWaiting = ['submitted', 'evaluating', 'appealed'].includes(state);
    const task = isWaiting ? await this.tasks.waitingFor(tx, EVALUATE, id) : null;
    const today = this.clock.today();
    return progressOf({ application, task, votes, isOverdue: isOverdue(dueOn, today) });
  }

  async #institutions(tx: EntityManager): Promise<InstitutionById> {
    return new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
  }
}

/** The panel that is at work; nobody sees how others voted before it has decided. */
function toPanelDto(
  { state, panelSize: size }: Application,
  votes: readonly Vote[],
  { seq, principal }: { seq: number | undefined; principal: Principal },
): PanelDto | null {
  if (!isUnderReview(state)) return null;
  const round = state === 'appealed' ? 2 : 1;
  const own = votes.filter((vote) => vote.round === round && vote.decisionSeq === seq);
  const hasVoted = own.some(({ reviewer }) => reviewer === principal.id);
  return { round, size, votes: own.length, hasVoted };
}

/** Votes of panels that are through. */
function closedVotes({ state }: Application, votes: readonly Vote[]): Vote[] {
  if (state === 'appealed') return votes.filter(({ round }) => round === 1);
  return isUnderReview(state) || state === 'evaluating' ? [] : [...votes];
}

function toVoteDto({ round, verdict, note, recordedAt }: Vote): VoteDto {
  return { round, verdict, note, at: recordedAt.toISOString() };
}

/** Every lot that a decision names anywhere. */
function lotsOf(decision: Decision): Set<string> {
  const parts = [...decision.granted, ...decision.refused, ...decision.pending];
  return new Set(parts.flatMap((part) => part.lots));
}

function toEventDto(event: ApplicationEvent, institutions: InstitutionById): ApplicationEventDto {
  const { institutionId } = event.actor;
  return {
    at: event.recordedAt.toISOString(),
    action: event.action,
    state: event.state,
    by: event.actor.id === QUEUE.id ? 'service' : institutionId ? 'institution' : 'learner',
    institution: institutionId === null ? null : toInstitutionDto(institutionId, institutions),
    note: event.note,
  };
}

function toOutcomeDto(held: HeldOutcome, institutions: InstitutionById): ApplicationOutcomeDto {
  const { outcome, definition, lot, state } = held;
  return {
    id: outcome.lotId,
    code: definition.code,
    title: definition.title,
    institution: toInstitutionDto(outcome.institutionId, institutions),
    completedOn: outcome.completedOn,
    grade: outcome.grade,
    level: outcome.level,
    credits: lot && formatCredits(lot.deposited),
    state,
  };
}

function toEntryDto(entry: EntryRecord): ApplicationEntryDto {
  return {
    id: entryId(entry),
    outcomeId: entry.lotId,
    kind: entry.kind,
    amount: formatCredits(entry.amount),
    recordedAt: entry.recordedAt.toISOString(),
    ruleHash: entry.ruleHash?.toString('hex') ?? null,
  };
}

function toInstitutionDto(id: string, institutions: InstitutionById): ConversionInstitutionDto {
  const institution = institutions.get(id);
  if (!institution) throw new Error(`institution ${id} is not there`);
  return { id, code: institution.code, name: institution.name };
}
