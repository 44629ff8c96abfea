import { Injectable, Logger } from '@nestjs/common';
import { type ShareCode, parseShareCode } from '#libs/share-code';
import { isSelf } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, networkOf, notFound, refusal } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { callerOfAddress } from '../platform/limits/index.js';
import type { Asker } from './asker.js';
import { type Caller, GuessLimits } from './guess-limits.js';
import { ProofSources } from './proof-sources.js';
import { type Barred, SharePins, viewOfBarred } from './share-pins.js';
import { digestOf } from './proof.js';
import { MOST_PIN_FAILURES, type Share, type ShareView, type Viewer, shareState } from './share.js';
import { codeIndexesOf } from './shares.service.js';
import { SharesStore } from './shares.store.js';
import type { LookDto, OpenedProofDto } from './verifications.dto.js';

/** So long whoever looked may ask whether what they saw still stands: a day at a counter. */
const WATCHED_MS = 12 * 60 * 60 * 1000;

/** Answers whoever holds a code. */
@Injectable()
export class Verifications {
  readonly #logger = new Logger('verification');

  constructor(
    private readonly database: Database,
    private readonly store: SharesStore,
    private readonly limits: GuessLimits,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly sources: ProofSources,
    private readonly pins: SharePins,
  ) {}

  /**
   * What the code shows. A code that is unknown, expired or withdrawn is refused with
   * `share-not-valid` and nothing more; a mistyped one adds that the digits are wrong. A share with a
   * PIN is refused with `share-pin-required`, `share-pin-wrong` or `share-pin-locked`; only whoever
   * holds a right code learns so much.
   */
  async verify(typed: Typed, asker: Asker): Promise<OpenedProofDto> {
    const answer = await this.limits.attempt(callerOf(asker), async () => {
      const parsed = parseShareCode(typed.code);
      if (!parsed.ok) throw mistyped();
      const opened = await this.#open(parsed.code, typed.pin, asker);
      if (opened.kind === 'nothing') throw refusal('share-not-valid');
      if (opened.kind === 'wrong-pin') throw this.#wrongPin(opened.left);
      return opened;
    });
    if (answer.kind === 'shown') return answer.proof;
    // The code was right, so nothing is counted against whoever typed it.
    throw refusal(answer.kind === 'locked' ? 'share-pin-locked' : 'share-pin-required');
  }

  /**
   * Whether what was shown at a look still stands, and its digest now. It shows nothing, so it is no
   * look; only whoever has looked knows how to ask. Throws `not-found` for any other.
   */
  standing(look: string): Promise<LookDto> {
    const [shareId = '', lookId = ''] = look.split('.');
    if (!isUuid(shareId) || !isUuid(lookId)) throw notFound();
    // Past the walls: whoever holds a code is often nobody's tenant.
    return this.database.readAcrossTenants(async (tx) => {
      const now = this.clock.now();
      const since = new Date(now.getTime() - WATCHED_MS);
      if (!(await this.store.wasShown(tx, { shareId, lookId }, since))) throw notFound();
      const share = await this.store.find(tx, shareId);
      if (!share || shareState(share, now) !== 'active') return { stands: false, digest: null };
      return { stands: true, digest: await this.sources.digest(tx, share, now) };
    });
  }

  /** A look that came too late, or without the right PIN, is recorded all the same. */
  #open(code: ShareCode, pin: string | undefined, asker: Asker): Promise<Opened> {
    return this.database.transaction(async (tx) => {
      const share = await this.store.findByCode(tx, codeIndexesOf(this.keyring, code));
      if (!share) return { kind: 'nothing' };
      const checkedAt = this.clock.now();
      const record = async (result: ShareView['result']): Promise<string> => {
        const view = { ...viewerOf(asker, share), result, viewedAt: checkedAt };
        const lookId = await this.store.insertView(tx, share.id, view);
        if (result !== 'shown') await this.sources.refused(tx, share, asker.principal);
        return `${share.id}.${lookId}`;
      };
      const state = shareState(share, checkedAt);
      if (state !== 'active') {
        await record(state);
        return { kind: 'nothing' };
      }
      const barred = await this.pins.try(tx, share, pin);
      if (barred) {
        if (barred.kind !== 'pin-required') await record(viewOfBarred(barred.kind));
        return barred;
      }
      const look = await record('shown');
      const proof = await this.sources.proof(tx, share, { asker: asker.principal, checkedAt });
      return { kind: 'shown', proof: { ...proof, look, digest: digestOf(proof) } };
    });
  }

  #wrongPin(left: number): Refusal {
    if (left > 0) return refusal('share-pin-wrong', { left: String(left) });
    this.#logger.error({
      alarm: 'pin-guessing',
      msg: `a share is closed after ${MOST_PIN_FAILURES} wrong PINs`,
    });
    return refusal('share-pin-locked');
  }
}

/** What opens a share, as it was typed. */
export interface Typed {
  readonly code: string;
  readonly pin?: string | undefined;
}

type Opened =
  | Barred
  | { readonly kind: 'nothing' }
  | { readonly kind: 'shown'; readonly proof: OpenedProofDto };

/** To a stranger it is as unknown as any other code that shows nothing. */
function mistyped(): Refusal {
  return new Refusal({
    code: 'share-not-valid',
    faults: [{ pointer: '/code', code: 'share-code-digits' }],
  });
}

function callerOf({ principal, address }: Asker): Caller {
  const institutionId = principal?.institutionId ?? null;
  return institutionId === null
    ? { key: callerOfAddress(address), isKnown: false }
    : { key: institutionId, isKnown: true };
}

function viewerOf({ principal, address }: Asker, share: Share): Viewer {
  const network = networkOf(address);
  if (principal && isSelf(principal, share.learnerId)) {
    return { kind: 'learner', institutionId: null, network };
  }
  const institutionId = principal?.institutionId ?? null;
  return { kind: institutionId === null ? 'public' : 'institution', institutionId, network };
}
