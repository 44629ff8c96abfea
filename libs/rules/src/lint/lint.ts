import { byCodeUnit } from '../canonical.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import { type LintCheck, type LintContext, type LintFinding, MOST_OF_A_KIND } from './finding.js';
import { agreements } from './agreements.js';
import { bounds } from './bounds.js';
import { caps } from './caps.js';
import { unacceptedOutcomes, unknownOutcomes } from './catalogue.js';
import { documents } from './documents.js';
import { examples } from './examples.js';
import { lapsing } from './lapsing.js';
import { requirements } from './requirements.js';
import { rivals } from './rivals.js';
import { unused } from './unused.js';
import { ways } from './ways.js';
import { windows } from './windows.js';

/** Every check, one file each. */
const CHECKS: readonly LintCheck[] = [
  agreements,
  bounds,
  caps,
  documents,
  examples,
  lapsing,
  requirements,
  rivals,
  unacceptedOutcomes,
  unknownOutcomes,
  unused,
  ways,
  windows,
];

/**
 * Looks at documents that compile for what they probably do not mean. A pure function; the cost is
 * linear in the documents and their examples, except where a check says otherwise.
 *
 * @param rulebooks every document that is looked at together: overlaps and outcomes that nobody
 *   accepts show only among all that are in force
 * @returns by document, then by place
 */
export function lint(rulebooks: readonly CompiledRulebook[], context: LintContext): LintFinding[] {
  return CHECKS.flatMap((check) => atMost(check(rulebooks, context))).sort(
    (a, b) =>
      byCodeUnit(a.rulebook ?? '', b.rulebook ?? '') ||
      (a.version ?? 0) - (b.version ?? 0) ||
      comparePaths(a.path, b.path) ||
      byCodeUnit(a.code, b.code) ||
      byCodeUnit(JSON.stringify(a.params), JSON.stringify(b.params)),
  );
}

/** Whether a document with these findings may be published. */
export function isPublishable(findings: readonly LintFinding[]): boolean {
  return findings.every(({ severity }) => severity !== 'error');
}

function atMost(findings: readonly LintFinding[]): LintFinding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ code, rulebook }) => {
    const key = `${code} ${rulebook ?? ''}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= MOST_OF_A_KIND;
  });
}

/** Order of two places in a document: rule 10 comes after rule 9. */
function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one = '', other = ''] = [left[at], right[at]];
    const isNumber = /^\d+$/.test(one) && /^\d+$/.test(other);
    const order = isNumber ? Number(one) - Number(other) : byCodeUnit(one, other);
    if (order !== 0) return order;
  }
  return 0;
}
