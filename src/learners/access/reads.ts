import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Principal, type Role, isOverseer, isSelf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { bucketOf, isUuid } from '../../platform/ids/index.js';
import { Consents } from '../consent/consents.js';
import { LearnersStore } from '../learners.store.js';
import { AccessLog } from './access-log.js';
import type { Permit } from './permit.js';
import type { AccessEntry, Ground, PersonField, Reading } from './reading.js';

/** Roles whose work is with learners of their own institution. */
const STAFF: readonly Role[] = ['registrar', 'issuer', 'admissions'];

/** A right to read that the caller has found itself. */
export interface Right {
  readonly ground: Ground;
  readonly reference: string | null;
}

/** The one door to a person's data: whoever passes has a right, and the passing is written down. */
@Injectable()
export class Reads {
  constructor(
    private readonly store: LearnersStore,
    private readonly consents: Consents,
    private readonly log: AccessLog,
    private readonly database: Database,
  ) {}

  /**
   * Lets the principal read, as far as it may, and writes that down. The learner reads everything of
   * the own; an institution with the learner on its roster, the authority and the operator what they
   * ask for; a receiver what a consent names. Everybody else gets `not-found`, and the learner is
   * told; so does everybody once the data is frozen, but the learner, who is told so.
   */
  admit(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading,
  ): Promise<Permit> {
    return this.pastWalls(tx, (own) => this.#admit(own, principal, learnerId, reading));
  }

  async #admit(
    tx: EntityManager,
    principal: Principal,
    named: string,
    reading: Reading,
  ): Promise<Permit> {
    const isOwn = isSelf(principal, named);
    const person = isUuid(named) ? await this.store.whole(tx, named) : undefined;
    if (person?.standing === 'frozen' && isOwn) throw refusal('learner-frozen');
    if (person?.standing !== 'active') throw notFound();
    const { selves } = person;
    const [learnerId] = selves;
    if (isOwn) return this.log.own(learnerId);
    const ground = await this.#groundOf(tx, principal, selves);
    if (ground) {
      return this.log.record(
        tx,
        entryOf(principal, learnerId, reading, { ground, reference: null }),
      );
    }
    const { fields } = reading;
    const consented = await this.consents.use(tx, { principal, selves, fields });
    if (!consented) {
      const vain = { ground: 'none', reference: null } as const;
      this.log.tellLater(entryOf(principal, learnerId, reading, vain));
      throw notFound();
    }
    const right = { ground: 'consent', reference: consented.consent.id } as const;
    const seen = { ...reading, fields: consented.fields };
    return this.log.record(tx, entryOf(principal, learnerId, seen, right));
  }

  /** {@link admit} for what is shown whole or not at all. */
  async admitWhole(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading,
  ): Promise<Permit> {
    const permit = await this.admit(tx, principal, learnerId, reading);
    if (!reading.fields.every((field) => permit.allows(field))) throw notFound();
    return permit;
  }

  /**
   * Writes down a read for which the caller has found the right itself; null when the learner's data
   * is frozen or gone, and so nobody's to see.
   */
  admitBy(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    { right, ...reading }: Reading & { right: Right },
  ): Promise<Permit | null> {
    return this.pastWalls(tx, async (own) => {
      const person = await this.store.whole(own, learnerId);
      if (person?.standing !== 'active') return null;
      const [survivor] = person.selves;
      if (isSelf(principal, learnerId)) return this.log.own(survivor);
      return this.log.record(own, entryOf(principal, survivor, reading, right));
    });
  }

  /**
   * For what is shown beside something else: the read of whoever may read without a consent is
   * written down; null for everybody else, who is not shown it, so that nobody is told.
   */
  admitAside(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading,
  ): Promise<Permit | null> {
    return this.pastWalls(tx, async (own) => {
      const person = await this.store.whole(own, learnerId);
      if (person?.standing !== 'active') return null;
      const [survivor] = person.selves;
      if (isSelf(principal, learnerId)) return this.log.own(survivor);
      const ground = await this.#groundOf(own, principal, person.selves);
      if (!ground) return null;
      const right = { ground, reference: null };
      return this.log.record(own, entryOf(principal, survivor, reading, right));
    });
  }

  /** What an office is shown of a file that it sent itself: a line for each of the people in it. */
  async noteFile(
    tx: EntityManager,
    { id, institutionId }: Principal,
    learnerIds: readonly string[],
    importId: string,
  ): Promise<void> {
    await this.log.recordAll(tx, learnerIds, {
      reader: id,
      institutionId,
      purpose: 'corrections',
      fields: ['name', 'documents', 'outcomes'],
      ground: 'file',
      reference: importId,
    });
  }

  /** Of a share: whoever holds its code reads, with or without an account. */
  async admitShare(
    tx: EntityManager,
    principal: Principal | undefined,
    share: { readonly id: string; readonly learnerId: string },
    fields: readonly PersonField[],
  ): Promise<Permit> {
    const person = await this.store.whole(tx, share.learnerId);
    const whose = { ...share, learnerId: person?.selves[0] ?? share.learnerId };
    if (principal && isSelf(principal, share.learnerId)) return this.log.own(whose.learnerId);
    return this.log.record(tx, { ...lookOf(principal, whose), fields, ground: 'share' });
  }

  /** Of a share that opened to nobody: the learner sees that somebody tried. */
  async refuseShare(
    tx: EntityManager,
    principal: Principal | undefined,
    share: { readonly id: string; readonly learnerId: string },
    fields: readonly PersonField[],
  ): Promise<void> {
    if (principal && isSelf(principal, share.learnerId)) return;
    const person = await this.store.whole(tx, share.learnerId);
    const whose = { ...share, learnerId: person?.selves[0] ?? share.learnerId };
    await this.log.record(tx, { ...lookOf(principal, whose), fields, ground: 'none' });
  }

  /** {@link AccessLog.ofOther} */
  ofOther(permit: Permit, learnerId: string): Permit {
    return this.log.ofOther(permit, learnerId);
  }

  /** Reads by the bank for itself, to decide or to compute; nobody is shown what it read. */
  unseen(learnerId: string, fields: readonly PersonField[]): Permit {
    return this.log.unseen(learnerId, fields);
  }

  /**
   * Whether the principal may read without a consent: the learner; staff of an institution that has
   * the learner on its roster; the authority and the operator. False for nobody's and frozen data.
   */
  mayRead(tx: EntityManager, principal: Principal, learnerId: string): Promise<boolean> {
    return this.pastWalls(tx, async (own) => {
      if (!isUuid(learnerId)) return false;
      const person = await this.store.whole(own, learnerId);
      if (person?.standing !== 'active') return false;
      if (isSelf(principal, learnerId)) return true;
      return (await this.#groundOf(own, principal, person.selves)) !== null;
    });
  }

  /**
   * A read behind the wall of a tenant writes nothing and sees no consents; who may read is found
   * and written down by the service itself. A transaction is the service's own already.
   */
  pastWalls<T>(tx: EntityManager, work: (own: EntityManager) => Promise<T>): Promise<T> {
    const isOwn = tx.queryRunner?.isTransactionActive === true;
    return isOwn ? work(tx) : this.database.statement(work);
  }

  async #groundOf(
    tx: EntityManager,
    principal: Principal,
    selves: readonly string[],
  ): Promise<'oversight' | 'roster' | null> {
    if (isOverseer(principal)) return 'oversight';
    const { roles, institutionId } = principal;
    if (institutionId === null || !roles.some((role) => STAFF.includes(role))) return null;
    const roster = await this.store.onRoster(tx, selves.map(keyOf), institutionId);
    return roster.size > 0 ? 'roster' : null;
  }
}

function keyOf(learnerId: string): { bucket: number; learnerId: string } {
  return { bucket: bucketOf(learnerId), learnerId };
}

function entryOf(
  { id, institutionId }: Principal,
  learnerId: string,
  { purpose, fields }: Reading,
  right: Right,
): AccessEntry {
  return { learnerId, reader: id, institutionId, purpose, fields, ...right };
}

function lookOf(
  principal: Principal | undefined,
  share: { readonly id: string; readonly learnerId: string },
) {
  return {
    learnerId: share.learnerId,
    reader: principal?.id ?? 'public',
    institutionId: principal?.institutionId ?? null,
    purpose: 'proof',
    reference: share.id,
  } as const;
}
