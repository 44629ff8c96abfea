import { addMonths, firstDay, lastDay, nextDay, parsePartialDate } from '#libs/credit';
import { byCodeUnit, type CompiledRulebook, type LearnerFacts } from '#libs/rules';

/** What the document says anywhere under a name. */
function valuesOf(value: unknown, member: string): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, below]) => [
    ...(name === member && below !== null ? [below] : []),
    ...valuesOf(below, member),
  ]);
}

interface Days {
  /** The first day that is of interest, and the last. */
  readonly from: string;
  readonly to: string;
}

/** Windows of rules, agreements and of the document itself. */
function windowsOf({ rulebook }: CompiledRulebook): Window[] {
  return valuesOf({ ...rulebook, examples: [] }, 'inForce') as Window[];
}

interface Window {
  readonly from: string;
  readonly to: string | null;
  readonly by: 'application' | 'completion';
}

/**
 * Days on which the same facts are read otherwise than on the day before: a rule comes into force or
 * goes out of it, a lot expires or becomes too old, the learner reaches an age. Ascending, each once.
 */
export function turningDays(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  { from, to }: Days,
): string[] {
  const { rules, lots, prerequisites, never } = rulebook.rulebook;
  const conditions = { rules, prerequisites, never };
  const windows = windowsOf(rulebook).filter(({ by }) => by === 'application');
  const ages = valuesOf(conditions, 'ageAtLeast').map(Number);
  const years = valuesOf(conditions, 'withinYears').map(Number);
  const born = parsePartialDate(facts.born ?? '');
  const days = [
    ...windows.flatMap((window) => [window.from, ...(window.to ? [nextDay(window.to)] : [])]),
    // A birthday of 29 February is reached on 1 March of other years.
    ...(born ? ages.flatMap((age) => birthdays(lastDay(born), age)) : []),
    ...facts.outcomes.flatMap(({ completed }) => years.flatMap((count) => after(completed, count))),
    ...facts.outcomes.flatMap(({ deposited, expiresOn }) => [
      ...after(expiresOn, 0),
      ...(lots.shelfLifeYears === null ? [] : after(deposited, lots.shelfLifeYears)),
    ]),
  ];
  return [...new Set(days)].filter((day) => day > from && day <= to).sort(byCodeUnit);
}

/** Days from which on a rule counts what is completed. */
export function openingDays(rulebook: CompiledRulebook, { from, to }: Days): string[] {
  const windows = windowsOf(rulebook).filter(({ by }) => by === 'completion');
  const { rules, prerequisites, never } = rulebook.rulebook;
  const since = valuesOf({ rules, prerequisites, never }, 'onOrAfter').map(String);
  const days = [...windows.map((window) => window.from), ...since];
  return [...new Set(days)].filter((day) => day > from && day <= to).sort(byCodeUnit);
}

/** Whether what is completed now can be too old within the days. */
export function growsOld({ rulebook }: CompiledRulebook, { from, to }: Days): boolean {
  const { rules, prerequisites, never, lots } = rulebook;
  const years = valuesOf({ rules, prerequisites, never }, 'withinYears').map(Number);
  const all = [...years, ...(lots.shelfLifeYears === null ? [] : [lots.shelfLifeYears])];
  return all.some((count) => addMonths(from, 12 * count) < to);
}

function birthdays(born: string, age: number): string[] {
  const day = `${Number(born.slice(0, 4)) + age}${born.slice(4)}`;
  return day.endsWith('-02-29') ? [day.replace('-02-29', '-03-01'), day] : [day];
}

/** The days after a day, or after the first and last of the days a date may mean, and so many years. */
function after(date: string | null, years: number): string[] {
  const read = parsePartialDate(date ?? '');
  if (!read) return [];
  return [firstDay(read), lastDay(read)].map((day) => nextDay(addMonths(day, 12 * years)));
}
