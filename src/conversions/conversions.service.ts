import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import { Learners, learnerIdOf } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { decodeCursor, encodeCursor, notFound, refusal, toPage } from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { Rulebook } from '../rulebook/index.js';
import { actorOf, canRead, canWithdraw, isParty } from './access.js';
import { type Application, decisionOf } from './application.js';
import { ApplicationFlow, EVALUATE, type EvaluateTask } from './application-flow.js';
import { ApplicationsStore } from './applications.store.js';
import { ApplicationViews } from './application-views.js';
import { type BookedConversion, bookedConversion } from './booked.js';
import type {
  AcceptedApplicationDto,
  ApplicationDto,
  ApplicationPageDto,
  ApplicationsQuery,
  ConversionDto,
  ReviewDto,
} from './conversions.dto.js';
import { DecisionsStore } from './decisions.store.js';

/** Applications from the request to the booking, as people see and move them. */
@Injectable()
export class Conversions {
  constructor(
    private readonly database: Database,
    private readonly store: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly views: ApplicationViews,
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
    wanted: ConversionDto,
    key: string | null,
  ): Promise<{ application: AcceptedApplicationDto; isReplay: boolean }> {
    return this.database.transaction(async (tx) => {
      const learnerId = await this.#applicantOf(tx, principal, wanted.learner);
      const { programme } = wanted;
      const id = newId(bucketOf(learnerId));
      if (key !== null) {
        const first = await this.#claim(tx, principal, {
          learnerId,
          programme,
          key,
          applicationId: id,
        });
        if (first) return { application: toAccepted(first), isReplay: true };
      }
      const application = await this.#insert(tx, principal, { id, learnerId, programme });
      await this.tasks.add(tx, EVALUATE, { applicationId: id } satisfies EvaluateTask);
      return { application: toAccepted(application), isReplay: false };
    });
  }

  /** One application for the learner, the receiving and the asking institution. */
  show(principal: Principal, id: string): Promise<ApplicationDto> {
    return this.database.read(async (tx) =>
      this.views.detail(tx, await this.#readable(tx, principal, id, { isLocked: false })),
    );
  }

  /** The learner's own applications, or those the principal's institution decides; newest first. */
  list(principal: Principal, query: ApplicationsQuery): Promise<ApplicationPageDto> {
    const { learnerId, institutionId } = principal;
    const owner = institutionId === null ? learnerId && { learnerId } : { institutionId };
    if (!owner) throw refusal('not-a-learner');
    const [after = null] = query.after === undefined ? [] : decodeCursor(query.after, 1, isUuid);
    return this.database.read(async (tx) => {
      const rows = await this.store.list(tx, {
        owner,
        state: query.state ?? null,
        after,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      return { items: await this.views.summaries(tx, page.items), next: page.next };
    });
  }

  /**
   * What the receiving institution says: `approve` books the decision, the others give the credit
   * back. Of two reviewers one wins; the other is refused with the state that the first led to.
   */
  async review(principal: Principal, id: string, review: ReviewDto): Promise<ApplicationDto> {
    const result = await this.database.transaction(async (tx) => {
      const application = await this.#readable(tx, principal, id, { isLocked: true });
      if (principal.institutionId !== application.institutionId) throw notFound();
      if (isParty(principal, application)) throw refusal('reviewer-asked');
      if (application.state !== 'in-review') {
        throw refusal('application-state', { state: application.state });
      }
      await this.store.lockLearner(tx, application.learnerId);
      const outdated = await this.#decide(tx, principal, application, review);
      return outdated ? { outdated } : { view: await this.#detail(tx, id) };
    });
    // Thrown only now: that the application is evaluated again must stay.
    if ('outdated' in result) throw refusal('decision-outdated');
    return result.view;
  }

  /** Takes an application back; what it held is available again. */
  withdraw(principal: Principal, id: string): Promise<ApplicationDto> {
    return this.database.transaction(async (tx) => {
      const application = await this.#readable(tx, principal, id, { isLocked: true });
      if (!canWithdraw(principal, application)) throw refusal('not-the-requester');
      const actor = actorOf(principal);
      await this.flow.advance(tx, application, 'withdraw', { actor, note: null });
      await this.store.lockLearner(tx, application.learnerId);
      await this.flow.release(tx, application, actor);
      return this.#detail(tx, id);
    });
  }

  /** Every booked conversion of a learner, for proofs. The caller has checked access. */
  async bookedOf(tx: EntityManager, learnerId: string): Promise<BookedConversion[]> {
    const booked = await this.store.listBooked(tx, learnerId);
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

  /** @returns true when what is held is no longer what the decision rests on */
  async #decide(
    tx: EntityManager,
    principal: Principal,
    application: Application,
    review: ReviewDto,
  ): Promise<boolean> {
    const actor = actorOf(principal);
    const by = { actor, note: review.note ?? null };
    const decision = await this.decisions.findLatest(tx, application.id);
    if (!decision) throw new Error(`application ${application.id} is in review without a decision`);
    const hash = decision.hash.toString('hex');
    if (review.decisionHash !== undefined && review.decisionHash !== hash) {
      throw refusal('decision-differs', { hash });
    }
    if (review.verdict !== 'approve') {
      await this.flow.advance(tx, application, review.verdict, by);
      await this.flow.release(tx, application, actor);
      return false;
    }
    if (decisionOf(decision).granted.length === 0) throw refusal('nothing-to-approve');
    const booked = await this.flow.book(tx, application, decision, actor);
    if (booked.ok) {
      await this.flow.advance(tx, application, 'approve', by);
      return false;
    }
    await this.flow.reconsider(tx, application, { actor, note: booked.problem.code });
    return true;
  }

  async #applicantOf(tx: EntityManager, principal: Principal, wanted: string): Promise<string> {
    const learnerId = learnerIdOf(principal, wanted);
    if (principal.learnerId === learnerId) return learnerId;
    const isRegistrar = principal.institutionId !== null && principal.roles.includes('registrar');
    if (!isRegistrar || !(await this.learners.mayRead(tx, principal, learnerId))) throw notFound();
    return learnerId;
  }

  /** What the caller's key made before; refuses when it was for other content. */
  async #claim(
    tx: EntityManager,
    principal: Principal,
    request: { learnerId: string; programme: string; key: string; applicationId: string },
  ): Promise<Application | undefined> {
    const { learnerId, programme, key, applicationId } = request;
    const requestHash = sha256(canonicalJson({ learnerId, programme }));
    const keyHash = sha256(canonicalJson([principal.id, key]));
    const first = await this.store.claimKey(tx, { keyHash, requestHash, applicationId });
    if (!first) return undefined;
    if (!first.requestHash.equals(requestHash)) throw refusal('idempotency-conflict');
    return this.store.find(tx, first.applicationId);
  }

  async #insert(
    tx: EntityManager,
    principal: Principal,
    wanted: { id: string; learnerId: string; programme: string },
  ): Promise<Application> {
    const { id, learnerId, programme } = wanted;
    const on = this.clock.today();
    const { compiled } = await this.rulebook.compiledFor(tx, programme, on);
    const { institution, review } = compiled.rulebook.target;
    const receiver = await this.institutions.getByCode(tx, institution);
    const requestingInstitution =
      principal.learnerId === learnerId ? null : principal.institutionId;
    if (review === 'required' && requestingInstitution === receiver.id) {
      throw refusal('second-institution-needed', { programme });
    }
    const application = await this.store.insert(tx, {
      id,
      learnerId,
      programme,
      institutionId: receiver.id,
      state: 'submitted',
      on,
      requestedBy: principal.id,
      requestingInstitution,
      wrappedKey: this.keyring.newDataKey().wrapped,
    });
    const actor = actorOf(principal);
    await this.store.addEvent(tx, id, { action: 'submit', state: 'submitted', actor, note: null });
    return application;
  }

  /** The application, when the principal may know of it; otherwise as if there were none. */
  async #readable(
    tx: EntityManager,
    principal: Principal,
    id: string,
    reading: { isLocked: boolean },
  ): Promise<Application> {
    if (!isUuid(id)) throw notFound();
    const application = reading.isLocked
      ? await this.store.findLocked(tx, id)
      : await this.store.find(tx, id);
    if (!application || !canRead(principal, application)) throw notFound();
    return application;
  }

  async #detail(tx: EntityManager, id: string): Promise<ApplicationDto> {
    const application = await this.store.find(tx, id);
    if (!application) throw notFound();
    return this.views.detail(tx, application);
  }
}

/** The same for the first request and every repetition, whatever has happened in between. */
function toAccepted({ id }: Application): AcceptedApplicationDto {
  return { id, state: 'submitted' };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
