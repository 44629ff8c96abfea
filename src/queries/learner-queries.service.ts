import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Catalogue } from '../catalogue/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Outcomes } from '../outcomes/index.js';
import { type Principal, type Role, isSelf } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  Refusal,
  decodeCursor,
  encodeCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import type {
  LearnerQueriesQuery,
  LearnerQueryAnswerDto,
  LearnerQueryDto,
  LearnerQueryPageDto,
  NewLearnerQueryDto,
  QueryLearnerDto,
} from './learner-queries.dto.js';
import { LearnerQueriesStore } from './learner-queries.store.js';
import { type Seen, hasAskedAgain, toQueryDto, toSummaryDto } from './learner-queries.views.js';
import type { LearnerQuery, LearnerQuerySummary } from './learner-query.js';
import { type QueryAction, isAllowed } from './life.js';
import { type QueryEvent, QueryLives, eventOf } from './lives.store.js';
import { QueryPromises } from './promises.service.js';

const TABLE = 'learner_query';

const SCHOOL: readonly Role[] = ['registrar', 'issuer'];

/** More questions than this of one learner do not wait at a time. */
const MOST_OPEN = 20;

type About = Pick<
  LearnerQuery,
  'kind' | 'schoolId' | 'outcomeId' | 'outcomeCode' | 'course' | 'on'
>;

/**
 * "Why is this missing or wrong?" A query belongs to the learner and to the school that is asked; for
 * everybody else it does not exist.
 */
@Injectable()
export class LearnerQueries {
  constructor(
    private readonly database: Database,
    private readonly store: LearnerQueriesStore,
    private readonly lives: QueryLives,
    private readonly promises: QueryPromises,
    private readonly outcomes: Outcomes,
    private readonly catalogue: Catalogue,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /** One question about one outcome waits at a time; {@link MOST_OPEN} in all. */
  ask(principal: Principal, wanted: NewLearnerQueryDto): Promise<LearnerQueryDto> {
    const { learnerId } = principal;
    if (learnerId === null) throw refusal('not-a-learner');
    return this.database.transaction(async (tx) => {
      await this.learners.assertActive(tx, learnerId);
      await this.store.lockLearner(tx, learnerId);
      const about = await this.#aboutOf(tx, learnerId, wanted);
      await this.#requireRoom(tx, learnerId, about.outcomeId);
      const id = newId(bucketOf(learnerId));
      const createdAt = this.clock.now();
      const number = await this.lives.nextNumber(tx, Number(this.clock.today().slice(0, 4)));
      await this.store.insert(tx, { id, number, learnerId, ...about, createdAt });
      const dueOn = await this.promises.dueOn(tx);
      await this.#add(tx, principal, id, { action: 'ask', words: wanted.words, dueOn });
      return this.#show(tx, principal, id);
    });
  }

  show(principal: Principal, id: string): Promise<LearnerQueryDto> {
    return this.database.read((tx) => this.#show(tx, principal, id));
  }

  /** A learner's own; a school's by age, in which nobody is named, so that no look is written down. */
  list(principal: Principal, query: LearnerQueriesQuery): Promise<LearnerQueryPageDto> {
    const { institutionId, learnerId } = principal;
    const after = query.after === undefined ? null : cursorOf(query.after);
    const limit = query.limit + 1;
    return this.database.read(async (tx) => {
      if (institutionId !== null) {
        const page = { state: query.state ?? 'asked', after, limit } as const;
        const rows = await this.store.listOfSchool(tx, institutionId, page);
        return this.#page(tx, rows, query.limit, (last) => encodeCursor(last.dueOn, last.id));
      }
      if (learnerId === null) throw refusal('no-institution');
      await this.learners.assertActive(tx, learnerId);
      const selves = await this.learners.selvesOf(tx, learnerId);
      const page = { state: query.state ?? null, after, limit };
      const rows = await this.store.listOfLearner(tx, selves, page);
      return this.#page(tx, rows, query.limit, ({ createdAt, id }) =>
        encodeCursor(createdAt.toISOString(), id),
      );
    });
  }

  /** The school says what it found, and which outcome it posted or put right. */
  answer(
    principal: Principal,
    id: string,
    { finding, words, outcome }: LearnerQueryAnswerDto,
  ): Promise<LearnerQueryDto> {
    return this.#act(principal, id, 'answer', async (tx, { learnerId, schoolId }) => {
      if (outcome !== undefined) {
        const held = await this.outcomes.find(tx, learnerId, outcome);
        if (held?.outcome.institutionId !== schoolId) {
          throw refusal('learner-query-outcome-elsewhere');
        }
      }
      return { finding, words, outcomeId: outcome ?? null };
    });
  }

  /** The learner is not content, once; the school has the same time again. */
  askAgain(principal: Principal, id: string, words: string): Promise<LearnerQueryDto> {
    return this.#act(principal, id, 'ask-again', async (tx) => {
      const events = await this.lives.listEvents(tx, TABLE, id);
      if (hasAskedAgain(events)) throw refusal('learner-query-asked-again');
      return { words, dueOn: await this.promises.dueOn(tx) };
    });
  }

  close(principal: Principal, id: string): Promise<LearnerQueryDto> {
    return this.#act(principal, id, 'close', async () => ({}));
  }

  async #act(
    principal: Principal,
    id: string,
    action: QueryAction,
    said: (
      tx: EntityManager,
      query: LearnerQuery,
    ) => Promise<Partial<Pick<QueryEvent, 'finding' | 'words' | 'dueOn' | 'outcomeId'>>>,
  ): Promise<LearnerQueryDto> {
    return this.database.transaction(async (tx) => {
      if (!isUuid(id)) throw notFound();
      await this.lives.lock(tx, id);
      const query = await this.#readable(tx, principal, id);
      const isAsker = isSelf(principal, query.learnerId);
      if (action === 'answer' ? isAsker : !isAsker) throw notFound();
      await this.learners.assertActive(tx, query.learnerId).catch(isAsker ? rethrow : hideFrozen);
      if (!isAllowed(query.state, action)) {
        throw refusal('learner-query-state', { state: query.state });
      }
      await this.#add(tx, principal, id, { action, ...(await said(tx, query)) });
      return this.#show(tx, principal, id);
    });
  }

  async #add(
    tx: EntityManager,
    { id: actor, institutionId, representing }: Principal,
    id: string,
    said: Parameters<typeof eventOf>[1],
  ): Promise<void> {
    const office = institutionId ?? representing?.institutionId ?? null;
    const by = { actor, institutionId: office, at: this.clock.now() };
    await this.lives.addEvent(tx, TABLE, id, eventOf(by, said));
  }

  async #aboutOf(
    tx: EntityManager,
    learnerId: string,
    { outcome, school, course, on: day }: NewLearnerQueryDto,
  ): Promise<About> {
    const on = day ?? null;
    if (outcome !== undefined && school === undefined && course === undefined) {
      const held = await this.outcomes.find(tx, learnerId, outcome);
      if (!held) throw notFound();
      const { institutionId: schoolId, lotId: outcomeId } = held.outcome;
      const { code: outcomeCode } = held.definition;
      return { kind: 'outcome', schoolId, outcomeId, outcomeCode, course: null, on };
    }
    if (outcome !== undefined || school === undefined || course === undefined) {
      throw refusal('learner-query-about-one');
    }
    const { id: schoolId } = await this.institutions.getByCode(tx, school);
    return { kind: 'missing', schoolId, outcomeId: null, outcomeCode: null, course, on };
  }

  async #requireRoom(
    tx: EntityManager,
    learnerId: string,
    outcomeId: string | null,
  ): Promise<void> {
    const selves = await this.learners.selvesOf(tx, learnerId);
    const open = await this.store.countOpen(tx, selves, outcomeId);
    if (open.same > 0) throw refusal('learner-query-waits');
    if (open.all >= MOST_OPEN) throw refusal('learner-query-too-many', { most: String(MOST_OPEN) });
  }

  async #readable(
    tx: EntityManager,
    principal: Principal,
    id: string,
  ): Promise<LearnerQuerySummary> {
    const query = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!query || !mayRead(principal, query)) throw notFound();
    return query;
  }

  async #show(tx: EntityManager, principal: Principal, id: string): Promise<LearnerQueryDto> {
    const query = await this.#readable(tx, principal, id);
    const learner = await this.#learnerOf(tx, principal, query);
    const isOwn = isSelf(principal, query.learnerId);
    const events = await this.lives.listEvents(tx, TABLE, id);
    const isActive = learner !== null || isOwn;
    return toQueryDto(query, events, { ...(await this.#seen(tx)), isActive, learner });
  }

  /** Who asks, for the school, which is written down; null for the asker and once erasure is asked. */
  async #learnerOf(
    tx: EntityManager,
    principal: Principal,
    query: LearnerQuery,
  ): Promise<QueryLearnerDto | null> {
    if (isSelf(principal, query.learnerId)) {
      await this.learners.assertActive(tx, query.learnerId);
      return null;
    }
    const right = { ground: 'query', reference: query.id } as const;
    const fields = ['name', 'documents', 'outcomes'] as const;
    const reading = { purpose: 'learner-query', fields, right } as const;
    const profile = await this.learners.profileBy(tx, principal, query.learnerId, reading);
    if (!profile) return null;
    const { id, name, identities } = profile;
    return { id, name, identities: [...identities] };
  }

  async #page(
    tx: EntityManager,
    rows: LearnerQuerySummary[],
    limit: number,
    cursor: (last: LearnerQuerySummary) => string,
  ): Promise<LearnerQueryPageDto> {
    const page = toPage(rows, limit, cursor);
    const seen = await this.#seen(tx);
    const active = await this.learners.activeAmong(
      tx,
      page.items.map(({ learnerId }) => learnerId),
    );
    return {
      items: page.items.map((one) => toSummaryDto(one, seen, active.has(one.learnerId))),
      next: page.next,
    };
  }

  async #seen(tx: EntityManager): Promise<Seen> {
    const matcher = await this.catalogue.matcher(tx);
    const institutions = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
    return {
      institutions,
      definitionOf: (code) => {
        const found = matcher.byCode(code);
        return found.ok ? found.definition : undefined;
      },
      leftUntil: await this.promises.leftUntil(tx),
      today: this.clock.today(),
    };
  }
}

function mayRead(principal: Principal, { learnerId, schoolId }: LearnerQuery): boolean {
  if (isSelf(principal, learnerId)) return true;
  const { institutionId, roles } = principal;
  return institutionId === schoolId && roles.some((role) => SCHOOL.includes(role));
}

/** A day or a moment, and an id. */
function cursorOf(after: string): [string, string] {
  const [place = '', id = ''] = decodeCursor(after, 2, (part, i) =>
    i === 1 ? isUuid(part) : !Number.isNaN(Date.parse(part)),
  );
  return [place, id];
}

function rethrow(error: unknown): never {
  throw error;
}

/** Whoever has asked for erasure is gone, as far as others hear. */
function hideFrozen(error: unknown): never {
  if (error instanceof Refusal && error.problem.code === 'learner-frozen') throw notFound();
  throw error;
}
