import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import {
  type CompiledScheme,
  type SchemeDocument,
  compileScheme,
  decideScheme,
} from '#libs/schemes';
import { findInCheckout } from '../../platform/config/index.js';
import { PENALTIES, type Penalty } from '../institution.js';

/** The rule of demerits (R49), a document like every rule: it says how many points, and what then. */
const SCHEME = 'rulebooks/korea/provider-demerits.yaml';

/** How many points offences add, and what sums of points lead to. */
export class DemeritScheme {
  readonly #scheme: CompiledScheme;
  /** Ids of the offences that it knows. */
  readonly offences: readonly string[];

  /** A document that is not what it should be stops the start. */
  constructor(text = readFileSync(findInCheckout(SCHEME), 'utf8')) {
    const document = parseYaml(text) as SchemeDocument & {
      readonly offences: readonly { readonly id: string }[];
      readonly thresholds: readonly { readonly id: string }[];
    };
    const compiled = compileScheme(document);
    if (!compiled.ok) throw new Error(`${SCHEME}: ${JSON.stringify(compiled.problem)}`);
    const unknown = document.thresholds.find(({ id }) => !isPenalty(id));
    if (unknown) throw new Error(`${SCHEME}: nobody knows what "${unknown.id}" means here`);
    this.#scheme = compiled.value;
    this.offences = document.offences.map(({ id }) => id);
  }

  /** SHA-256 of the document. */
  get hash(): string {
    return this.#scheme.hash;
  }

  /** Points of the next offence, after so many of the same. */
  pointsOf(offence: string, timesBefore: number): number {
    const sum = (times: number): number =>
      times === 0 ? 0 : Number(this.#decide({ offences: [{ offence, times }] })['points']);
    return sum(timesBefore + 1) - sum(timesBefore);
  }

  /** What a sum of points leads to; null for nothing. */
  penaltyAt(points: number): Penalty | null {
    const standing = this.#decide({ points })['standing'] ?? '';
    return isPenalty(standing) ? standing : null;
  }

  #decide(given: object): Readonly<Record<string, string>> {
    return decideScheme(this.#scheme, given);
  }
}

function isPenalty(id: string): id is Penalty {
  return (PENALTIES as readonly string[]).includes(id);
}
