import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Institution, Institutions } from '../../institutions/index.js';
import { type Principal, isSelf } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { bucketOf, newId } from '../../platform/ids/index.js';
import type { PersonField } from '../access/reading.js';
import { Keepers } from '../keepers.js';
import { LearnersStore } from '../learners.store.js';
import type { ConsentDto, NewConsentDto } from './consents.dto.js';
import { type Consent, type ConsentWithEvents, ConsentsStore } from './consents.store.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Fields of one read that a consent lets be seen. */
export interface ConsentedFields {
  readonly consent: Omit<Consent, 'purpose'>;
  readonly fields: readonly PersonField[];
}

/** What learners let others see: given, used and withdrawn as events that stay. */
@Injectable()
export class Consents implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: ConsentsStore,
    private readonly learners: LearnersStore,
    private readonly institutions: Institutions,
    private readonly keepers: Keepers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'consents',
      export: async (tx, learnerId) => {
        const all = await this.store.listOf(tx, learnerId);
        return all.map((consent) => toDto(consent, this.clock.now()));
      },
      freeze: (tx, learnerId, by) => this.#withdrawAll(tx, learnerId, by),
    });
  }

  /**
   * Gives a consent: the learner's own, or one that a clerk takes down at a counter from a learner
   * on the roster, with where the signed paper is kept.
   */
  give(principal: Principal, wanted: NewConsentDto): Promise<ConsentDto> {
    return this.database.transaction(async (tx) => {
      const learnerId = await this.#giverOf(tx, principal, wanted);
      const receiver = await this.#receiverOf(tx, wanted.receiver);
      const createdAt = this.clock.now();
      const consent: Consent = {
        id: newId(bucketOf(learnerId)),
        learnerId,
        receiverId: receiver.id,
        purpose: wanted.purpose,
        fields: [...new Set(wanted.fields)],
        isOnce: wanted.once ?? false,
        createdAt,
        endsAt: new Date(createdAt.getTime() + wanted.days * DAY_MS),
      };
      const record = isSelf(principal, learnerId) ? null : (wanted.record ?? null);
      await this.store.insert(tx, consent, { ...actorOf(principal), record });
      return this.#show(tx, consent);
    });
  }

  /** A learner's own consents, newest first. */
  list(principal: Principal): Promise<{ items: ConsentDto[] }> {
    const selves = selvesOf(principal);
    return this.database.read(async (tx) => {
      const all: ConsentWithEvents[] = [];
      for (const id of selves) all.push(...(await this.store.listOf(tx, id)));
      all.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
      return { items: all.map((consent) => toDto(consent, this.clock.now())) };
    });
  }

  /** Ends a consent before the next look at what it showed; ending it again changes nothing. */
  withdraw(principal: Principal, id: string): Promise<void> {
    const selves = selvesOf(principal);
    return this.database.transaction(async (tx) => {
      const all: ConsentWithEvents[] = [];
      for (const id of selves) all.push(...(await this.store.listOf(tx, id)));
      const consent = all.find((one) => one.id === id);
      if (!consent) throw notFound();
      await this.#withdraw(tx, consent, principal);
    });
  }

  /**
   * Which of the fields some consent lets the institution see now; null when none. A one-time
   * consent is spent by this.
   */
  async use(
    tx: EntityManager,
    {
      principal,
      selves,
      fields,
    }: { principal: Principal; selves: readonly string[]; fields: readonly PersonField[] },
  ): Promise<ConsentedFields | null> {
    const { institutionId: receiverId } = principal;
    if (receiverId === null) return null;
    const now = this.clock.now();
    const live: Awaited<ReturnType<ConsentsStore['listLive']>> = [];
    for (const id of selves) live.push(...(await this.store.listLive(tx, id, { receiverId, now })));
    for (const consent of live) {
      const seen = fields.filter((field) => consent.fields.includes(field));
      if (seen.length === 0) continue;
      if (!consent.isOnce) return { consent, fields: seen };
      const event = { ...actorOf(principal), record: null, action: 'spent', at: now } as const;
      if (await this.store.addEvent(tx, consent, event)) return { consent, fields: seen };
    }
    return null;
  }

  async #giverOf(tx: EntityManager, principal: Principal, wanted: NewConsentDto): Promise<string> {
    if (wanted.learner === undefined) {
      const own = learnerOf(principal);
      const standing = await this.learners.standing(tx, keyOf(own));
      if (standing !== 'active') throw refusal('learner-frozen');
      return own;
    }
    const { institutionId } = principal;
    if (principal.learnerId !== null || institutionId === null) throw notFound();
    if (wanted.record === undefined) throw refusal('consent-record-missing');
    const roster = await this.learners.onRoster(tx, [keyOf(wanted.learner)], institutionId);
    if (roster.get(wanted.learner)?.standing !== 'active') throw notFound();
    return wanted.learner;
  }

  async #receiverOf(tx: EntityManager, code: string): Promise<Institution> {
    const all = await this.institutions.list(tx);
    const receiver = all.find((one) => one.code === code);
    if (!receiver) throw refusal('consent-receiver-unknown');
    return receiver;
  }

  async #show(tx: EntityManager, { id, learnerId }: Consent): Promise<ConsentDto> {
    const all = await this.store.listOf(tx, learnerId);
    const found = all.find((one) => one.id === id) as ConsentWithEvents;
    return toDto(found, this.clock.now());
  }

  async #withdrawAll(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    for (const consent of await this.store.listOf(tx, learnerId)) {
      await this.#withdraw(tx, consent, by);
    }
  }

  async #withdraw(tx: EntityManager, consent: Consent, by: Principal): Promise<void> {
    const event = {
      ...actorOf(by),
      record: null,
      action: 'withdrawn',
      at: this.clock.now(),
    } as const;
    await this.store.addEvent(tx, consent, event);
  }
}

function keyOf(learnerId: string): { bucket: number; learnerId: string } {
  return { bucket: bucketOf(learnerId), learnerId };
}

function actorOf({ id: actor, institutionId }: Principal): {
  actor: string;
  institutionId: string | null;
} {
  return { actor, institutionId };
}

function learnerOf(principal: Principal): string {
  if (principal.learnerId === null) throw refusal('not-a-learner');
  return principal.learnerId;
}

/** All accounts of the signed-in learner. */
function selvesOf(principal: Principal): readonly string[] {
  return principal.selves ?? [learnerOf(principal)];
}

function toDto(consent: ConsentWithEvents, now: Date): ConsentDto {
  const { receiver, spentAt, withdrawnAt } = consent;
  const state = withdrawnAt
    ? 'withdrawn'
    : spentAt
      ? 'spent'
      : consent.endsAt <= now
        ? 'ended'
        : 'active';
  return {
    id: consent.id,
    receiver: { code: receiver.code, zh: receiver.zh, en: receiver.en },
    purpose: consent.purpose,
    fields: [...consent.fields],
    once: consent.isOnce,
    state,
    createdAt: consent.createdAt.toISOString(),
    endsAt: consent.endsAt.toISOString(),
    spentAt: spentAt?.toISOString() ?? null,
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    record: consent.record,
  };
}
