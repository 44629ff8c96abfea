import { formatCredits, parseCredits } from '#libs/credit';
import type { CompiledRequirement, CompiledRulebook } from '../compile/compiled.js';
import { each, type LocalFinding } from './finding.js';

/** Requirements and rights for which the programme does not have enough credit. */
export const requirements = each((compiled) =>
  [...compiled.requirements, ...compiled.rights].flatMap((each) => outOfReach(each, compiled)),
);

function outOfReach(
  { requirement, path, neededMillicredits }: CompiledRequirement,
  { rulebook: { target } }: CompiledRulebook,
): LocalFinding[] {
  const { category } = requirement.of;
  const parts =
    category.length === 0 ? [target.total] : category.map((name) => target.categories[name] ?? '0');
  const most = parts.reduce((sum, text) => {
    const parsed = parseCredits(text);
    return sum + (parsed.ok ? parsed.amount : 0n);
  }, 0n);
  if (neededMillicredits <= most) return [];
  const { id: name, atLeast } = requirement;
  const params = { name, atLeast, most: formatCredits(most) };
  return [{ code: 'lint-out-of-reach', severity: 'warning', path, params }];
}
