import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CODE_SPACE, type ShareCode, formatShareCode, shareCode } from '#libs/share-code';
import { type Institution, Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  encodeCursor,
  momentCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { bucketOf, hashIdInBucket, isUuid, newId } from '../platform/ids/index.js';
import { qrSvg } from '../platform/paper/index.js';
import { Tasks } from '../platform/queue/index.js';
import { pinOf, sealedPin } from './share-pin.js';
import {
  type CountedShare,
  type ShareView,
  type SharedCode,
  isPinLocked,
  shareState,
} from './share.js';
import type {
  NewShareDto,
  ShareChangeDto,
  ShareDetailDto,
  ShareDto,
  SharePageDto,
  ShareViewDto,
} from './shares.dto.js';
import { SharesStore } from './shares.store.js';
import { SIGN, type SignTask } from './transcript/transcript-signer.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const VIEWS_SHOWN = 100;
/** With a million live codes among 10^11, one draw meets another once in 100,000 times. */
const MOST_DRAWS = 5;

/** What a learner hands out, and to whom it was shown. */
@Injectable()
export class Shares {
  constructor(
    private readonly database: Database,
    private readonly store: SharesStore,
    private readonly keyring: Keyring,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
    private readonly clock: Clock,
    private readonly tasks: Tasks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Makes a share; the same key with the same content gives the first one again. */
  create(
    principal: Principal,
    wanted: NewShareDto,
    key: string | null,
  ): Promise<{ share: ShareDto; isReplay: boolean }> {
    const learnerId = learnerOf(principal);
    const bucket = bucketOf(learnerId);
    const id = key === null ? newId(bucket) : hashIdInBucket(bucket, 'share', principal.id, key);
    return this.database.transaction(async (tx) => {
      await this.learners.assertActive(tx, learnerId);
      await this.store.lock(tx, id);
      const first = await this.store.find(tx, id);
      if (!first) {
        return {
          share: this.#toDto(await this.#insert(tx, id, learnerId, wanted)),
          isReplay: false,
        };
      }
      if (!isSame(first, wanted) || !this.#hasPin(first, wanted.pin))
        throw refusal('idempotency-conflict');
      return { share: this.#toDto(this.#open(first)), isReplay: true };
    });
  }

  /** The learner's own shares, newest first. */
  list(principal: Principal, query: PageQuery): Promise<SharePageDto> {
    const selves = selvesOf(principal);
    const after = query.after ? momentCursor(query.after) : null;
    return this.database.read(async (tx) => {
      const rows: CountedShare[] = [];
      for (const id of selves) {
        rows.push(...(await this.store.listOf(tx, id, { after, limit: query.limit + 1 })));
      }
      if (selves.length > 1) rows.sort(newestFirst);
      const page = toPage(rows.slice(0, query.limit + 1), query.limit, (last) =>
        encodeCursor(last.createdAt.toISOString(), last.id),
      );
      return { items: page.items.map((one) => this.#toDto(this.#open(one))), next: page.next };
    });
  }

  /** One own share with who looked. */
  show(principal: Principal, id: string): Promise<ShareDetailDto> {
    return this.database.read(async (tx) => {
      const share = await this.#requireOwn(tx, principal, id);
      const views = await this.store.listViews(tx, id, VIEWS_SHOWN);
      const institutions = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
      return {
        ...this.#toDto(this.#open(share)),
        views: views.map((view) => toViewDto(view, institutions)),
      };
    });
  }

  /** Ends a share at once; ending it again changes nothing. */
  revoke(principal: Principal, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.#requireOwn(tx, principal, id);
      await this.store.revoke(tx, id, this.clock.now());
    });
  }

  /**
   * Moves the end and sets the PIN. Refuses with `share-ended`: what was withdrawn or has run out
   * stays so, and a new share takes its place.
   */
  change(principal: Principal, id: string, wanted: ShareChangeDto): Promise<ShareDto> {
    return this.database.transaction(async (tx) => {
      const share = await this.requireLive(tx, principal, id);
      const changed = {
        id,
        expiresAt: wanted.days === undefined ? share.expiresAt : this.#endAfter(wanted.days),
        pinSealed: wanted.pin === undefined ? share.pinSealed : this.#sealPin(share, wanted.pin),
      };
      await this.store.change(tx, changed);
      return this.#toDto(this.#open(await this.#requireOwn(tx, principal, id)));
    });
  }

  /** One own share that opens now, with its code. Refuses with `share-ended`. */
  async requireLive(tx: EntityManager, principal: Principal, id: string): Promise<CountedShare> {
    const share = await this.#requireOwn(tx, principal, id);
    const state = shareState(share, this.clock.now());
    if (state !== 'active') throw refusal('share-ended', { state });
    return share;
  }

  /** The link of one own share that opens now, drawn as a QR code. */
  async qr(principal: Principal, id: string): Promise<string> {
    const share = await this.database.read((tx) => this.requireLive(tx, principal, id));
    return qrSvg(this.addressOf(share).link);
  }

  /** How a share is given away: its code and its link. */
  addressOf(share: CountedShare): { code: string; link: string } {
    const { code, url } = this.#toDto(this.#open(share));
    return { code, link: url };
  }

  async #requireOwn(tx: EntityManager, principal: Principal, id: string): Promise<CountedShare> {
    const share = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!share || !selvesOf(principal).includes(share.learnerId)) throw notFound();
    return share;
  }

  async #insert(
    tx: EntityManager,
    id: string,
    learnerId: string,
    wanted: NewShareDto,
  ): Promise<SharedCode> {
    const code = await this.#drawCode(tx, id);
    const { key, wrapped } = this.keyring.newDataKey();
    const createdAt = this.clock.now();
    const share: CountedShare = {
      id,
      learnerId,
      purpose: wanted.purpose,
      receiver: wanted.receiver ?? null,
      days: wanted.days,
      wrappedKey: wrapped,
      codeSealed: this.keyring.seal(key, code, codeContext(id)),
      pinSealed: wanted.pin === undefined ? null : sealedPin(this.keyring, key, id, wanted.pin),
      pinFailures: 0,
      createdAt,
      expiresAt: this.#endAfter(wanted.days, createdAt),
      revokedAt: null,
      opened: 0,
      lastOpenedAt: null,
    };
    await this.store.insert(tx, share);
    await this.tasks.add(tx, SIGN, { shareId: id } satisfies SignTask);
    return { share, code };
  }

  async #drawCode(tx: EntityManager, id: string): Promise<ShareCode> {
    for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
      const code = shareCode(randomInt(CODE_SPACE));
      const index = this.keyring.blindIndex(codeText(code));
      const { version } = this.keyring.index;
      if (await this.store.claimCode(tx, { index, version }, id)) return code;
    }
    throw new Error(`${MOST_DRAWS} draws met only codes that are taken`);
  }

  #open(share: CountedShare): SharedCode {
    const key = this.keyring.unwrap(share.wrappedKey);
    const code = this.keyring.open(key, share.codeSealed, codeContext(share.id)).toString('utf8');
    return { share, code: code as ShareCode };
  }

  #endAfter(days: number, from = this.clock.now()): Date {
    return new Date(from.getTime() + days * DAY_MS);
  }

  #sealPin({ id, wrappedKey }: CountedShare, pin: string | null): Buffer | null {
    return pin === null ? null : sealedPin(this.keyring, this.keyring.unwrap(wrappedKey), id, pin);
  }

  #hasPin(share: CountedShare, pin: string | undefined): boolean {
    if (share.pinSealed === null || pin === undefined) {
      return share.pinSealed === null && pin === undefined;
    }
    return pinOf(this.keyring, share).isRight(pin);
  }

  #toDto({ share, code }: SharedCode): ShareDto {
    return {
      id: share.id,
      code: formatShareCode(code),
      url: `${this.config.publicUrl}/verify/${code}`,
      purpose: share.purpose,
      receiver: share.receiver,
      state: shareState(share, this.clock.now()),
      createdAt: share.createdAt.toISOString(),
      expiresAt: share.expiresAt.toISOString(),
      revokedAt: share.revokedAt?.toISOString() ?? null,
      opened: share.opened,
      lastOpenedAt: share.lastOpenedAt?.toISOString() ?? null,
      hasPin: share.pinSealed !== null,
      isPinLocked: isPinLocked(share),
    };
  }
}

/** The keyed hashes under which a code is found: the database alone opens no share. */
export function codeIndexesOf(keyring: Keyring, code: ShareCode): Buffer[] {
  return [keyring.blindIndex(codeText(code)), ...keyring.olderIndexes(codeText(code))];
}

/** What stands for a code in the index. */
export function codeText(code: ShareCode): string {
  return `share-code|${code}`;
}

export function codeContext(shareId: string): string {
  return `share:${shareId}:code`;
}

function learnerOf(principal: Principal): string {
  if (principal.learnerId === null) throw refusal('not-a-learner');
  return principal.learnerId;
}

/** All accounts of the signed-in learner. */
function selvesOf(principal: Principal): readonly string[] {
  return principal.selves ?? [learnerOf(principal)];
}

function newestFirst(a: CountedShare, b: CountedShare): number {
  const byTime = b.createdAt.getTime() - a.createdAt.getTime();
  if (byTime !== 0) return byTime;
  return a.id < b.id ? 1 : -1;
}

function isSame(share: CountedShare, wanted: NewShareDto): boolean {
  return (
    share.purpose === wanted.purpose &&
    share.receiver === (wanted.receiver ?? null) &&
    share.days === wanted.days
  );
}

function toViewDto(view: ShareView, institutions: ReadonlyMap<string, Institution>): ShareViewDto {
  const institution = institutions.get(view.institutionId ?? '');
  return {
    at: view.viewedAt.toISOString(),
    result: view.result,
    viewer: view.kind,
    institution: institution ? { code: institution.code, ...institution.name } : null,
    network: view.network,
  };
}
