import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Representations } from '../access/index.js';
import { type Institution, Institutions } from '../institutions/index.js';
import { Keepers, assertNamesNobody } from '../learners/index.js';
import { type Principal, isSelf } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { encodeCursor, momentCursor, notFound, refusal, toPage } from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import type { PageQuery } from '../platform/http/index.js';
import {
  type OutreachConsent,
  type OutreachConsentWithEnd,
  OutreachConsentsStore,
} from './consents.store.js';
import type {
  NewOutreachConsentDto,
  OutreachConsentDto,
  OutreachConsentPageDto,
} from './outreach.dto.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whose agreement it is, and where. */
interface Agreed {
  readonly learnerId: string;
  readonly guardianshipId: string;
  readonly school: Institution;
  readonly record: string | null;
  readonly latestEnd: Date;
}

/** Guardians' consents: without one that holds, nothing is posted about a pupil. */
@Injectable()
export class OutreachConsents implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: OutreachConsentsStore,
    private readonly representations: Representations,
    private readonly institutions: Institutions,
    private readonly keepers: Keepers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'outreachConsents',
      export: async (tx, learnerId) => {
        const all = await this.store.listOfLearners(tx, [learnerId]);
        const codes = await this.#codes(tx);
        return all.map((consent) => this.#toDto(consent, codes));
      },
      freeze: async (tx, learnerId, by) => {
        for (const consent of await this.store.listOfLearners(tx, [learnerId])) {
          if (consent.withdrawnAt === null) await this.#end(tx, consent, by);
        }
      },
    });
  }

  /**
   * Gives a consent: the guardian's own act, signed in and acting for the child, or one that a clerk
   * of the school takes down from the guardian whom the school recorded, with where the paper is.
   */
  give(principal: Principal, wanted: NewOutreachConsentDto): Promise<OutreachConsentDto> {
    return this.database.transaction(async (tx) => {
      const agreed = principal.roles.includes('clerk')
        ? await this.#onPaper(tx, principal, wanted)
        : await this.#byGuardian(tx, principal, wanted);
      const { school, latestEnd, ...of } = agreed;
      if (school.kind !== 'pupil-school') {
        throw refusal('not-a-pupil-school', { institution: school.code });
      }
      const createdAt = this.clock.now();
      const wantedEnd = new Date(createdAt.getTime() + wanted.days * DAY_MS);
      const consent: OutreachConsent = {
        ...of,
        id: newId(bucketOf(of.learnerId)),
        institutionId: school.id,
        actor: principal.id,
        createdAt,
        endsAt: wantedEnd < latestEnd ? wantedEnd : latestEnd,
      };
      await this.store.insert(tx, consent);
      const codes = new Map([[school.id, school.code]]);
      return this.#toDto({ ...consent, withdrawnAt: null }, codes);
    });
  }

  /** A child's own, for the guardian; for a school its own, the newest first. */
  list(principal: Principal, { after, limit }: PageQuery): Promise<OutreachConsentPageDto> {
    const cursor = momentCursor(after);
    return this.database.read(async (tx) => {
      const codes = await this.#codes(tx);
      const { learnerId, selves, institutionId } = principal;
      if (learnerId !== null) {
        const all = await this.store.listOfLearners(tx, selves ?? [learnerId]);
        return { items: all.map((one) => this.#toDto(one, codes)), next: null };
      }
      if (institutionId === null) throw notFound();
      const page = { after: cursor, limit: limit + 1 };
      const rows = await this.store.listOfInstitution(tx, institutionId, page);
      const { items, next } = toPage(rows, limit, ({ createdAt, id }) =>
        encodeCursor(createdAt.toISOString(), id),
      );
      const shown = items.map((one) => ({ ...this.#toDto(one, codes), learnerId: null }));
      return { items: shown, next };
    });
  }

  /** Withdraws a consent: by the guardian or the learner, or by a clerk of the school for them. */
  withdraw(principal: Principal, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const consent = isUuid(id) ? await this.store.find(tx, id) : undefined;
      if (!consent) throw notFound();
      const isOfSchool =
        principal.roles.includes('clerk') && principal.institutionId === consent.institutionId;
      if (!isOfSchool && !isSelf(principal, consent.learnerId)) throw notFound();
      await this.#end(tx, consent, principal);
    });
  }

  async #onPaper(
    tx: EntityManager,
    { institutionId }: Principal,
    { guardianship, record }: NewOutreachConsentDto,
  ): Promise<Agreed> {
    const one =
      guardianship === undefined ? undefined : await this.representations.find(tx, guardianship);
    if (one?.kind !== 'guardian' || institutionId === null) throw notFound();
    if (one.institutionId !== institutionId || !this.representations.isLive(one)) throw notFound();
    if (record === undefined) throw refusal('consent-record-missing');
    assertNamesNobody(record);
    const all = await this.institutions.list(tx);
    const school = all.find(({ id }) => id === institutionId);
    if (!school) throw notFound();
    return {
      learnerId: one.selves?.[0] ?? one.learnerId,
      guardianshipId: one.id,
      school,
      record,
      latestEnd: one.endsAt,
    };
  }

  async #byGuardian(
    tx: EntityManager,
    { learnerId, representing }: Principal,
    { institution }: NewOutreachConsentDto,
  ): Promise<Agreed> {
    // A child cannot agree for itself, and a clerk at a counter is no guardian.
    if (learnerId === null || representing?.kind !== 'guardian') throw refusal('guardian-needed');
    const one = await this.representations.find(tx, representing.id);
    if (!one || !this.representations.isLive(one)) throw refusal('guardian-needed');
    const school = await this.institutions.getByCode(tx, institution ?? '');
    const record = null;
    return { learnerId, guardianshipId: one.id, school, record, latestEnd: one.endsAt };
  }

  #end(tx: EntityManager, consent: OutreachConsent, by: Principal): Promise<void> {
    const { id: actor, institutionId } = by;
    return this.store.end(tx, consent, { actor, institutionId, at: this.clock.now() });
  }

  async #codes(tx: EntityManager): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.institutions.list(tx)).map(({ id, code }) => [id, code]));
  }

  #toDto(consent: OutreachConsentWithEnd, codes: ReadonlyMap<string, string>): OutreachConsentDto {
    const { id, learnerId, institutionId, record, createdAt, endsAt, withdrawnAt } = consent;
    const isOver = endsAt <= this.clock.now();
    return {
      id,
      learnerId,
      institution: codes.get(institutionId) ?? institutionId,
      state: withdrawnAt ? 'withdrawn' : isOver ? 'ended' : 'active',
      record,
      createdAt: createdAt.toISOString(),
      endsAt: endsAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    };
  }
}
