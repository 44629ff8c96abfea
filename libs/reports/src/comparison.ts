import type { Text } from '#libs/problems';
import type { ConditionState } from './conditions.js';
import type { ReportContent, ReportedIndicator, ReportedSchool } from './document.js';

/** A figure on one side of a comparison. */
export interface ComparedFigure {
  readonly version: number;
  readonly value: string | null;
  readonly absence: ReportedIndicator['absence'];
  readonly met: boolean | null;
}

export interface ComparedIndicator {
  readonly id: string;
  readonly title: Text;
  readonly unit: ReportedIndicator['unit'];
  readonly target: ReportedIndicator['target'];
  /** Null on the side that does not have it. */
  readonly before: ComparedFigure | null;
  readonly after: ComparedFigure | null;
  /** After less before, a decimal string; null where it says nothing. */
  readonly difference: string | null;
  /** Whether it was counted in another way, so that the two cannot be compared. */
  readonly isRedefined: boolean;
  readonly isChanged: boolean;
}

/** A condition of a school that differs. */
export interface ComparedCondition {
  readonly school: { readonly code: string; readonly name: Text };
  readonly code: string;
  readonly title: Text;
  readonly unit: Text;
  readonly before: { readonly value: string | null; readonly state: ConditionState } | null;
  readonly after: { readonly value: string | null; readonly state: ConditionState } | null;
}

/** Figures and conditions as a report, or the bank of now, has them. */
export type Comparable = Pick<ReportContent, 'indicators' | 'schools'>;

/** Every indicator on both sides, in the order of the later one. */
export function compareIndicators(before: Comparable, after: Comparable): ComparedIndicator[] {
  const ids = [...after.indicators, ...before.indicators].map(({ id }) => id);
  return [...new Set(ids)].flatMap((id) => {
    const was = before.indicators.find((one) => one.id === id);
    const is = after.indicators.find((one) => one.id === id);
    const known = is ?? was;
    return known ? [compareOne(known, was, is)] : [];
  });
}

function compareOne(
  { id, title, unit, target, decimals }: ReportedIndicator,
  was: ReportedIndicator | undefined,
  is: ReportedIndicator | undefined,
): ComparedIndicator {
  const isRedefined = was !== undefined && is !== undefined && was.version !== is.version;
  const [from, to] = [was?.value ?? null, is?.value ?? null];
  return {
    id,
    title,
    unit,
    target,
    before: was ? sideOf(was) : null,
    after: is ? sideOf(is) : null,
    difference: from === null || to === null || isRedefined ? null : subtract(to, from, decimals),
    isRedefined,
    isChanged: from !== to || was?.met !== is?.met || was?.absence !== is?.absence,
  };
}

function sideOf({ version, value, absence, met }: ReportedIndicator): ComparedFigure {
  return { version, value, absence, met };
}

/** Exact: both have the same decimals. */
function subtract(a: string, b: string, decimals: number): string {
  const scaled = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
  };
  const steps = scaled(a) - scaled(b);
  const text = (steps < 0n ? -steps : steps).toString().padStart(decimals + 1, '0');
  const number = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
  return steps < 0n ? `-${number}` : number;
}

/** Conditions whose value or state differs, school by school. */
export function compareConditions(before: Comparable, after: Comparable): ComparedCondition[] {
  const codes = new Set([...after.schools, ...before.schools].map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const was = before.schools.find((one) => one.code === code);
    const is = after.schools.find((one) => one.code === code);
    return compareSchool(was, is);
  });
}

function compareSchool(
  was: ReportedSchool | undefined,
  is: ReportedSchool | undefined,
): ComparedCondition[] {
  const known = is ?? was;
  if (!known) return [];
  const all = [...(is?.conditions ?? []), ...(was?.conditions ?? [])];
  const codes = [...new Set(all.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const [from, to] = [was, is].map((one) => one?.conditions.find((it) => it.code === code));
    const named = to ?? from;
    if (!named || (from?.value === to?.value && from?.state === to?.state)) return [];
    const side = (one: typeof from): ComparedCondition['before'] =>
      one ? { value: one.value, state: one.state } : null;
    const school = { code: known.code, name: known.name };
    const { title, unit } = named;
    return [{ school, code, title, unit, before: side(from), after: side(to) }];
  });
}
