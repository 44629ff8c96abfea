import type { CompiledRulebook } from '../compile/compiled.js';
import { inDocument, type LintCheck, type LintFinding } from './finding.js';
import { hasCommonDay } from './windows.js';

/** Two documents for one programme at one time, and two contents of one version. */
export const documents: LintCheck = (rulebooks) =>
  rulebooks.flatMap((one) =>
    rulebooks.flatMap((other) => [...overlap(one, other), ...versionTwice(one, other)]),
  );

function overlap(one: CompiledRulebook, other: CompiledRulebook): LintFinding[] {
  const [own, its] = [one.rulebook, other.rulebook];
  // A newer version of the same regulation replaces the older one; another regulation does not.
  if (own.id === its.id || own.target.programme !== its.target.programme) return [];
  if (!hasCommonDay(own.inForce, its.inForce)) return [];
  const from = own.inForce.from > its.inForce.from ? own.inForce.from : its.inForce.from;
  const ends = [own.inForce.to, its.inForce.to].filter((day) => day !== null).sort();
  const params = { programme: own.target.programme, other: its.id, from, to: ends[0] ?? '…' };
  return [
    inDocument(one, { code: 'lint-dates-overlap', severity: 'error', path: '/inForce', params }),
  ];
}

function versionTwice(one: CompiledRulebook, other: CompiledRulebook): LintFinding[] {
  const [own, its] = [one.rulebook, other.rulebook];
  if (own.id !== its.id || own.version !== its.version || one.hash === other.hash) return [];
  const params = { id: own.id, version: String(own.version) };
  return [
    inDocument(one, { code: 'lint-version-twice', severity: 'error', path: '/version', params }),
  ];
}
