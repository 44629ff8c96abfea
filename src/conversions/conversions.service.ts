import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '#libs/rules';
import { Institutions, whyNotDecided } from '../institutions/index.js';
import { Learners, learnerIdOf } from '../learners/index.js';
import { type Principal, isSelf } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import {
  Refusal,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { bucketOf, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { Rulebook } from '../rulebook/index.js';
import { actorOf, isRequester } from './access.js';
import type { Application } from './application.js';
import { ApplicationFlow, EVALUATE, type EvaluateTask } from './application-flow.js';
import { ApplicationReader } from './application-reader.js';
import { ApplicationsStore } from './applications.store.js';
import { ApplicationViews } from './application-views.js';
import { type BookedConversion, bookedConversion } from './booked.js';
import { requireGraduation } from './graduation.js';
import type {
  AcceptedApplicationDto,
  ApplicationDto,
  ApplicationPageDto,
  ApplicationsQuery,
  NewApplicationDto,
} from './conversions.dto.js';
import { DecisionsStore } from './decisions.store.js';
import { WaitingApplications } from './waiting.service.js';

/** Applications from the request to the booking, as people see and move them. */
@Injectable()
export class Conversions {
  constructor(
    private readonly database: Database,
    private readonly store: ApplicationsStore,
    private readonly reader: ApplicationReader,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly views: ApplicationViews,
    private readonly waiting: WaitingApplications,
    private readonly rulebook: Rulebook,
    private readonly learners: Learners,
    private readonly institutions: Institutions,
    private readonly keyring: Keyring,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepts an application; the queue decides it. The same key with the same content gives the
   * first application again.
   */
  apply(
    principal: Principal,
    wanted: NewApplicationDto,
    key: string | null,
  ): Promise<{ application: AcceptedApplicationDto; isReplay: boolean }> {
    return this.database.transaction(async (tx) => {
      const learnerId = await this.#applicantOf(tx, principal, wanted.learner);
      const { programme, draft = false, graduates = null } = wanted;
      const id = newId(bucketOf(learnerId));
      const state = draft ? 'draft' : 'submitted';
      if (key !== null) {
        const stated = graduates !== null && { graduates };
        const request = { learnerId, programme, ...(draft && { draft }), ...stated };
        const firstId = await this.#claim(tx, principal, { request, key, applicationId: id });
        if (firstId !== null) return { application: { id: firstId, state }, isReplay: true };
      }
      await this.#insert(tx, principal, { id, learnerId, programme, graduates, state });
      if (!draft) await this.tasks.add(tx, EVALUATE, { applicationId: id } satisfies EvaluateTask);
      return { application: { id, state }, isReplay: false };
    });
  }

  /** One application for the learner, the receiving and the asking institution. */
  show(principal: Principal, id: string): Promise<ApplicationDto> {
    return this.database.read(async (tx) => this.#detail(tx, principal, id));
  }

  /** The learner's own applications, or those the principal's institution decides; newest first. */
  list(principal: Principal, query: ApplicationsQuery): Promise<ApplicationPageDto> {
    const { learnerId, institutionId, selves } = principal;
    if (institutionId === null && learnerId === null) throw refusal('not-a-learner');
    if (query.order === 'due' && institutionId !== null) {
      return this.waiting.list(principal, institutionId, query);
    }
    const owner =
      institutionId === null ? { selves: selves ?? [learnerId as string] } : { institutionId };
    const after = idCursor(query.after);
    return this.database.read(async (tx) => {
      const rows = await this.store.list(tx, {
        owner,
        state: query.state ?? null,
        after,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      return { items: await this.views.summaries(tx, page.items, principal), next: page.next };
    });
  }

  /** Sends a draft on its way, under the rules of the day on which it is sent. */
  submit(principal: Principal, id: string): Promise<ApplicationDto> {
    return this.database.transaction(async (tx) => {
      const draft = await this.reader.readable(tx, principal, id, { isLocked: true });
      if (!isRequester(principal, draft)) throw refusal('not-the-requester');
      const on = this.clock.today();
      const { requestingInstitution: requesting, programme } = draft;
      // A state that forbids it is the first thing to say.
      await this.flow.advance(tx, draft, 'submit', { actor: actorOf(principal), note: null });
      requireGraduation(draft.graduates, on);
      const institutionId = await this.#receiverOf(tx, { programme, on, requesting });
      await this.store.fix(tx, id, { on, institutionId });
      await this.tasks.add(tx, EVALUATE, { applicationId: id } satisfies EvaluateTask);
      return this.#detail(tx, principal, id);
    });
  }

  /** Takes an application back; what it held is available again. */
  withdraw(principal: Principal, id: string): Promise<ApplicationDto> {
    return this.database.transaction(async (tx) => {
      const application = await this.reader.readable(tx, principal, id, { isLocked: true });
      if (!isRequester(principal, application)) throw refusal('not-the-requester');
      const actor = actorOf(principal);
      await this.flow.advance(tx, application, 'withdraw', { actor, note: null });
      await this.store.lockLearner(tx, application.learnerId);
      await this.flow.release(tx, application, actor);
      return this.#detail(tx, principal, id);
    });
  }

  /** Every booked conversion of a learner, for proofs. The caller has checked access. */
  async bookedOf(tx: EntityManager, learnerId: string): Promise<BookedConversion[]> {
    const booked: Application[] = [];
    for (const id of await this.learners.selvesOf(tx, learnerId)) {
      booked.push(...(await this.store.listBooked(tx, id)));
    }
    booked.sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
    return Promise.all(
      booked.map(async (application) => {
        const decision = await this.decisions.findLatest(tx, application.id);
        if (!decision) throw new Error(`booked application ${application.id} has no decision`);
        return bookedConversion(application, decision, {
          title: (await this.rulebook.programme(tx, application.programme)).title,
          entries: await this.flow.entriesOf(tx, application),
        });
      }),
    );
  }

  async #applicantOf(tx: EntityManager, principal: Principal, wanted: string): Promise<string> {
    const named = learnerIdOf(principal, wanted);
    if (isSelf(principal, named)) {
      await this.learners.assertActive(tx, named);
    } else {
      const isRegistrar = principal.institutionId !== null && principal.roles.includes('registrar');
      if (!isRegistrar || !(await this.learners.mayRead(tx, principal, named))) throw notFound();
    }
    return (await this.learners.selvesOf(tx, named))[0];
  }

  /** What the caller's key made before, or null; refuses when it was for other content. */
  async #claim(
    tx: EntityManager,
    principal: Principal,
    claim: { request: object; key: string; applicationId: string },
  ): Promise<string | null> {
    const { request, key, applicationId } = claim;
    const requestHash = sha256(canonicalJson(request));
    const keyHash = sha256(canonicalJson([principal.id, key]));
    const first = await this.store.claimKey(tx, { keyHash, requestHash, applicationId });
    if (!first) return null;
    if (!first.requestHash.equals(requestHash)) throw refusal('idempotency-conflict');
    return first.applicationId;
  }

  async #insert(
    tx: EntityManager,
    principal: Principal,
    wanted: Pick<Application, 'id' | 'learnerId' | 'programme' | 'graduates'> & {
      state: 'draft' | 'submitted';
    },
  ): Promise<void> {
    const { id, learnerId, programme, graduates, state } = wanted;
    const on = this.clock.today();
    requireGraduation(graduates, on);
    const requesting = isSelf(principal, learnerId) ? null : principal.institutionId;
    const institutionId = await this.#receiverOf(tx, { programme, on, requesting });
    await this.store.insert(tx, {
      ...wanted,
      institutionId,
      on,
      requestedBy: principal.id,
      requestingInstitution: requesting,
      wrappedKey: this.keyring.newDataKey().wrapped,
      dueOn: await this.flow.dueOnArrival(tx, state),
    });
    const action = state === 'draft' ? 'draft' : 'submit';
    await this.store.addEvent(tx, id, { action, state, actor: actorOf(principal), note: null });
  }

  /** The institution that decides; refuses when it may not, or would ask itself. */
  async #receiverOf(
    tx: EntityManager,
    asked: { programme: string; on: string; requesting: string | null },
  ): Promise<string> {
    const { programme, on, requesting } = asked;
    const { compiled } = await this.rulebook.compiledFor(tx, programme, on);
    const { institution, review } = compiled.rulebook.target;
    const receiver = await this.institutions.getByCode(tx, institution);
    const problem = whyNotDecided(receiver, programme);
    if (problem) throw new Refusal(problem);
    if (review !== 'none' && requesting === receiver.id) {
      throw refusal('second-institution-needed', { programme });
    }
    return receiver.id;
  }

  async #detail(tx: EntityManager, principal: Principal, id: string): Promise<ApplicationDto> {
    const application = await this.reader.readable(tx, principal, id, { isLocked: false });
    return this.views.detail(tx, application, principal);
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
