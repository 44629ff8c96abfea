import { createHash, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  CONTEXTS,
  type JsonObject,
  MIN_STATUS_BITS,
  type Signer,
  StatusBits,
  type StatusEntry,
  addProof,
  drawStatusIndex,
  statusListCredential,
} from '#libs/credentials';
import { Learners } from '../../learners/index.js';
import { Outcomes } from '../../outcomes/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import type { Issuer } from '../issuers/issuer.js';
import { Issuers } from '../issuers/issuers.service.js';
import { type PlaceAndLot, StatusStore } from './status.store.js';

/** Path under which status lists stand. */
const LISTS = 'v1/status-lists';

/** How long a copy may be relied on; within it the same signed list is served while no bit changes. */
const COPY_MS = 10 * 60 * 1000;

/** A list is signed anew when this much of a copy's time is left. */
const RENEW_MS = COPY_MS / 2;

interface SignedList {
  readonly digest: string;
  readonly signedAt: Date;
  readonly document: JsonObject;
}

/** A place of a list that was given away. */
export interface TakenPlace {
  readonly listId: string;
  readonly place: number;
  /** How its credential names it. */
  readonly status: StatusEntry;
}

/**
 * Status lists, made of the books when somebody asks: a bit is set because something was taken back,
 * and no second record of that exists that could have been missed.
 */
@Injectable()
export class StatusLists {
  readonly #signed = new Map<string, SignedList>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: StatusStore,
    private readonly issuers: Issuers,
    private readonly outcomes: Outcomes,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /** A place for a credential in a list of its issuer, at random. */
  async place(tx: EntityManager, issuer: Issuer, credentialId: string): Promise<TakenPlace> {
    const newest = await this.store.newest(tx, issuer.id);
    const known = newest && (await this.#draw(tx, newest, credentialId));
    if (known) return known;
    const id = newId();
    await this.store.insert(tx, id, issuer.id, this.clock.now());
    const drawn = await this.#draw(tx, id, credentialId);
    if (!drawn) throw new Error('a new list has no free place');
    return drawn;
  }

  /** How a credential names its place. */
  entryOf(listId: string, place: number): StatusEntry {
    return { listUrl: this.#urlOf(listId), index: place, purpose: 'revocation' };
  }

  /** Revokes a credential for another reason than the outcomes it rests on. */
  withdraw(tx: EntityManager, credentialId: string): Promise<void> {
    return this.store.withdraw(tx, credentialId, this.clock.now());
  }

  /** The list at a public address of this bank; undefined for any other address. */
  async at(url: string): Promise<JsonObject | undefined> {
    const start = `${this.config.publicUrl}/${LISTS}/`;
    const id = url.startsWith(start) ? url.slice(start.length) : '';
    return isUuid(id) ? this.show(id) : undefined;
  }

  /** The signed list. Throws `not-found`. */
  async show(id: string): Promise<JsonObject> {
    // A list is about everybody's credentials and shows bits of them.
    const found = await this.database.readAcrossTenants(async (tx) => {
      const list = isUuid(id) ? await this.store.find(tx, id) : undefined;
      return list && { list, set: await this.#set(tx, id) };
    });
    if (!found) throw notFound();
    const now = this.clock.now();
    const digest = createHash('sha256').update(found.set.join()).digest('hex');
    const kept = this.#signed.get(id);
    const isFresh = kept && kept.digest === digest && isWithin(kept.signedAt, now);
    if (isFresh) return kept.document;
    const document = await this.#sign(id, found.list.institutionId, found.set, now);
    this.#signed.set(id, { digest, signedAt: now, document });
    return document;
  }

  async #draw(
    tx: EntityManager,
    listId: string,
    credentialId: string,
  ): Promise<TakenPlace | undefined> {
    const place = await drawStatusIndex(
      MIN_STATUS_BITS,
      (below) => randomInt(below),
      async (place) => !(await this.store.claim(tx, { listId, place }, credentialId)),
    );
    return place === undefined ? undefined : { listId, place, status: this.entryOf(listId, place) };
  }

  /** Places whose bit is set, in order. */
  async #set(tx: EntityManager, listId: string): Promise<number[]> {
    const places = await this.store.places(tx, listId);
    const revoked = await this.outcomes.revokedSince(tx, places);
    const set = new Set(await this.store.withdrawnPlaces(tx, listId));
    for (const [index, { place }] of places.entries()) if (revoked.has(index)) set.add(place);
    for (const place of await this.#ofOthers(tx, places)) set.add(place);
    return [...set].toSorted((a, b) => a - b);
  }

  /** Credentials about outcomes of an account that is found to be somebody else's after all. */
  async #ofOthers(tx: EntityManager, places: readonly PlaceAndLot[]): Promise<number[]> {
    const across = places.filter(({ holderId, learnerId }) => holderId !== learnerId);
    if (across.length === 0) return [];
    const holders = [...new Set(across.map(({ holderId }) => holderId))];
    const selves = await this.learners.selvesOfMany(tx, holders);
    return across
      .filter(({ holderId, learnerId }) => selves.get(holderId)?.includes(learnerId) !== true)
      .map(({ place }) => place);
  }

  async #sign(
    id: string,
    institutionId: string | null,
    set: readonly number[],
    now: Date,
  ): Promise<JsonObject> {
    const { issuer, signer } = await this.database.transaction((tx) =>
      this.#signer(tx, institutionId),
    );
    const unsigned = statusListCredential({
      url: this.#urlOf(id),
      issuer,
      purpose: 'revocation',
      bits: StatusBits.withSize(MIN_STATUS_BITS, set),
      validFrom: now,
      validUntil: new Date(now.getTime() + COPY_MS),
    });
    const options = { cryptosuite: 'eddsa-rdfc-2022', created: now } as const;
    const signed = await addProof(
      unsigned,
      { ...options, purpose: 'assertionMethod' },
      signer,
      CONTEXTS,
    );
    if (!signed.ok) throw new Error(`status list ${id}: ${signed.code}`);
    return signed.document;
  }

  async #signer(
    tx: EntityManager,
    institutionId: string | null,
  ): Promise<{ issuer: string; signer: Signer }> {
    if (institutionId === null && this.config.openVcApi) {
      const signer = await this.issuers.signerForSuites(tx);
      return { issuer: signer.did, signer };
    }
    const issuer = await this.issuers.byId(tx, institutionId);
    return { issuer: issuer.did, signer: await this.issuers.signer(tx, issuer) };
  }

  #urlOf(id: string): string {
    return `${this.config.publicUrl}/${LISTS}/${id}`;
  }
}

function isWithin(signedAt: Date, now: Date): boolean {
  const age = now.getTime() - signedAt.getTime();
  return age >= 0 && age < COPY_MS - RENEW_MS;
}
