import { canonicalJson, type CompiledRulebook, type OutcomeFact } from '#libs/rules';

/**
 * Tells which outcomes the rules treat alike: they differ in their name and in nothing else that the
 * document looks at. Whichever of them a learner completes, the decision is the same.
 */
export class Kinds {
  static readonly #known = new WeakMap<CompiledRulebook, Kinds>();
  readonly #words = new Set<string>();
  readonly #prefixes = new Set<string>();
  readonly #isByIssuer: boolean;
  readonly #isByName: boolean;

  private constructor({ rulebook, caps }: CompiledRulebook) {
    this.#read({ ...rulebook, examples: [] }, '');
    this.#isByIssuer = caps.some(({ cap: { per } }) => per === 'issuer');
    this.#isByName = (rulebook.duplicates ?? []).length > 0;
  }

  /** Made once for each rulebook. */
  static of(rulebook: CompiledRulebook): Kinds {
    const known = Kinds.#known.get(rulebook) ?? new Kinds(rulebook);
    Kinds.#known.set(rulebook, known);
    return known;
  }

  /** Equal for outcomes that no rule, cap or requirement tells apart. */
  keyOf(fact: OutcomeFact): string {
    const { outcome, title, issuer } = fact;
    const prefixes = [...this.#prefixes].filter((prefix) => outcome.startsWith(prefix));
    const isNamed = this.#words.has(outcome);
    return canonicalJson({
      ...fact,
      lot: '',
      outcome: isNamed ? outcome : null,
      prefixes,
      issuer: this.#isByIssuer || this.#words.has(issuer) ? issuer : null,
      title: this.#isByName ? title : null,
    });
  }

  /** Everything the document says anywhere: what it does not mention, it cannot tell apart. */
  #read(value: unknown, member: string): void {
    if (typeof value === 'string') {
      this.#words.add(value);
      if (member === 'prefix') this.#prefixes.add(value);
    }
    if (value === null || typeof value !== 'object') return;
    for (const [name, below] of Object.entries(value)) this.#read(below, name);
  }
}

/** Whether an outcome can make another one superfluous, or be made so, by a family or by its name. */
export function isRival(
  { rulebook: { families, duplicates = [] } }: CompiledRulebook,
  { outcome }: OutcomeFact,
): boolean {
  return duplicates.length > 0 || families.some(({ outcomes }) => outcomes.includes(outcome));
}

/** Positions of things with the same key, in the order in which each key comes first. */
export function groupedBy<T>(things: readonly T[], keyOf: (thing: T) => string): number[][] {
  const groups = new Map<string, number[]>();
  things.forEach((thing, at) => {
    const key = keyOf(thing);
    const known = groups.get(key);
    if (known) known.push(at);
    else groups.set(key, [at]);
  });
  return [...groups.values()];
}
