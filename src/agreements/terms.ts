import { MAX_POSTING_MILLICREDITS, formatCredits } from '#libs/credit';
import type { AgreementFact } from '#libs/rules';
import {
  type AgreedOutcome,
  type Party,
  type SignedAgreement,
  isAbout,
  partyOf,
  stateOf,
} from './agreement.js';

/** For whom an agreement is read, and when. */
export interface Taker {
  /** Id of the institution that decides. */
  readonly institutionId: string;
  readonly programme: string;
  /** The day of the application, `yyyy-mm-dd`. */
  readonly on: string;
  /** To what each institution belongs. */
  readonly parents: ReadonlyMap<string, string | null>;
}

/** An agreement as one programme finds it, with what is left of the quota of its side. */
export interface Terms {
  readonly agreement: SignedAgreement;
  readonly taker: Taker;
  /** The party that stands for the deciding institution. */
  readonly side: Party;
  /** Thousandths of a credit; null: no limit. */
  readonly left: bigint | null;
}

/** The party that stands for the deciding institution; undefined when none does. */
export function sideOf(
  agreement: SignedAgreement,
  { institutionId, parents }: Taker,
): Party | undefined {
  return partyOf(agreement, institutionId, parents);
}

/** What rules are told of an agreement, for the outcomes of one learner. */
export function agreementFact(
  { agreement, taker, side, left }: Terms,
  outcomes: readonly AgreedOutcome[],
): AgreementFact {
  const { code, programmes } = agreement;
  const closed = { agreement: code, outside: [], accepts: '0', left: null };
  const state = stateOf(agreement, taker.on);
  if (state !== 'in-force') return { ...closed, closed: state };
  if (programmes !== null && !programmes.includes(taker.programme)) {
    return { ...closed, closed: 'other-programmes' };
  }
  const { parents } = taker;
  return {
    agreement: code,
    closed: null,
    outside: outcomes
      .filter((outcome) => !isAbout(agreement, outcome, { taker: side, parents }))
      .map(({ lotId }) => lotId)
      .sort((a, b) => (a < b ? -1 : 1)),
    accepts: ofOneLearner(side.accepts),
    left: left === null ? null : ofOneLearner(left),
  };
}

/** As rules read amounts: of one learner there is never more than one posting can carry. */
function ofOneLearner(amount: bigint): string {
  return formatCredits(amount < MAX_POSTING_MILLICREDITS ? amount : MAX_POSTING_MILLICREDITS);
}
