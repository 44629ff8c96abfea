import { Chance } from './chance.js';
import type { Completion, Learner } from './learner.js';

/** What an institution does about a completion after its files were read. */
export type Deed =
  | { readonly kind: 'revoke'; readonly about: Completion }
  | { readonly kind: 'revoke-and-give-back'; readonly about: Completion }
  /** Taken back, and posted anew as it was. */
  | { readonly kind: 'correct'; readonly about: Completion; readonly instead: Completion }
  | { readonly kind: 'post-late'; readonly about: Completion };

/** What the bank holds of a learner in the end. */
export interface Standing {
  readonly completion: Completion;
  /** Posted after the numbers of graduates were entered. */
  readonly isLate: boolean;
}

/** A learner's completions when everything is done, and what it took. */
export interface Outcome {
  readonly learner: Learner;
  readonly standing: readonly Standing[];
  readonly revoked: readonly Completion[];
  readonly deeds: readonly Deed[];
}

const MOST_DEEDS = 600;
const SHARE = 0.02;
/** What is older is taken back by two people. */
const NOT_BEFORE = '2024-06';

/** How many learners something is done about: few enough to be done one by one. */
export function shareOfDeeds(learners: number): number {
  return Math.min(SHARE, MOST_DEEDS / learners);
}

/** @param accepted what the bank took from files */
export function outcomeOf(
  learner: Learner,
  accepted: readonly Completion[],
  { seed, share }: { seed: number; share: number },
): Outcome {
  const chance = new Chance('aftermath', seed, learner.index);
  const late = learner.late.map((about): Deed => ({ kind: 'post-late', about }));
  const others = chance.isLucky(share) ? deedsAbout(accepted, chance) : [];
  const revoked = others
    .filter(({ kind }) => kind !== 'revoke-and-give-back')
    .map(({ about }) => about);
  const standing = [
    ...accepted.filter((one) => !revoked.includes(one)).map(onTime),
    ...others.flatMap((deed) => (deed.kind === 'correct' ? [afterwards(deed.instead)] : [])),
    ...learner.late.map(afterwards),
  ];
  return { learner, standing, revoked, deeds: [...late, ...others] };
}

function deedsAbout(accepted: readonly Completion[], chance: Chance): Deed[] {
  const recent = accepted.filter(({ on }) => on >= NOT_BEFORE);
  if (recent.length === 0) return [];
  const about = chance.pick(recent);
  const kind = chance.weighted([
    ['revoke', 4],
    ['revoke-and-give-back', 1],
    ['correct', about.offer.milestone === null ? 5 : 0],
  ] as const);
  if (kind !== 'correct') return [{ kind, about }];
  return [{ kind, about, instead: corrected(about, chance) }];
}

/** Another grade, other hours, or another day. */
function corrected(about: Completion, chance: Chance): Completion {
  const anew = { ...about, externalId: `${about.externalId}R` };
  if (about.offer.scale === 'percent')
    return { ...anew, grade: about.grade === '59' ? '77' : '59' };
  if (chance.isLucky(0.5)) return { ...anew, hours: (about.hours ?? 20) + 4 };
  return { ...anew, on: '2025-12-31' };
}

function onTime(completion: Completion): Standing {
  return { completion, isLate: false };
}

function afterwards(completion: Completion): Standing {
  return { completion, isLate: true };
}
