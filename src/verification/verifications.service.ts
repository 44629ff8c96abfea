import { Injectable } from '@nestjs/common';
import { type ShareCode, parseShareCode } from '#libs/share-code';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, networkOf, refusal } from '../platform/http/index.js';
import { callerOfAddress } from '../platform/limits/index.js';
import { type Caller, GuessLimits } from './guess-limits.js';
import { ProofSources } from './proof-sources.js';
import { type Share, type ShareView, type Viewer, shareState } from './share.js';
import { codeIndexesOf } from './shares.service.js';
import { SharesStore } from './shares.store.js';
import type { ProofDto } from './verifications.dto.js';

/** Who asks and from where. */
export interface Asker {
  readonly principal: Principal | undefined;
  readonly address: string;
}

/** Answers whoever holds a code. */
@Injectable()
export class Verifications {
  constructor(
    private readonly database: Database,
    private readonly store: SharesStore,
    private readonly limits: GuessLimits,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly sources: ProofSources,
  ) {}

  /**
   * What the code shows. A code that is unknown, expired or withdrawn is refused with
   * `share-not-valid` and nothing more; a mistyped one adds that the digits are wrong.
   */
  verify(text: string, asker: Asker): Promise<ProofDto> {
    return this.limits.attempt(callerOf(asker), async () => {
      const parsed = parseShareCode(text);
      if (!parsed.ok) throw mistyped();
      const proof = await this.#open(parsed.code, asker);
      if (!proof) throw refusal('share-not-valid');
      return proof;
    });
  }

  /** Undefined when the code shows nothing; a look that came too late is recorded all the same. */
  #open(code: ShareCode, asker: Asker): Promise<ProofDto | undefined> {
    return this.database.transaction(async (tx) => {
      const share = await this.store.findByCode(tx, codeIndexesOf(this.keyring, code));
      if (!share) return undefined;
      const checkedAt = this.clock.now();
      const state = shareState(share, checkedAt);
      const result: ShareView['result'] = state === 'active' ? 'shown' : state;
      const viewer = viewerOf(asker, share);
      await this.store.insertView(tx, share.id, { ...viewer, result, viewedAt: checkedAt });
      return result === 'shown'
        ? this.sources.proof(tx, share, { asker: asker.principal, checkedAt })
        : undefined;
    });
  }
}

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
  if (principal?.learnerId === share.learnerId) {
    return { kind: 'learner', institutionId: null, network };
  }
  const institutionId = principal?.institutionId ?? null;
  return { kind: institutionId === null ? 'public' : 'institution', institutionId, network };
}
