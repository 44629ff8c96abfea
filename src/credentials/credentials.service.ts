import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  CONTEXTS,
  type JsonObject,
  addProof,
  clr,
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
import type { IssuerId } from './issuers/issuer.js';
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
    if (!held) throw notFound();
    if (held.state === 'revoked') throw refusal('nothing-to-certify');
    const [issued] = await this.#badges(tx, wanted, [held]);
    return issued as IssuedCredential;
  }

  /**
   * Everything the learner has learned as a CLR, around a badge of each outcome. For whoever has
   * found the right to it; ten milliseconds an outcome that was never signed before.
   */
  async transcript(tx: EntityManager, wanted: Wanted): Promise<IssuedCredential> {
    const all = await this.outcomes.listOf(tx, wanted.learnerId);
    const held = all.filter(({ state }) => state !== 'revoked');
    if (held.length === 0) throw refusal('nothing-to-certify');
    const badges = await this.#badges(tx, wanted, held);
    const lots = await this.#seen(tx, wanted, held);
    const inner = badges.map(({ document }) => document);
    return this.#sign(tx, wanted, {
      kind: 'transcript',
      issuerId: null,
      lots,
      write: (frame) => clr(transcriptOf(frame, inner)),
    });
  }

  async #badges(
    tx: EntityManager,
    wanted: Wanted,
    held: readonly HeldOutcome[],
  ): Promise<IssuedCredential[]> {
    const seen = await this.#seen(tx, wanted, held);
    const form = { language: wanted.language, showsName: wanted.name !== null, seen };
    const made = await this.store.badges(tx, wanted.learnerId, form);
    const known = new Map(made.map((stored) => [stored.lotId, stored]));
    const issued: IssuedCredential[] = [];
    for (const [index, one] of held.entries()) {
      const stored = known.get(one.outcome.lotId);
      issued.push(
        stored
          ? { stored, document: this.#open(stored) }
          : await this.#sign(tx, wanted, {
              kind: 'badge',
              issuerId: one.outcome.institutionId,
              lots: seen.slice(index, index + 1),
              write: (frame) => openBadge(badgeOf(one, frame, this.config.publicUrl)),
            }),
      );
    }
    return issued;
  }

  #seen(tx: EntityManager, wanted: Wanted, held: readonly HeldOutcome[]): Promise<SeenLot[]> {
    const lotIds = held.map(({ outcome }) => outcome.lotId);
    return this.outcomes.seen(tx, wanted.learnerId, lotIds);
  }

  async #sign(
    tx: EntityManager,
    wanted: Wanted,
    plan: {
      kind: CredentialKind;
      issuerId: IssuerId;
      lots: readonly SeenLot[];
      write: (frame: Frame) => JsonObject;
    },
  ): Promise<IssuedCredential> {
    const id = newId(bucketOf(wanted.learnerId));
    const issuedAt = this.clock.now();
    const issuer = await this.issuers.byId(tx, plan.issuerId);
    const status = await this.lists.place(tx, issuer, id);
    const unsigned = plan.write({ id, ...wanted, issuer, status, issuedAt });
    const signed = await addProof(
      unsigned,
      { cryptosuite: 'eddsa-rdfc-2022', created: issuedAt, purpose: 'assertionMethod' },
      await this.issuers.signer(tx, issuer),
      CONTEXTS,
    );
    if (!signed.ok) throw new Error(`credential ${id}: ${signed.code}`);
    const { key, wrapped } = this.keyring.newDataKey();
    const stored: StoredCredential = {
      id,
      learnerId: wanted.learnerId,
      institutionId: issuer.id,
      kind: plan.kind,
      lotId: plan.kind === 'badge' ? (plan.lots[0]?.lotId ?? null) : null,
      language: wanted.language,
      showsName: wanted.name !== null,
      listId: status.listUrl.slice(-ID_CHARACTERS),
      place: status.index,
      issuedAt,
      wrappedKey: wrapped,
      documentSealed: this.keyring.seal(key, JSON.stringify(signed.document), contextOf(id)),
    };
    await this.store.insert(tx, stored, plan.lots);
    return { stored, document: signed.document };
  }

  #open({ id, wrappedKey, documentSealed }: StoredCredential): JsonObject {
    const key = this.keyring.unwrap(wrappedKey);
    const document = readObject(this.keyring.open(key, documentSealed, contextOf(id)).toString());
    if (!document) throw new Error(`credential ${id} is no document`);
    return document;
  }

  async #toDto(tx: EntityManager, { stored, document }: IssuedCredential): Promise<CredentialDto> {
    const issuer = await this.issuers.byId(tx, stored.institutionId);
    const signer = await this.issuers.signer(tx, issuer);
    return { ...toSummary(stored), document, jwt: await signJwt(document, signer) };
  }
}

const ID_CHARACTERS = 36;

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
