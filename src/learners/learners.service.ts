import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type IdentityDocument, mentionsName } from '#libs/identity';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { bucketOf } from '../platform/ids/index.js';
import type { Permit } from './access/permit.js';
import { PROFILE_FIELDS, type PersonField, type Reading } from './access/reading.js';
import { Reads, type Right } from './access/reads.js';
import { learnerIdOf } from './learner-id.js';
import { LearnersStore } from './learners.store.js';
import type { LearnerProfile, LookedUpPerson, PersonRef, ResolvedPerson } from './person.js';
import { Resolver } from './resolver.js';
import { Vault } from './vault.js';

/** Lifelong accounts of people: found by document, opened on first sight, read by few. */
@Injectable()
export class Learners {
  constructor(
    private readonly store: LearnersStore,
    private readonly resolver: Resolver,
    private readonly vault: Vault,
    private readonly reads: Reads,
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

  /**
   * Opens the sealed record, as far as the permit goes; of a person with several accounts, the name of
   * the surviving one and the documents of all. Throws `not-found`.
   */
  async profile(tx: EntityManager, permit: Permit): Promise<LearnerProfile> {
    const [profile, ...others] = await this.#profiles(tx, permit);
    if (!profile) throw notFound();
    if (others.length === 0) return profile;
    const all = [profile, ...others];
    return {
      id: profile.id,
      name: all.find(({ name }) => name !== null)?.name ?? null,
      identities: all.flatMap(({ identities }) => identities),
      birthDate: all.find(({ birthDate }) => birthDate !== null)?.birthDate ?? null,
    };
  }

  /** The profile of each account of the person, the surviving one first. */
  async #profiles(tx: EntityManager, permit: Permit): Promise<LearnerProfile[]> {
    const profiles: LearnerProfile[] = [];
    for (const learnerId of await this.selvesOf(tx, permit.learnerId)) {
      const key = { bucket: bucketOf(learnerId), learnerId };
      const person = await this.store.findPerson(tx, key);
      const own = learnerId === permit.learnerId ? permit : this.reads.ofOther(permit, learnerId);
      if (person) profiles.push(this.vault.openProfile(own, person));
    }
    return profiles;
  }

  /** All accounts of the person behind one of them, the surviving one first; mostly just that. */
  async selvesOf(tx: EntityManager, learnerId: string): Promise<readonly [string, ...string[]]> {
    return (await this.store.whole(tx, learnerId))?.selves ?? [learnerId];
  }

  /** {@link selvesOf} of many; who has one account is absent. */
  selvesOfMany(
    tx: EntityManager,
    learnerIds: readonly string[],
  ): Promise<Map<string, [string, ...string[]]>> {
    return this.store.selvesOfMany(tx, learnerIds);
  }

  /**
   * Days of birth of many people, for decisions of the bank; who has no document that proves one is
   * not in the answer. Whoever shows a decision to somebody has that written down.
   */
  async birthDates(tx: EntityManager, learnerIds: readonly string[]): Promise<Map<string, string>> {
    const dates = new Map<string, string>();
    for (const identity of await this.store.listIdentities(tx, learnerIds)) {
      if (dates.has(identity.learnerId)) continue;
      const permit = this.reads.unseen(identity.learnerId, ['birth-date']);
      const date = this.vault.birthDateOf(permit, identity);
      if (date !== null) dates.set(identity.learnerId, date);
    }
    return dates;
  }

  /**
   * Whether a text holds the learner's name, as any account of the learner spells it. The bank reads
   * it for itself, to refuse the text.
   */
  async isNamedIn(tx: EntityManager, learnerId: string, text: string): Promise<boolean> {
    for (const self of await this.selvesOf(tx, learnerId)) {
      const person = await this.store.findPerson(tx, { bucket: bucketOf(self), learnerId: self });
      const permit = this.reads.unseen(self, ['name']);
      if (person && mentionsName(text, this.vault.openProfile(permit, person).name)) return true;
    }
    return false;
  }

  /**
   * The learner's name, for a document that the bank makes in advance because the learner asked for
   * it; nobody is shown it by that. Null when it is not known or not to be had any more.
   */
  async nameForDocument(tx: EntityManager, learnerId: string): Promise<string | null> {
    const named = await this.#profiles(tx, this.reads.unseen(learnerId, ['name']));
    return named.find(({ name }) => name !== null)?.name ?? null;
  }

  /** Whether the principal may read the learner's records without a consent; shows nothing. */
  mayRead(tx: EntityManager, principal: Principal, learnerId: string): Promise<boolean> {
    return this.reads.mayRead(tx, principal, learnerId);
  }

  /** Throws `not-found` unless {@link mayRead}. */
  async assertMayRead(tx: EntityManager, principal: Principal, learnerId: string): Promise<void> {
    if (!(await this.mayRead(tx, principal, learnerId))) throw notFound();
  }

  /** Refuses with `learner-frozen` once the learner has asked for erasure. */
  async assertActive(tx: EntityManager, learnerId: string): Promise<void> {
    const key = { bucket: bucketOf(learnerId), learnerId };
    const standing = await this.store.standing(tx, key);
    if (standing === 'frozen') throw refusal('learner-frozen');
    if (standing === undefined) throw notFound();
  }

  /**
   * The learner that a path names, by the surviving account, for whoever may read all of what is asked
   * for; the read is written down. Throws `not-found` otherwise.
   */
  async requireReadable(
    tx: EntityManager,
    principal: Principal,
    idOrMe: string,
    reading: Reading,
  ): Promise<string> {
    const named = learnerIdOf(principal, idOrMe);
    const { learnerId } = await this.reads.admitWhole(tx, principal, named, reading);
    return learnerId;
  }

  /** {@link requireReadable}, with the permit that opens the account. */
  admit(
    tx: EntityManager,
    principal: Principal,
    idOrMe: string,
    reading: Reading,
  ): Promise<Permit> {
    return this.reads.admitWhole(tx, principal, learnerIdOf(principal, idOrMe), reading);
  }

  /** The documents with their whole numbers, for the learner in person; none for anybody else. */
  async ownDocuments(
    tx: EntityManager,
    principal: Principal,
    permit: Permit,
  ): Promise<IdentityDocument[]> {
    const { learnerId } = permit;
    if (principal.learnerId !== learnerId) return [];
    const person = await this.store.findPerson(tx, { bucket: bucketOf(learnerId), learnerId });
    if (!person) throw notFound();
    return this.vault.openDocuments(permit, person);
  }

  /**
   * Puts learners on an institution's roster because a decision moved them there, although nobody
   * showed a document.
   */
  enrolAt(tx: EntityManager, learnerIds: readonly string[], institutionId: string): Promise<void> {
    const keys = learnerIds.map((learnerId) => ({ bucket: bucketOf(learnerId), learnerId }));
    return this.store.register(tx, keys, institutionId);
  }

  /** {@link requireReadable} for whoever has found the right itself; null for frozen data. */
  admitBy(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading & { right: Right },
  ): Promise<Permit | null> {
    return this.reads.admitBy(tx, principal, learnerId, reading);
  }

  /** {@link admitBy} with the profile, as far as it goes; also of people whom the walls hide. */
  profileBy(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading & { right: Right },
  ): Promise<LearnerProfile | null> {
    return this.reads.pastWalls(tx, async (own) => {
      const permit = await this.reads.admitBy(own, principal, learnerId, reading);
      return permit && this.profile(own, permit);
    });
  }

  /** Which of these are there and have not asked for erasure; shows nothing. */
  activeAmong(tx: EntityManager, learnerIds: readonly string[]): Promise<Set<string>> {
    return this.reads.pastWalls(tx, (own) => this.store.listActive(own, learnerIds));
  }

  /**
   * Whether an id may be shown beside something else, which is then written down. False for whoever
   * needs a consent, and then nobody is told.
   */
  async mayShowAside(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading,
  ): Promise<boolean> {
    return (await this.reads.admitAside(tx, principal, learnerId, reading)) !== null;
  }

  /**
   * Writes down that an office is shown rows about these people of a file that it sent itself.
   *
   * @param documents as they stand in the rows; those of nobody's account are passed over
   * @returns ids of the people, so that a caller tells each of them once
   */
  async noteFile(
    principal: Principal,
    importId: string,
    { documents, told }: { documents: readonly IdentityDocument[]; told: ReadonlySet<string> },
  ): Promise<string[]> {
    const people = documents.map((document) => ({ name: null, document }));
    return this.database.transaction(async (tx) => {
      const found = await this.resolver.lookup(tx, people, principal.institutionId);
      const ids = found.flatMap((one) => (one.ok && one.learnerId !== null ? one.learnerId : []));
      const fresh = [...new Set(ids)].filter((id) => !told.has(id));
      await this.reads.noteFile(tx, principal, fresh, importId);
      return fresh;
    });
  }

  /** For whoever holds the code of a share. */
  admitShare(
    tx: EntityManager,
    principal: Principal | undefined,
    share: { readonly id: string; readonly learnerId: string },
    fields: readonly PersonField[],
  ): Promise<Permit> {
    return this.reads.admitShare(tx, principal, share, fields);
  }

  /** Writes down a look at a share that showed nothing. */
  refuseShare(
    tx: EntityManager,
    principal: Principal | undefined,
    share: { readonly id: string; readonly learnerId: string },
    fields: readonly PersonField[],
  ): Promise<void> {
    return this.reads.refuseShare(tx, principal, share, fields);
  }

  /** The profile for whoever may read it, as far as it may; `me` is the signed-in learner. */
  show(principal: Principal, idOrMe: string): Promise<LearnerProfile> {
    const learnerId = learnerIdOf(principal, idOrMe);
    return this.database.read(async (tx) => {
      const reading = { purpose: 'account', fields: PROFILE_FIELDS } as const;
      return this.profile(tx, await this.reads.admit(tx, principal, learnerId, reading));
    });
  }

  /**
   * Finds a learner by document: at the counter of an institution that has the learner on its roster,
   * or at one to which the learner has given a consent. Everybody else is not found.
   */
  async search(principal: Principal, document: IdentityDocument): Promise<LearnerProfile> {
    // Past the walls: whoever may not read is not found, and the learner is told.
    const learnerId = await this.database.readAcrossTenants((tx) =>
      this.find(tx, { name: null, document }, principal.institutionId),
    );
    if (learnerId === null) throw notFound();
    return this.database.read(async (tx) => {
      const reading = { purpose: 'counter-search', fields: PROFILE_FIELDS } as const;
      return this.profile(tx, await this.reads.admit(tx, principal, learnerId, reading));
    });
  }
}
