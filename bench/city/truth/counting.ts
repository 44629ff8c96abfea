import { type Span, monthsAfter } from '../calendar.js';
import type { Document } from '../person.js';
import type { Fact } from './facts.js';

/** Adds to the count of a cell. */
export type Add = (cell: string, by?: number) => void;

const GOES_ON_WITHIN = 12;

/**
 * What one learner adds to the cells of a span: the plan's definitions, written once more from their
 * text and without a line of what the bank counts with.
 *
 * @param facts by day
 */
export function countLearner(
  facts: readonly Fact[],
  document: Document,
  span: Span,
  add: Add,
): void {
  const within = facts.filter(({ day }) => day >= span.from && day <= span.to);
  for (const fact of within) if (fact.isTraining && fact.passed !== false) countTraining(fact, add);
  if (within.length > 0) countPresence(facts, within, { document, span, add });
  countGraduation(facts, span, add);
  for (const pathway of ['3-2', 'five-year']) countGate(facts, pathway, { span, add });
  countSkill(facts, span.to, add);
  const teaches = facts.some(
    ({ milestone, passed, day, validTo }) =>
      milestone === 'dual-qualified-teacher' &&
      passed !== false &&
      isValid({ day, validTo }, span.to),
  );
  if (teaches) add('recognised');
}

function countTraining({ minutes, said }: Fact, add: Add): void {
  add('person-times');
  if (minutes === null) add('hours-unknown');
  else add('minutes', minutes);
  const { groups, trainingKind, subsidised } = said;
  if (groups === null) add('group:unknown');
  else if (groups.length === 0) add('group:none');
  else add('in-groups');
  for (const group of groups ?? []) add(`group:${group}`);
  add(`kind:${trainingKind ?? 'unknown'}`);
  add(`subsidised:${subsidised === null ? 'unknown' : subsidised ? 'yes' : 'no'}`);
}

/** Each person who completed something in the span, once. */
function countPresence(
  facts: readonly Fact[],
  within: readonly Fact[],
  { document, span, add }: { document: Document; span: Span; add: Add },
): void {
  const said = within.findLast((fact) => fact.said.origin !== null);
  add(`origin:${said?.said.origin ?? 'unknown'}`);
  add('learners');
  if (document.kind === 'resident-id') return add('resident-ids');
  const passed = facts.filter((fact) => fact.day <= span.to && fact.passed !== false);
  const speaks = passed.some(({ milestone }) => milestone === 'chinese-language');
  const works = passed.some(({ isTraining, skillLevel }) => isTraining || skillLevel !== null);
  add(speaks && works ? 'chinese-and-skill' : 'not-chinese-and-skill');
}

function countGraduation(facts: readonly Fact[], { from, to }: Span, add: Add): void {
  const graduation = facts.find(
    ({ milestone, passed }) => milestone === 'secondary-graduation' && passed !== false,
  );
  if (!graduation || graduation.day < from || graduation.day > to) return;
  if (graduation.isLate) return add('graduates-late');
  const [first, last] = [-GOES_ON_WITHIN, GOES_ON_WITHIN].map((months) =>
    monthsAfter(graduation.day, months),
  ) as [string, string];
  const onward = facts.find(
    ({ milestone, passed, day }) =>
      milestone?.startsWith('onward-') && passed !== false && day >= first && day <= last,
  );
  add(`way:${onward?.milestone?.replace('onward-', '') ?? 'none'}`);
}

/** Once a pathway and by the best result, whenever that was. */
function countGate(
  facts: readonly Fact[],
  pathway: string,
  { span, add }: { span: Span; add: Add },
): void {
  const tries = facts.filter(({ milestone }) => milestone === `gate-${pathway}`);
  const best =
    tries.findLast(({ passed }) => passed === true) ??
    tries.findLast(({ passed }) => passed === false) ??
    tries.at(-1);
  if (!best || best.day < span.from || best.day > span.to) return;
  if (best.passed === null) add('result-unknown');
  else add(`${best.passed ? 'passed' : 'failed'}:${pathway}`);
}

/** Once by the highest level that is valid; who is said to be without work does not count. */
function countSkill(facts: readonly Fact[], day: string, add: Add): void {
  const levels = facts
    .filter((fact) => fact.skillLevel !== null && fact.passed !== false && isValid(fact, day))
    .map(({ skillLevel }) => skillLevel as number);
  if (levels.length === 0) return;
  const said = facts.findLast((fact) => fact.day <= day && fact.said.employment !== null);
  const employment = said?.said.employment ?? 'unknown';
  if (employment === 'not-employed') return;
  add(`level:${Math.min(...levels)}`);
  add(`employment:${employment}`);
}

function isValid({ day: from, validTo }: Pick<Fact, 'day' | 'validTo'>, day: string): boolean {
  return from <= day && (validTo === null || day <= validTo);
}
