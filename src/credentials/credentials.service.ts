import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  CONTEXTS,
  type JsonObject,
  type Signer,
  addProof,
  clr,
  isObject,
  openBadge,
  readObject,
  signJwt,
} from '#libs/credentials';
import type { Language } from '#libs/problems';
import { Learners } from '../learners/index.js';
import { type HeldOutcome, Outcomes, type SeenLot } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import {
  type Page,
  type PageQuery,
  decodeCursor,
  encodeCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import type { CredentialDto, CredentialSummaryDto, NewCredentialDto } from './credentials.dto.js';
import {
  type CredentialKind,
  CredentialsStore,
  type StoredCredential,
} from './credentials.store.js';
import { type Frame, badgeOf, transcriptOf } from './documents.js';
import type { Issuer, IssuerId } from './issuers/issuer.js';
import { Issuers } from './issuers/issuers.service.js';
import { StatusLists } from './status/status-lists.service.js';

/** Whose credential, in which form. */
export interface Wanted {
  readonly learnerId: string;
  readonly language: Language;
  /** Null: it shows no name. */
  readonly name: string | null;
}

/** A credential as it was handed out. */
export interface IssuedCredential {
  readonly stored: StoredCredential;
  readonly document: JsonObject;
}

/** Who signs, with which key. */
interface Signing {
  readonly issuer: Issuer;
  readonly signer: Signer;
}

/** What is to be signed, on which outcomes it rests, and its words once it has a number and a place. */
interface Plan {
  readonly kind: CredentialKind;
  readonly by: Signing;
  readonly lots: readonly SeenLot[];
  readonly write: (frame: Frame) => JsonObject;
}

/** Signed credentials of what somebody learned: one outcome, or all of them. */
@Injectable()
export class Credentials {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: CredentialsStore,
    private readonly issuers: Issuers,
    private readonly lists: StatusLists,
    private readonly learners: Learners,
    private readonly outcomes: Outcomes,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Signs what the learner asks for. Throws `not-found`, `nothing-to-certify`, `learner-frozen`. */
  async issue(principal: Principal, wanted: NewCredentialDto): Promise<CredentialDto> {
    const learnerId = learnerOf(principal);
    const { name } = await this.learners.show(principal, 'me');
    const shown = { learnerId, language: wanted.language, name: wanted.showsName ? name : null };
    return this.database.transaction(async (tx) => {
      await this.learners.assertActive(tx, learnerId);
      const issued =
        wanted.outcome === undefined
          ? await this.transcript(tx, shown)
          : await this.badge(tx, shown, wanted.outcome);
      return this.#toDto(tx, issued);
    });
  }

  /** One page of the learner's own, the newest first. */
  async list(principal: Principal, query: PageQuery): Promise<Page<CredentialSummaryDto>> {
    const selves = principal.selves ?? [learnerOf(principal)];
    const after =
      query.after === undefined
        ? null
        : (decodeCursor(query.after, 2, (part, place) => place === 0 || isUuid(part)) as [
            string,
            string,
          ]);
    const rows = await this.database.read(async (tx) => {
      const all: StoredCredential[] = [];
      for (const id of selves) {
        all.push(...(await this.store.listOf(tx, id, { after, limit: query.limit + 1 })));
      }
      return selves.length > 1 ? all.toSorted(newestFirst) : all;
    });
    const page = toPage(rows.slice(0, query.limit + 1), query.limit, (last) =>
      encodeCursor(last.issuedAt.toISOString(), last.id),
    );
    return { ...page, items: page.items.map(toSummary) };
  }

  /** One of the learner's own. Throws `not-found`. */
  show(principal: Principal, id: string): Promise<CredentialDto> {
    const selves = principal.selves ?? [learnerOf(principal)];
    return this.database.transaction(async (tx) => {
      const stored = isUuid(id) ? await this.store.find(tx, id) : undefined;
      if (!stored || !selves.includes(stored.learnerId)) throw notFound();
      return this.#toDto(tx, { stored, document: this.#open(stored) });
    });
  }

  /** One outcome as an Open Badge; the one that was signed before while it still stands. */
  async badge(tx: EntityManager, wanted: Wanted, outcomeId: string): Promise<IssuedCredential> {
    const held = await this.outcomes.find(tx, wanted.learnerId, outcomeId);
    const [shown] = held ? await this.outcomes.shown(tx, [held]) : [];
    if (!held || !shown) throw notFound();
    if (held.state === 'revoked') throw refusal('nothing-to-certify');
    await this.store.lock(tx, wanted.learnerId);
    const [issued] = await this.#badges(tx, wanted, [held]);
    return issued as IssuedCredential;
  }

  /**
   * Everything the learner has learned as a CLR, around a badge of each outcome; the one that was
   * signed before while it says what would be said now. For whoever has found the right to it.
   */
  async transcript(tx: EntityManager, wanted: Wanted): Promise<IssuedCredential> {
    await this.store.lock(tx, wanted.learnerId);
    const all = await this.outcomes.listOf(tx, wanted.learnerId);
    const held = all.filter(({ state }) => state !== 'revoked');
    if (held.length === 0) throw refusal('nothing-to-certify');
    const badges = await this.#badges(tx, wanted, held);
    const inner = badges.map(({ document }) => document);
    const form = { language: wanted.language, showsName: wanted.name !== null };
    const plan: Plan = {
      kind: 'transcript',
      by: await this.#signing(tx, null),
      lots: await this.outcomes.seen(tx, held),
      write: (frame) => clr(transcriptOf(frame, inner)),
    };
    const earlier = await this.store.newestTranscript(tx, wanted.learnerId, form);
    return this.#kept(earlier, wanted, plan) ?? this.#sign(tx, wanted, plan);
  }

  async #badges(
    tx: EntityManager,
    wanted: Wanted,
    held: readonly HeldOutcome[],
  ): Promise<IssuedCredential[]> {
    const seen = await this.outcomes.seen(tx, held);
    const form = { language: wanted.language, showsName: wanted.name !== null, seen };
    const made = await this.store.badges(tx, wanted.learnerId, form);
    const earlier = new Map(made.map((stored) => [stored.lotId, stored]));
    const issuers = new Map<IssuerId, Signing>();
    const issued: IssuedCredential[] = [];
    for (const [index, one] of held.entries()) {
      const { lotId, institutionId } = one.outcome;
      const by = issuers.get(institutionId) ?? (await this.#signing(tx, institutionId));
      issuers.set(institutionId, by);
      const plan: Plan = {
        kind: 'badge',
        by,
        lots: seen.slice(index, index + 1),
        write: (frame) => openBadge(badgeOf(one, frame, this.config.publicUrl)),
      };
      const kept = this.#kept(earlier.get(lotId), wanted, plan);
      issued.push(kept ?? (await this.#sign(tx, wanted, plan)));
    }
    return issued;
  }

  async #signing(tx: EntityManager, id: IssuerId): Promise<Signing> {
    const issuer = await this.issuers.byId(tx, id);
    return { issuer, signer: await this.issuers.signer(tx, issuer) };
  }

  /**
   * What was signed before, while every word of it is what would be signed now, under the key that
   * signs now. One that has been overtaken stays valid: it says of which day it speaks, and what was
   * taken back sets its bit.
   */
  #kept(
    stored: StoredCredential | undefined,
    wanted: Wanted,
    { by, write }: Plan,
  ): IssuedCredential | undefined {
    if (!stored) return undefined;
    const document = this.#open(stored);
    const { proof, ...said } = document;
    const { id, listId, place, issuedAt } = stored;
    const status = this.lists.entryOf(listId, place);
    const method = isObject(proof) ? proof['verificationMethod'] : undefined;
    const isSame =
      method === by.signer.verificationMethod &&
      isDeepStrictEqual(said, write({ id, ...wanted, issuer: by.issuer, status, issuedAt }));
    return isSame ? { stored, document } : undefined;
  }

  async #sign(
    tx: EntityManager,
    wanted: Wanted,
    { kind, by: { issuer, signer }, lots, write }: Plan,
  ): Promise<IssuedCredential> {
    const id = newId(bucketOf(wanted.learnerId));
    const issuedAt = this.clock.now();
    const { listId, place, status } = await this.lists.place(tx, issuer, id);
    const signed = await addProof(
      write({ id, ...wanted, issuer, status, issuedAt }),
      { cryptosuite: 'eddsa-rdfc-2022', created: issuedAt, purpose: 'assertionMethod' },
      signer,
      CONTEXTS,
    );
    if (!signed.ok) throw new Error(`credential ${id}: ${signed.code}`);
    const { key, wrapped } = this.keyring.newDataKey();
    const stored: StoredCredential = {
      id,
      learnerId: wanted.learnerId,
      institutionId: issuer.id,
      kind,
      lotId: kind === 'badge' ? (lots[0]?.lotId ?? null) : null,
      language: wanted.language,
      showsName: wanted.name !== null,
      listId,
      place,
      issuedAt,
      wrappedKey: wrapped,
      documentSealed: this.keyring.seal(key, JSON.stringify(signed.document), contextOf(id)),
    };
    await this.store.insert(tx, stored, lots);
    return { stored, document: signed.document };
  }

  #open({ id, wrappedKey, documentSealed }: StoredCredential): JsonObject {
    const key = this.keyring.unwrap(wrappedKey);
    const document = readObject(this.keyring.open(key, documentSealed, contextOf(id)).toString());
    if (!document) throw new Error(`credential ${id} is no document`);
    return document;
  }

  async #toDto(tx: EntityManager, { stored, document }: IssuedCredential): Promise<CredentialDto> {
    const { signer } = await this.#signing(tx, stored.institutionId);
    return { ...toSummary(stored), document, jwt: await signJwt(document, signer) };
  }
}

function contextOf(id: string): string {
  return `credential:${id}:document`;
}

function learnerOf(principal: Principal): string {
  if (principal.learnerId === null) throw refusal('not-a-learner');
  return principal.learnerId;
}

function newestFirst(a: StoredCredential, b: StoredCredential): number {
  return b.issuedAt.getTime() - a.issuedAt.getTime() || (a.id < b.id ? 1 : -1);
}

export function toSummary(stored: StoredCredential): CredentialSummaryDto {
  const { id, kind, lotId, language, showsName, issuedAt } = stored;
  return { id, kind, outcome: lotId, language, showsName, issuedAt: issuedAt.toISOString() };
}
