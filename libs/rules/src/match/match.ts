import type { CompiledRule, CompiledRulebook } from '../compile/compiled.js';
import { numberOfDay } from '../learner/days.js';
import type { Held } from '../learner/held.js';
import { type Mark, type Rank, verdictOfMark } from './mark.js';
import type { Run } from './program.js';
import type { Window } from '../document/rulebook.js';
import type { Verdict } from '../types.js';

/**
 * What rules came to for one learner, as data: of each rule its verdict, and the mark of every clause
 * at the end of its condition, from left to right. `explainRule` says it in words when somebody asks.
 */
export class Matches {
  /** Numbers of the rules that were judged, ascending. */
  readonly rules: number[] = [];
  readonly #ranks: Rank[] = [];
  /** Where the marks of each rule begin. */
  readonly #starts: number[] = [];
  readonly #marks: Mark[] = [];
  readonly #run: Run;

  constructor(
    private readonly rulebook: CompiledRulebook,
    readonly held: Held,
  ) {
    this.#run = rulebook.program.start(held, this.#marks);
  }

  get count(): number {
    return this.rules.length;
  }

  rule(index: number): CompiledRule {
    return this.rulebook.rules[this.rules[index] as number] as CompiledRule;
  }

  /** Whether the condition is true, one clause at a time: two may still need the same lot. */
  verdict(index: number): Verdict {
    return verdictOfMark(this.#ranks[index] as Rank);
  }

  marks(index: number): readonly Mark[] {
    return this.#marks.slice(this.#starts[index], this.#starts[index + 1]);
  }

  /** Judges one more rule. */
  add(rule: number): void {
    this.rules.push(rule);
    this.#starts.push(this.#marks.length);
    this.#ranks.push(this.#run.rule(rule));
  }
}

/**
 * Judges the rules that a learner can match and no others: those in force whose condition could be
 * true with the outcomes that are there, in the order of the rulebook.
 */
export function matchRules(rulebook: CompiledRulebook, held: Held): Matches {
  const { on } = held.reading;
  const matches = new Matches(rulebook, held);
  if (!isInForce(rulebook.rulebook.inForce, on)) return matches;
  for (const rule of rulebook.index.touched(held)) {
    if (rulebook.windows.isOpen(rule, on)) matches.add(rule);
  }
  return matches;
}

/** The window to tell about when a rule does not hold on the day; undefined when it does. */
export function windowThatIsShut(
  { rule, agreement }: CompiledRule,
  on: string,
  { rulebook: { inForce } }: CompiledRulebook,
): Window | undefined {
  if (!isInForce(inForce, on) || !isInForce(rule.inForce, on)) return rule.inForce ?? inForce;
  return agreement && !isInForce(agreement.inForce, on) ? agreement.inForce : undefined;
}

/** Whether a rule or document may be applied for on a day. */
function isInForce(window: Window | null | undefined, on: string): boolean {
  if (window?.by !== 'application') return true;
  return window.from <= on && (window.to === null || on <= window.to);
}

/** The days on which each rule may be applied for, as numbers that can be compared. */
export class RuleWindows {
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #on = '';
  #day = 0;

  constructor(rules: readonly Pick<CompiledRule, 'rule' | 'agreement'>[]) {
    const windows = rules.map(({ rule, agreement }) =>
      [rule.inForce, agreement?.inForce].flatMap((window) =>
        window?.by === 'application' ? [window] : [],
      ),
    );
    this.#from = Int32Array.from(windows, (own) =>
      Math.max(0, ...own.map(({ from }) => numberOfDay(from))),
    );
    this.#to = Int32Array.from(windows, (own) =>
      Math.min(LAST_DAY, ...own.map(({ to }) => (to === null ? LAST_DAY : numberOfDay(to)))),
    );
  }

  isOpen(rule: number, on: string): boolean {
    if (on !== this.#on) [this.#on, this.#day] = [on, numberOfDay(on)];
    return (this.#from[rule] as number) <= this.#day && this.#day <= (this.#to[rule] as number);
  }
}

const LAST_DAY = 99_991_231;
