import { type CompiledRulebook, matchRules, Postings, readLearner } from '#libs/rules';
import { atMost, type Bench, type Claim } from '../support/claims.js';
import { say } from '../support/progress.js';
import { median } from '../support/statistics.js';
import { compileWorkload, factsOfLearner, ON } from './documents.js';
import { Catalogue, Dice, isLive, makeRules, TODAY } from './workload.js';
import type { Condition, MadeLearner, MadeRule } from './workload.js';

const GOAL_SECONDS = 1;
const CODES = 3000;
const CHANGED = 50;

/**
 * One rule changes, and everybody whom it can touch is judged by it again: found through an index in
 * memory from outcome to learner, read from columns, one core, no database.
 */
export function populationClaims({ options }: Bench): Promise<Claim[]> {
  const count = options.quick ? 50_000 : 1_000_000;
  say(`${count} learners`);
  const population = new Population(count);
  const changed = makeRules(1000, new Catalogue(CODES))
    .filter((rule) => isLive(rule) && codesOf(rule.when) !== null)
    .slice(0, CHANGED);
  // The first one warms up.
  const runs = [...changed.slice(0, 1), ...changed].map((rule) => population.change(rule)).slice(1);
  const seconds = runs.map((run) => run.seconds);
  const worst = Math.max(...seconds);
  const affected = runs.map((run) => run.affected);
  const note =
    `${population.rows} outcomes; of ${runs.length} rules one touches ${median(affected)} learners ` +
    `(at most ${Math.max(...affected)}) and takes ${median(seconds).toFixed(3)} s; ` +
    `index made in ${population.indexSeconds.toFixed(2)} s`;
  const ratios = { median: worst, low: Math.min(...seconds), high: worst, rounds: runs.length };
  const claim = 'CPU seconds for the rule that touches most, its learners found and judged again';
  return Promise.resolve([atMost(claim, GOAL_SECONDS, ratios, note)]);
}

interface Run {
  readonly seconds: number;
  readonly affected: number;
}

/** Learners in columns; a row for each of their outcomes. */
class Population {
  readonly #starts: Uint32Array;
  readonly #codes: Uint16Array;
  readonly #grades: Uint8Array;
  readonly #levels: Uint8Array;
  readonly #days: Uint16Array;
  readonly #postings: Postings;
  readonly #catalogue = new Catalogue(CODES);
  readonly indexSeconds: number;

  constructor(learners: number) {
    const dice = new Dice(99);
    this.#starts = new Uint32Array(learners + 1);
    for (let learner = 0; learner < learners; learner += 1) {
      const own = 5 + Math.floor(56 * dice.roll() ** 1.5);
      this.#starts[learner + 1] = (this.#starts[learner] as number) + own;
    }
    const rows = this.#starts[learners] as number;
    this.#codes = new Uint16Array(rows);
    this.#grades = Uint8Array.from({ length: rows }, () => 45 + dice.below(55));
    this.#levels = Uint8Array.from({ length: rows }, () => 1 + dice.below(5));
    this.#days = Uint16Array.from(
      { length: rows },
      () => TODAY - Math.floor(dice.roll() ** 1.5 * 4000),
    );
    for (let learner = 0; learner < learners; learner += 1) this.#fill(learner, dice);
    const before = cpuSeconds();
    this.#postings = new Postings({ starts: this.#starts, outcomes: this.#codes }, CODES);
    this.indexSeconds = cpuSeconds() - before;
  }

  get rows(): number {
    return this.#codes.length;
  }

  change(rule: MadeRule): Run {
    const rulebook = compileWorkload([rule]);
    const asked = new Set(codesOf(rule.when));
    const before = cpuSeconds();
    const watched = rulebook.index.watches.flatMap((keys) => keys ?? []);
    const affected = this.#postings.learnersWith(watched.map(numberOfKey));
    for (const learner of affected) this.#judge(learner, rulebook, asked);
    return { seconds: cpuSeconds() - before, affected: affected.length };
  }

  #judge(learner: number, rulebook: CompiledRulebook, asked: ReadonlySet<number>): void {
    const facts = factsOfLearner(this.#outcomes(learner, asked));
    matchRules(rulebook, readLearner(rulebook, facts, ON));
  }

  /** Outcomes that the rule asks about; the others cannot change its verdict. */
  #outcomes(learner: number, asked: ReadonlySet<number>): MadeLearner {
    const outcomes = [];
    const end = this.#starts[learner + 1] as number;
    for (let row = this.#starts[learner] as number; row < end; row += 1) {
      const code = this.#codes[row] as number;
      if (!asked.has(code)) continue;
      outcomes.push({
        lot: `l${row}`,
        code: `C${code}`,
        family: this.#catalogue.familyOf(code),
        grade: this.#grades[row] as number,
        level: this.#levels[row] as number,
        day: this.#days[row] as number,
      });
    }
    return outcomes;
  }

  #fill(learner: number, dice: Dice): void {
    const clusters = [0, 1].map(() => dice.below(this.#catalogue.clusters));
    const end = this.#starts[learner + 1] as number;
    for (let row = this.#starts[learner] as number; row < end; row += 1) {
      const isOwn = dice.roll() < 0.85;
      this.#codes[row] = isOwn
        ? this.#catalogue.codeIn(dice.oneOf(clusters), dice)
        : dice.below(CODES);
    }
  }
}

/** Numbers of the codes a condition asks about; null when it asks about a family. */
function codesOf(condition: Condition): number[] | null {
  if (condition.op === 'leaf') {
    const { family, codes } = condition.leaf;
    return family === null ? codes.map((code) => Number(code.slice(1))) : null;
  }
  const below = condition.of.map(codesOf);
  return below.includes(null) ? null : below.flatMap((codes) => codes ?? []);
}

/** `code:C12` is outcome 12. */
function numberOfKey(key: string): number {
  return Number(key.slice('code:C'.length));
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
