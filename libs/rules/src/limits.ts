/** A limit on everything that a document can make us do. Each is far above any real rulebook. */
export const LIMITS = {
  /** Levels of nesting of a whole document; a condition at the top of a rule is at level 4. */
  depth: 24,
  rules: 20_000,
  /** Grants of one rule that come together. */
  grants: 12,
  /** Grants of one rule of which any may be taken: every subset is a choice. */
  choices: 6,
  /** Ways in which the lots of one learner can satisfy one rule. */
  bindings: 256,
  /** Different amounts in which one candidate may be granted in part. */
  amounts: 1000,
  /** Kinds of lots in one sum that caps tell apart: every set of kinds is an offer. */
  kinds: 4,
  /** Candidates that hang together and are still searched; more are taken in order, with a bound. */
  candidates: 600,
  /** Multiplications of one search for the best allocation: about a second. */
  work: 150_000_000,
} as const;

/** Whether a value nests at most so deep. Walks with its own stack: depth must not become a crash. */
export function isWithinDepth(value: unknown, limit: number): boolean {
  const waiting: [unknown, number][] = [[value, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [current, depth] = next;
    if (current === null || typeof current !== 'object') continue;
    if (depth >= limit) return false;
    for (const member of Object.values(current)) waiting.push([member, depth + 1]);
  }
  return true;
}
