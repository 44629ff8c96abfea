import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Institution, Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import type { Principal, Role } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  Refusal,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import {
  type QueryAction,
  type QueryEvent,
  QueryLives,
  QueryPromises,
  eventOf,
  isAllowed,
} from '../queries/index.js';
import { AnswersStore } from './answers.store.js';
import { officeOf } from './office.js';
import type {
  NewQueryDto,
  QueriesOpenDto,
  QueriesQuery,
  QueryAnswerDto,
  QueryDto,
  QueryPageDto,
  QuerySummaryDto,
} from './queries.dto.js';
import { QueriesStore, type QuerySummary } from './queries.store.js';
import { toQueryDto, toQuerySummaryDto } from './queries.views.js';

const TABLE = 'equivalence_query';

const OFFICE: readonly Role[] = ['admissions', 'registrar'];
const SCHOOL: readonly Role[] = ['registrar', 'issuer'];

/**
 * "Not matched: ask the school." A query belongs to two institutions and to the learner it is about;
 * for everybody else it does not exist.
 */
@Injectable()
export class Queries {
  constructor(
    private readonly database: Database,
    private readonly store: QueriesStore,
    private readonly answers: AnswersStore,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
    private readonly lives: QueryLives,
    private readonly promises: QueryPromises,
    private readonly clock: Clock,
  ) {}

  /** Asks a school whose outcomes an answer rests on. One query for each answer and school. */
  ask(principal: Principal, wanted: NewQueryDto): Promise<QueryDto> {
    const institutionId = officeOf(principal);
    return this.database.transaction(async (tx) => {
      const answer = await this.answers.find(tx, wanted.answer);
      if (!answer || answer.institutionId !== institutionId) throw notFound();
      await this.learners.assertActive(tx, answer.learnerId).catch(hideFrozen);
      if (answer.status !== 'not-matched') throw refusal('equivalence-matched');
      const school = await this.#schoolOf(tx, answer.schools, wanted.school);
      if (school.id === institutionId) throw refusal('equivalence-school-not-asked');
      const createdAt = this.clock.now();
      const { learnerId, programme, on, missing } = answer;
      const id = newId(bucketOf(learnerId));
      const number = await this.lives.nextNumber(tx, Number(this.clock.today().slice(0, 4)));
      const about = { learnerId, programme, on, missing, answerId: answer.id };
      const parties = { institutionId, schoolId: school.id };
      const isNew = await this.store.insert(tx, { id, number, ...about, ...parties, createdAt });
      if (!isNew) throw refusal('equivalence-asked-already');
      const dueOn = await this.promises.dueOn(tx);
      await this.lives.addEvent(
        tx,
        TABLE,
        id,
        this.#event(principal, 'ask', wanted.words, { dueOn }),
      );
      return this.#show(tx, principal, id);
    });
  }

  show(principal: Principal, id: string): Promise<QueryDto> {
    return this.database.read((tx) => this.#show(tx, principal, id));
  }

  /** What an institution asked or was asked; a learner's own. */
  list(principal: Principal, query: QueriesQuery): Promise<QueryPageDto> {
    const before = idCursor(query.after);
    const { state = null, limit } = query;
    const owner = ownerOf(principal, query.side ?? 'sent');
    return this.database.read(async (tx) => {
      const rows = await this.store.list(tx, { owner, state, before, limit: limit + 1 });
      const page = toPage(rows, limit, (last) => encodeCursor(last.id));
      const known = await this.#institutions(tx);
      const today = this.clock.today();
      const items: QuerySummaryDto[] = [];
      for (const one of page.items) {
        const isActive = await this.#admit(tx, principal, one);
        items.push(toQuerySummaryDto(one, { known, today, isActive }));
      }
      return { items, next: page.next };
    });
  }

  /** How much is open; tells of nobody, so a page can ask it often. */
  open(principal: Principal, side: 'sent' | 'received' = 'sent'): Promise<QueriesOpenDto> {
    const institutionId = officeOf(principal);
    const owner = side === 'sent' ? { officeId: institutionId } : { schoolId: institutionId };
    return this.database.read(async (tx) => {
      const open = await this.store.countOpen(tx, owner, this.clock.today());
      return { ...open, changedAt: open.changedAt?.toISOString() ?? null };
    });
  }

  /** The school says what it found. */
  answer(principal: Principal, id: string, { finding, words }: QueryAnswerDto): Promise<QueryDto> {
    return this.#act(principal, id, 'answer', async () =>
      this.#event(principal, 'answer', words, { finding }),
    );
  }

  /** The office is not content; the school has the same time again. */
  askAgain(principal: Principal, id: string, words: string): Promise<QueryDto> {
    return this.#act(principal, id, 'ask-again', async (tx) =>
      this.#event(principal, 'ask-again', words, { dueOn: await this.promises.dueOn(tx) }),
    );
  }

  close(principal: Principal, id: string): Promise<QueryDto> {
    return this.#act(principal, id, 'close', async () => this.#event(principal, 'close', null));
  }

  async #act(
    principal: Principal,
    id: string,
    action: QueryAction,
    eventOf: (tx: EntityManager) => Promise<QueryEvent>,
  ): Promise<QueryDto> {
    return this.database.transaction(async (tx) => {
      if (!isUuid(id)) throw notFound();
      await this.lives.lock(tx, id);
      const query = await this.#readable(tx, principal, id);
      const isOffice = query.institutionId === principal.institutionId;
      const isSchool = query.schoolId === principal.institutionId;
      if (action === 'answer' ? !isSchool : !isOffice) throw notFound();
      await this.learners.assertActive(tx, query.learnerId).catch(hideFrozen);
      if (!isAllowed(query.state, action)) {
        throw refusal('equivalence-query-state', { state: query.state });
      }
      await this.lives.addEvent(tx, TABLE, id, await eventOf(tx));
      return this.#show(tx, principal, id);
    });
  }

  async #readable(tx: EntityManager, principal: Principal, id: string): Promise<QuerySummary> {
    const query = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!query || !mayRead(principal, query)) throw notFound();
    return query;
  }

  async #show(tx: EntityManager, principal: Principal, id: string): Promise<QueryDto> {
    const query = await this.#readable(tx, principal, id);
    const known = await this.#institutions(tx);
    const isActive = await this.#admit(tx, principal, query);
    const events = await this.lives.listEvents(tx, TABLE, id);
    return toQueryDto(query, events, { known, today: this.clock.today(), isActive });
  }

  async #schoolOf(
    tx: EntityManager,
    schools: readonly string[],
    code: string,
  ): Promise<Institution> {
    if (!schools.includes(code)) throw refusal('equivalence-school-not-asked');
    return this.institutions.getByCode(tx, code);
  }

  /** Writes down that the query was seen; false once the learner has asked for erasure. */
  async #admit(tx: EntityManager, principal: Principal, query: QuerySummary): Promise<boolean> {
    const right = { ground: 'query', reference: query.id } as const;
    const reading = { purpose: 'equivalence-query', fields: ['outcomes'], right } as const;
    return (await this.learners.admitBy(tx, principal, query.learnerId, reading)) !== null;
  }

  async #institutions(tx: EntityManager): Promise<ReadonlyMap<string, Institution>> {
    return new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
  }

  #event(
    { id: actor, institutionId }: Principal,
    action: QueryAction,
    words: string | null,
    rest: Partial<Pick<QueryEvent, 'finding' | 'dueOn'>> = {},
  ): QueryEvent {
    const by = { actor, institutionId, at: this.clock.now() };
    return eventOf(by, { action, words, ...rest });
  }
}

function mayRead(principal: Principal, query: QuerySummary): boolean {
  const { learnerId, institutionId, roles } = principal;
  if (learnerId !== null && learnerId === query.learnerId) return true;
  if (institutionId === null) return false;
  const has = (wanted: readonly Role[]): boolean => roles.some((role) => wanted.includes(role));
  if (institutionId === query.institutionId && has(OFFICE)) return true;
  return institutionId === query.schoolId && has(SCHOOL);
}

function ownerOf(
  { institutionId, learnerId }: Principal,
  side: 'sent' | 'received',
): { officeId: string } | { schoolId: string } | { learnerId: string } {
  if (institutionId !== null) {
    return side === 'sent' ? { officeId: institutionId } : { schoolId: institutionId };
  }
  if (learnerId === null) throw refusal('no-institution');
  return { learnerId };
}

/** Whoever has asked for erasure is gone, as far as others hear. */
function hideFrozen(error: unknown): never {
  if (error instanceof Refusal && error.problem.code === 'learner-frozen') throw notFound();
  throw error;
}
