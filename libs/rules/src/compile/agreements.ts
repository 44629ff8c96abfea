import type { Checker } from './checker.js';
import { LotClause } from '../clauses/has.js';
import { issuer } from '../clauses/issuer.js';
import type { ConditionContext } from '../clauses/lot-test.js';
import type { Clause, CompiledCap } from './compiled.js';
import { mapEveryLot } from './prerequisites.js';
import type { Agreement, Rule, Rulebook } from '../document/rulebook.js';

/** The agreement that a rule rests on; undefined when it rests on none or names one nobody wrote. */
export function agreementOf({ agreements = [] }: Rulebook, { under }: Rule): Agreement | undefined {
  return agreements.find(({ id }) => id === under);
}

/** Under an agreement only outcomes of the other parties count. */
export function underAgreement(
  when: Clause,
  agreement: Agreement | undefined,
  context: ConditionContext,
): Clause {
  if (!agreement) return when;
  const others = agreement.parties
    .map(({ institution }) => institution)
    .filter((institution) => institution !== context.target.institution);
  const tests = issuer.compile(others, context);
  return mapEveryLot(
    when,
    ({ path, select, tests: own, isEvidenceOnly }) =>
      new LotClause(
        path,
        { select, tests: [...tests, ...own], isEvidenceOnly },
        context.vocabulary,
      ),
  );
}

/** What this institution accepts under each agreement, as a cap that is called like the agreement. */
export function agreementCaps(
  { agreements = [], rules, target }: Rulebook,
  check: Checker,
): CompiledCap[] {
  return agreements.flatMap((agreement, index) => {
    const own = agreement.parties.find(({ institution }) => institution === target.institution);
    const rule = rules.filter(({ under }) => under === agreement.id).map(({ id }) => id);
    if (!own || rule.length === 0) return [];
    const place = agreement.parties.indexOf(own);
    const limit = check.credits(`/agreements/${index}/parties/${place}/accepts`, own.accepts);
    const { id, title, basis } = agreement;
    const of = { source: [], category: [], issuer: [], elective: [], rule };
    const cap = {
      id,
      title,
      basis,
      max: own.accepts,
      counts: 'credits',
      of,
      per: 'learner',
    } as const;
    return [{ cap, path: `/agreements/${index}`, limit }];
  });
}

/** Refuses an agreement to which the deciding institution is no party, and rules under none. */
export function checkAgreements(
  { agreements = [], caps, exclusions = [], rules, target }: Rulebook,
  check: Checker,
): void {
  // Agreements and exclusions are counted as caps, so the three share their names.
  const named = [
    ...caps.map(({ id }, index) => ({ name: id, pointer: `/caps/${index}/id` })),
    ...agreements.map(({ id }, index) => ({ name: id, pointer: `/agreements/${index}/id` })),
    ...exclusions.map(({ id }, index) => ({ name: id, pointer: `/exclusions/${index}/id` })),
  ];
  check.uniquePlaces(named);
  agreements.forEach(({ inForce, parties }, index) => {
    const path = `/agreements/${index}`;
    check.window(`${path}/inForce`, inForce);
    const institutions = parties.map(({ institution }) => institution);
    check.unique(`${path}/parties`, institutions, 'institution');
    check.known(`${path}/parties`, target.institution, institutions);
    parties.forEach(({ accepts }, at) => check.credits(`${path}/parties/${at}/accepts`, accepts));
  });
  rules.forEach(({ under }, index) => {
    if (under === undefined) return;
    check.known(
      `/rules/${index}/under`,
      under,
      agreements.map(({ id }) => id),
    );
  });
}
