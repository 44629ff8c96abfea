import { canonicalJson } from '../canonical.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import { inDocument, type LintCheck, type LintFinding } from './finding.js';

/** One agreement that stands in several documents with other parties, caps or days. */
export const agreements: LintCheck = (rulebooks) =>
  rulebooks.flatMap((one) => rulebooks.flatMap((other) => differences(one, other)));

function differences(one: CompiledRulebook, other: CompiledRulebook): LintFinding[] {
  const { agreements: own = [], target } = one.rulebook;
  // Both sides write the agreement down; versions of one document may change it.
  if (one.rulebook.id === other.rulebook.id) return [];
  return own.flatMap(({ id, inForce, parties }, index) => {
    const its = other.rulebook.agreements?.find((each) => each.id === id);
    if (!its) return [];
    const isSame = canonicalJson([inForce, parties]) === canonicalJson([its.inForce, its.parties]);
    // Two agreements may have one name where no institution stands in both.
    const isShared = its.parties.some(({ institution }) => institution === target.institution);
    if (isSame || !isShared) return [];
    const params = { name: id, other: other.rulebook.id };
    const path = `/agreements/${index}`;
    return [inDocument(one, { code: 'lint-agreement-differs', severity: 'warning', path, params })];
  });
}
