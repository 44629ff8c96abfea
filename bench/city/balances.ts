import type { Outcome } from './aftermath.js';
import type { Api } from './api.js';
import { Chance } from './chance.js';
import { type Line, linesOf } from './comparison.js';
import type { Deeds } from './deeds.js';
import { creditOf, isExpired } from './truth/facts.js';

interface BalanceAnswer {
  readonly total: Readonly<Record<'available' | 'expired' | 'revoked', string>>;
}

/** Balances of random learners: what they say, and how long each took. */
export async function compareBalances(
  { api, deeds, authority }: { api: Api; deeds: Deeds; authority: string },
  city: { learners: number; seed: number; make: (index: number) => Outcome },
  { sample, today }: { sample: number; today: string },
): Promise<{ lines: Line[]; ms: number[] }> {
  const chance = new Chance('balances', city.seed);
  const lines: Line[] = [];
  const ms: number[] = [];
  for (let i = 0; i < sample; i += 1) {
    const outcome = city.make(chance.between(0, city.learners - 1));
    const [first] = outcome.standing;
    // Of whom nothing was accepted the bank knows nothing.
    if (!first) continue;
    const id = await deeds.learnerId(outcome.learner, first.completion.house);
    const started = performance.now();
    const { total } = await api.get<BalanceAnswer>(authority, `/v1/learners/${id}/balance`);
    ms.push(performance.now() - started);
    const told = new Map(
      (['available', 'expired', 'revoked'] as const).map((state) => [
        state,
        thousandths(total[state]),
      ]),
    );
    lines.push(...linesOf(`learner ${outcome.learner.index}`, told, truthOf(outcome, today)));
  }
  return { lines, ms };
}

function truthOf({ standing, revoked }: Outcome, today: string): Map<string, string> {
  const sums = { available: 0, expired: 0, revoked: 0 };
  for (const { completion } of standing) {
    sums[isExpired(completion, today) ? 'expired' : 'available'] += creditOf(completion) ?? 0;
  }
  for (const completion of revoked) sums.revoked += creditOf(completion) ?? 0;
  return new Map(Object.entries(sums).map(([state, sum]) => [state, String(sum)]));
}

function thousandths(credits: string): string {
  return String(Math.round(Number(credits) * 1000));
}
