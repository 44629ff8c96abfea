import type { Held } from '../learner/held.js';
import { type Mark, markOf, RANK } from '../match/mark.js';
import type { ReasonNode, Waiting } from '../types.js';
import { allOf, type Binding, type Leaf, type LeafKind, nodeOf, NOTHING } from './leaf.js';
import type { Asking, Repair } from './leaf.js';
import type { LearnerTest, LearnerTestKind } from './learner-test.js';
import { LEARNER_TESTS, type LearnerDocument, type LearnerMembers } from './learner-tests.js';

interface LearnerConditionDocument {
  readonly learner: LearnerDocument;
}

interface LearnerCondition {
  readonly op: 'learner';
  readonly learner: LearnerMembers;
}

/** What the tests have in common when one walks over all of them. */
const TESTS: readonly LearnerTestKind<string, unknown, string, string>[] = LEARNER_TESTS;

/** Something about the learner instead of their outcomes. */
export const learner: LeafKind<
  'learner',
  LearnerConditionDocument,
  LearnerCondition,
  LearnerClause
> = {
  member: 'learner',

  canonical({ learner: written }) {
    const members = written as Readonly<Record<string, unknown>>;
    const tests = TESTS.map((kind) => [kind.member, kind.canonical(members[kind.member])]);
    return { op: 'learner', learner: Object.fromEntries(tests) as LearnerMembers };
  },

  compile({ learner: asked }, path) {
    const members = asked as Readonly<Record<string, unknown>>;
    return new LearnerClause(
      path,
      TESTS.flatMap((kind) => kind.compile(members[kind.member])),
    );
  },
};

/** A compiled `learner` clause. */
export class LearnerClause implements Leaf {
  readonly op = 'learner';
  readonly search = null;
  readonly watch = null;
  readonly lotClauses = [];

  constructor(
    readonly path: string,
    readonly tests: readonly LearnerTest[],
  ) {}

  ways({ reading }: Held): Binding[] {
    const judged = this.tests.map((test) => ({ test, verdict: test.verdict(reading) }));
    if (judged.some(({ verdict }) => verdict === 'false')) return [];
    const waitsFor = judged
      .filter(({ verdict }) => verdict === 'not-evaluated')
      .map(({ test: { waitsFor: what, wanted } }): Waiting => {
        return { what, lot: null, course: null, finding: null, wanted };
      });
    return [{ ...NOTHING, waitsFor }];
  }

  judge({ reading }: Held): Mark {
    return markOf(RANK[allOf(this.tests.map((test) => test.verdict(reading)))], null);
  }

  explain(rule: string, { reading }: Held): ReasonNode {
    const children = this.tests.map((test) =>
      nodeOf(this.path, rule, {
        operator: test.field,
        wanted: test.wanted,
        read: test.read(reading),
        verdict: test.verdict(reading),
      }),
    );
    return nodeOf(this.path, rule, {
      operator: 'learner',
      wanted: children.map((child) => `${child.operator} ${child.wanted}`).join(', '),
      read: null,
      verdict: allOf(children.map(({ verdict }) => verdict)),
      children,
    });
  }

  repairs({ held: { reading } }: Asking): Repair[] {
    const tests = this.tests.filter((test) => test.verdict(reading) !== 'true');
    return [{ cost: tests.length, lots: [], steps: [{ kind: 'learner', tests }] }];
  }
}
