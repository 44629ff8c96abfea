import type { CompiledCap, CompiledRulebook } from './compile/compiled.js';
import { countElsewhere, countGrants, countedOf } from './allocate/contend.js';
import { isCounted } from './allocate/counting.js';
import { formatLimit } from './format.js';
import { limitOf } from './signed.js';
import type { AccountFact, LearnerFacts, PriorGrant } from './types.js';

/** What another programme granted, with the rules by which it was decided. */
export interface GrantedElsewhere {
  readonly rulebook: CompiledRulebook;
  readonly granted: readonly PriorGrant[];
}

type Known = Pick<LearnerFacts, 'granted' | 'outcomes' | 'accounts' | 'agreements'>;

/** Whether a rulebook shares a cap with other programmes. */
export function sharesAccounts({ caps }: CompiledRulebook): boolean {
  return caps.some(({ cap }) => cap.account !== undefined);
}

/**
 * What other programmes have counted under the accounts that a rulebook names, each in the unit of
 * its cap. A grant counts once however many caps of its own programme name the account, and only by
 * caps that count in the same unit.
 */
export function accountFacts(
  { caps }: CompiledRulebook,
  elsewhere: readonly GrantedElsewhere[],
  outcomes: LearnerFacts['outcomes'],
): AccountFact[] {
  const asked = new Map(
    caps.flatMap(({ cap: { account, counts } }) =>
      account === undefined ? [] : [[account, counts]],
    ),
  );
  return [...asked].map(([account, counts]) => {
    const counted = elsewhere.map(({ rulebook, granted }) => {
      const same = rulebook.caps.filter(
        ({ cap }) => cap.account === account && cap.counts === counts,
      );
      const own = granted
        .map((grant) => ({ grant, counted: countedOf(grant, { outcomes }) }))
        .filter((one) => same.some(({ cap }) => isCounted(cap.of, one.counted)));
      return countGrants(
        counts,
        own.map(({ grant }) => grant),
      );
    });
    return {
      account,
      counted: formatLimit(
        counts,
        counted.reduce((total, one) => total + one, 0n),
      ),
    };
  });
}

/** How far a cap of a learner is filled, in its unit. */
export interface CapUsage {
  readonly limit: string;
  /** By earlier grants of its own programme. */
  readonly used: string;
  /** By other programmes with which it shares an account. */
  readonly elsewhere: string;
  readonly left: string;
}

export function usageOf(cap: CompiledCap, facts: Known): CapUsage {
  const { counts, of } = cap.cap;
  const own = facts.granted.filter((grant) => isCounted(of, countedOf(grant, facts)));
  const used = countGrants(counts, own);
  const elsewhere = countElsewhere(cap, facts);
  const limit = limitOf(cap, used + elsewhere, facts);
  const left = limit - used - elsewhere;
  return {
    limit: formatLimit(counts, limit),
    used: formatLimit(counts, used),
    elsewhere: formatLimit(counts, elsewhere),
    left: formatLimit(counts, left > 0n ? left : 0n),
  };
}
