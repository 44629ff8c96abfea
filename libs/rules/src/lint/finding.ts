import { describe, type Language, type ProblemCode } from '#libs/problems';
import type { CompiledRulebook } from '../compile/compiled.js';
import type { Source } from '../types.js';

/** Codes of findings; their texts are in the catalogue of problems. */
export type LintCode = Extract<ProblemCode, `lint-${string}`>;

/**
 * `error`: the document must not be published. `warning`: somebody should look at it. `note`: true
 * of many good documents and worth knowing.
 */
export type LintSeverity = 'error' | 'warning' | 'note';

export interface LintFinding {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** Id and version of the document; null when the finding is about all of them together. */
  readonly rulebook: string | null;
  readonly version: number | null;
  /** JSON pointer of the place in the document; empty for the whole of it. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/** One outcome of the catalogue, as far as rules select by it. */
export interface LintOutcome {
  readonly code: string;
  readonly source: Source;
  readonly kind: string;
  readonly category: string;
}

export interface LintContext {
  /** The day of the check, `yyyy-MM-dd`. */
  readonly today: string;
  /** The catalogue; without it nothing is said about unknown or unaccepted outcomes. */
  readonly outcomes?: readonly LintOutcome[];
  /** Days before an end at which it is told; 90 when left out. */
  readonly lapseDays?: number;
}

/** More findings of one kind in one document than a person reads. */
export const MOST_OF_A_KIND = 100;

/** One check over documents. A check that looks at one document at a time is made by {@link each}. */
export type LintCheck = (
  rulebooks: readonly CompiledRulebook[],
  context: LintContext,
) => LintFinding[];

/** What a check of one document says; the document is added by {@link each}. */
export type LocalFinding = Omit<LintFinding, 'rulebook' | 'version'>;

/** Makes a check of every document by itself. */
export function each(
  check: (rulebook: CompiledRulebook, context: LintContext) => readonly LocalFinding[],
): LintCheck {
  return (rulebooks, context) =>
    rulebooks.flatMap((rulebook) =>
      check(rulebook, context).map((finding) => inDocument(rulebook, finding)),
    );
}

export function inDocument({ rulebook }: CompiledRulebook, finding: LocalFinding): LintFinding {
  return { ...finding, rulebook: rulebook.id, version: rulebook.version };
}

/** What is wrong and what to do, in one language. */
export function describeFinding(
  { code, params }: Pick<LintFinding, 'code' | 'params'>,
  language: Language,
): { title: string; change: string } {
  return describe(code, language, params);
}
