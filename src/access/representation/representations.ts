import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Principal, isSelf } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { bucketOf, isUuid, newId } from '../../platform/ids/index.js';
import type {
  CounterDay,
  CounterSession,
  RepresentationWithEnd,
  StoredRepresentation,
} from './representation.js';
import { RepresentationsStore } from './representations.store.js';

/** What a clerk records; the rest is known. */
export type NewRepresentation = Omit<StoredRepresentation, 'id' | 'beginsAt'>;

/** Who may act for whom, and until when. Rights end by themselves: nobody has to remember. */
@Injectable()
export class Representations {
  constructor(
    private readonly database: Database,
    private readonly store: RepresentationsStore,
    private readonly clock: Clock,
  ) {}

  async begin(tx: EntityManager, wanted: NewRepresentation): Promise<RepresentationWithEnd> {
    const id = newId(bucketOf(wanted.learnerId));
    const begun = { ...wanted, id, beginsAt: this.clock.now() };
    await this.store.insert(tx, begun);
    return { ...begun, endedAt: null, selves: null };
  }

  find(tx: EntityManager, id: string): Promise<RepresentationWithEnd | undefined> {
    return this.store.find(tx, id);
  }

  /** Everybody who acted or may act for a learner, newest first. */
  listOfLearner(tx: EntityManager, learnerId: string): Promise<RepresentationWithEnd[]> {
    return this.store.listOfLearner(tx, learnerId);
  }

  /** For whom a guardian acted or may act, newest first. */
  listOfGuardian(tx: EntityManager, guardianId: string): Promise<RepresentationWithEnd[]> {
    return this.store.listOfGuardian(tx, guardianId);
  }

  /** Sessions at the counters of an office that began within a day, newest first. */
  listOfCounters(tx: EntityManager, day: CounterDay): Promise<CounterSession[]> {
    return this.store.listOfCounters(tx, day);
  }

  async end(tx: EntityManager, id: string, by: Principal): Promise<void> {
    const { id: actor, institutionId } = by;
    await this.store.end(tx, id, { actor, institutionId, at: this.clock.now() });
  }

  /** Ends every right to act for a learner, and every right of the learner to act for another. */
  async endAll(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    const own = await this.store.listOfLearner(tx, learnerId);
    const ofOthers = await this.store.listOfGuardian(tx, learnerId);
    for (const one of [...own, ...ofOthers]) {
      if (this.isLive(one)) await this.end(tx, one.id, by);
    }
  }

  isLive({ endsAt, endedAt }: RepresentationWithEnd): boolean {
    return endedAt === null && endsAt > this.clock.now();
  }

  /**
   * The principal in the name of the learner; undefined when the right is another's, is over, or is
   * that of a clerk who is none any more.
   */
  async represent(principal: Principal, id: string): Promise<Principal | undefined> {
    if (!isUuid(id)) return undefined;
    // Past the walls: asked to find out in whose name the request is.
    const one = await this.database.readAcrossTenants((tx) => this.store.find(tx, id));
    if (!one || !this.isLive(one) || !isHolder(principal, one)) return undefined;
    const { kind, acts } = one;
    const selves = one.selves ?? undefined;
    const learnerId = selves?.[0] ?? one.learnerId;
    const institutionId = kind === 'counter' ? one.institutionId : null;
    return {
      ...principal,
      roles: ['learner'],
      institutionId: null,
      learnerId,
      selves,
      representing: { id: one.id, kind, acts, institutionId },
    };
  }
}

function isHolder(principal: Principal, one: StoredRepresentation): boolean {
  if (one.kind === 'guardian') {
    return one.guardianId !== null && isSelf(principal, one.guardianId);
  }
  return (
    principal.id === one.accountId &&
    principal.institutionId === one.institutionId &&
    principal.roles.includes('clerk')
  );
}
