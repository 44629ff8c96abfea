import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IdentityDocument } from '#libs/identity';
import { type Principal, type Role, isOverseer } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound } from '../platform/http/index.js';
import { bucketOf, isUuid } from '../platform/ids/index.js';
import { learnerIdOf } from './learner-id.js';
import { LearnersStore } from './learners.store.js';
import type { LearnerProfile, LookedUpPerson, PersonRef, ResolvedPerson } from './person.js';
import { Resolver } from './resolver.js';
import { Vault } from './vault.js';

/** Roles whose work is with learners of their own institution. */
const STAFF: readonly Role[] = ['registrar', 'issuer', 'admissions'];

/** Lifelong accounts of people: found by document, opened on first sight, read by few. */
@Injectable()
export class Learners {
  constructor(
    private readonly store: LearnersStore,
    private readonly resolver: Resolver,
    private readonly vault: Vault,
    private readonly database: Database,
  ) {}

  /**
   * The learner of every person, in the order of the input. Opens missing accounts and puts
   * everybody found on the institution's roster. Meant for 500 to 1000 people a call; two calls
   * that race for the same new person open one account.
   */
  resolve(
    tx: EntityManager,
    people: readonly PersonRef[],
    institutionId: string,
  ): Promise<ResolvedPerson[]> {
    return this.resolver.resolve(tx, people, institutionId);
  }

  /** What {@link resolve} would answer, without creating or changing anything. */
  lookup(
    tx: EntityManager,
    people: readonly PersonRef[],
    institutionId: string,
  ): Promise<LookedUpPerson[]> {
    return this.resolver.lookup(tx, people, institutionId);
  }

  /**
   * The learner with this document, or null. Throws a refusal for a bad document or name and for
   * a name that does not belong to the document.
   *
   * @param institutionId who asks; the numbers that schools hand out are looked for among its own
   */
  async find(
    tx: EntityManager,
    person: { name: string | null; document: IdentityDocument },
    institutionId: string | null,
  ): Promise<string | null> {
    const [found] = await this.resolver.lookup(tx, [person], institutionId);
    if (!found?.ok) throw new Refusal(found?.problem ?? { code: 'internal-error' });
    return found.learnerId;
  }

  /** Opens the sealed record. The caller has checked {@link mayRead}. Throws `not-found`. */
  async profile(tx: EntityManager, learnerId: string): Promise<LearnerProfile> {
    const person = isUuid(learnerId)
      ? await this.store.findPerson(tx, { bucket: bucketOf(learnerId), learnerId })
      : undefined;
    if (!person) throw notFound();
    return this.vault.openProfile(learnerId, person);
  }

  /** Days of birth of many people; who has no document that proves one is not in the answer. */
  async birthDates(tx: EntityManager, learnerIds: readonly string[]): Promise<Map<string, string>> {
    const dates = new Map<string, string>();
    for (const identity of await this.store.listIdentities(tx, learnerIds)) {
      if (dates.has(identity.learnerId)) continue;
      const date = this.vault.birthDateOf(identity);
      if (date !== null) dates.set(identity.learnerId, date);
    }
    return dates;
  }

  /**
   * Whether the principal may read the learner's records: the learner; staff of an institution
   * that has the learner on its roster; the authority and the operator. False when there is no
   * such learner.
   */
  async mayRead(tx: EntityManager, principal: Principal, learnerId: string): Promise<boolean> {
    if (!isUuid(learnerId)) return false;
    if (principal.learnerId === learnerId) return true;
    const key = { bucket: bucketOf(learnerId), learnerId };
    if (isOverseer(principal)) return this.store.exists(tx, key);
    const { institutionId } = principal;
    if (institutionId === null || !principal.roles.some((role) => STAFF.includes(role))) {
      return false;
    }
    return (await this.store.onRoster(tx, [key], institutionId)).size > 0;
  }

  /** Throws `not-found` unless {@link mayRead}. */
  async assertMayRead(tx: EntityManager, principal: Principal, learnerId: string): Promise<void> {
    if (!(await this.mayRead(tx, principal, learnerId))) throw notFound();
  }

  /** The learner that a path names, once {@link mayRead} holds; throws `not-found` otherwise. */
  async requireReadable(tx: EntityManager, principal: Principal, idOrMe: string): Promise<string> {
    const learnerId = learnerIdOf(principal, idOrMe);
    await this.assertMayRead(tx, principal, learnerId);
    return learnerId;
  }

  /** The profile for whoever may read it; `me` is the signed-in learner. */
  show(principal: Principal, idOrMe: string): Promise<LearnerProfile> {
    const learnerId = learnerIdOf(principal, idOrMe);
    return this.database.read(async (tx) => {
      await this.assertMayRead(tx, principal, learnerId);
      return this.profile(tx, learnerId);
    });
  }

  /**
   * Finds a learner at the counter, by document, on the roster of the registrar's institution.
   * A learner of other institutions is not found.
   */
  search(principal: Principal, document: IdentityDocument): Promise<LearnerProfile> {
    return this.database.read(async (tx) => {
      const learnerId = await this.find(tx, { name: null, document }, principal.institutionId);
      if (learnerId === null) throw notFound();
      await this.assertMayRead(tx, principal, learnerId);
      return this.profile(tx, learnerId);
    });
  }
}
