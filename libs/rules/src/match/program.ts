import type { Leaf } from '../clauses/leaf.js';
import type { Clause } from '../compile/compiled.js';
import type { Desk } from './desk.js';
import type { Held } from '../learner/held.js';
import { type Mark, RANK, type Rank, rankOfGroup, rankOfMark } from './mark.js';
import { Nearest } from './nearest.js';

/** Instructions. What follows each is said where it is written. */
const OP = { group: 0, has: 1, leaf: 2 } as const;

/**
 * The conditions of all rules of a rulebook, written one after another as plain numbers. A learner
 * touches few of many rules; what is read of them should lie together and be small.
 */
export class Program {
  readonly #code: Int32Array;
  readonly #starts: Int32Array;
  readonly #leaves: Leaf[] = [];

  constructor(conditions: readonly Clause[]) {
    const code: number[] = [];
    this.#starts = Int32Array.from(conditions, (condition) => {
      const start = code.length;
      this.#write(condition, code);
      return start;
    });
    this.#code = Int32Array.from(code);
  }

  /** Begins to judge rules for a learner; the mark of each clause at an end is added to `marks`. */
  start(held: Held, marks: Mark[]): Run {
    return new Run({ code: this.#code, starts: this.#starts, leaves: this.#leaves }, held, marks);
  }

  #write(clause: Clause, code: number[]): void {
    if ('children' in clause) {
      code.push(OP.group, clause.needed, clause.children.length);
      for (const child of clause.children) this.#write(child, code);
      return;
    }
    if (clause.search) {
      const { keys, tests } = clause.search;
      code.push(OP.has, keys.length, ...keys, tests.length, ...tests);
    } else {
      code.push(OP.leaf, this.#leaves.push(clause) - 1);
    }
  }
}

interface Written {
  readonly code: Int32Array;
  readonly starts: Int32Array;
  readonly leaves: readonly Leaf[];
}

/** One learner and the rules that are judged for them. */
export class Run {
  private readonly code: Int32Array;
  private readonly desk: Desk;
  /** Of the clause that is judged at the moment. */
  readonly #nearest = new Nearest();
  #at = 0;

  constructor(
    private readonly written: Written,
    private readonly held: Held,
    private readonly marks: Mark[],
  ) {
    this.code = written.code;
    this.desk = held.desk();
  }

  rule(rule: number): Rank {
    this.#at = this.written.starts[rule] as number;
    return this.#clause();
  }

  #clause(): Rank {
    const op = this.#next();
    if (op === OP.group) return this.#group(this.#next(), this.#next());
    const mark = op === OP.has ? this.#has() : this.#leaf();
    this.marks.push(mark);
    return rankOfMark(mark);
  }

  #group(needed: number, count: number): Rank {
    let passed = 0;
    let open = 0;
    for (let child = 0; child < count; child += 1) {
      const rank = this.#clause();
      if (rank === RANK.true) passed += 1;
      else if (rank !== RANK.false) open += 1;
    }
    return rankOfGroup(needed, passed, open);
  }

  /** Looks through the lots with one of the keys for the one that comes nearest to the tests. */
  #has(): Mark {
    const { code, desk } = this;
    const keys = this.#at + 1;
    const keysEnd = keys + (code[this.#at] as number);
    const tests = keysEnd + 1;
    const testsEnd = tests + (code[keysEnd] as number);
    this.#at = testsEnd;
    const nearest = this.#nearest;
    nearest.clear();
    for (let key = keys; key < keysEnd; key += 1) {
      let entry = desk.first(code[key] as number);
      for (; entry >= 0; entry = desk.next(entry)) {
        this.#offer(desk.positionOf(entry), tests, testsEnd);
      }
    }
    return nearest.mark();
  }

  #offer(position: number, from: number, to: number): void {
    const { code, desk } = this;
    const { reading } = this.held;
    let worst: Rank = RANK.true;
    let failed = 0;
    for (let index = from; index < to; index += 1) {
      const rank = desk.rank(position, code[index] as number, reading);
      if (rank !== RANK.true) failed += 1;
      if (rank > worst) worst = rank;
    }
    this.#nearest.offer(position, worst, failed);
  }

  #leaf(): Mark {
    return (this.written.leaves[this.#next()] as Leaf).judge(this.held);
  }

  #next(): number {
    const value = this.code[this.#at] as number;
    this.#at += 1;
    return value;
  }
}
