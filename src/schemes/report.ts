import { hiddenRows, isSmall } from '#libs/indicators';

/** People, how many of them the rules of the scheme call eligible, and how many those compared. */
export interface Counts {
  readonly people: number;
  readonly now: number;
  readonly compared: number;
}

/**
 * What a simulation has seen so far. Its size follows schools and rules, never learners, and it is
 * JSON: after a crash it is read back and added to.
 */
export interface Report extends Counts {
  /** Eligible by the rules compared and not by those of the scheme; and the other way round. */
  readonly gained: number;
  readonly lost: number;
  /** Not to be said yet, by the rules of the scheme and by those compared. */
  readonly waitingNow: number;
  readonly waitingCompared: number;
  /** By the code of the school that posted the graduation. */
  readonly schools: Readonly<Record<string, Counts>>;
  /** By rule: people to whom it gives something; somebody of two rules counts in both. */
  readonly rules: Readonly<Record<string, Omit<Counts, 'people'>>>;
}

export const EMPTY_REPORT: Report = {
  people: 0,
  now: 0,
  compared: 0,
  gained: 0,
  lost: 0,
  waitingNow: 0,
  waitingCompared: 0,
  schools: {},
  rules: {},
};

/** What the rules say of one graduate. */
export interface Seen {
  /** Codes of the schools that posted a graduation of the year. */
  readonly schools: readonly string[];
  readonly now: Verdict;
  readonly compared: Verdict;
}

export interface Verdict {
  readonly status: 'eligible' | 'waiting' | 'not-eligible';
  /** The rules that make eligible. */
  readonly rules: readonly string[];
}

/** The report with some more people in it. */
export function withPeople(report: Report, people: readonly Seen[]): Report {
  return people.reduce(withPerson, report);
}

function withPerson(report: Report, { schools, now, compared }: Seen): Report {
  const [isNow, isCompared] = [now.status === 'eligible', compared.status === 'eligible'];
  const one: Counts = { people: 1, now: Number(isNow), compared: Number(isCompared) };
  const bySchool = { ...report.schools };
  for (const school of new Set(schools)) {
    bySchool[school] = plus(bySchool[school] ?? { people: 0, now: 0, compared: 0 }, one);
  }
  const byRule = { ...report.rules };
  for (const rule of new Set([...now.rules, ...compared.rules])) {
    const known = byRule[rule] ?? { now: 0, compared: 0 };
    byRule[rule] = {
      now: known.now + Number(now.rules.includes(rule)),
      compared: known.compared + Number(compared.rules.includes(rule)),
    };
  }
  return {
    ...plus(report, one),
    gained: report.gained + Number(isCompared && !isNow),
    lost: report.lost + Number(isNow && !isCompared),
    waitingNow: report.waitingNow + Number(now.status === 'waiting'),
    waitingCompared: report.waitingCompared + Number(compared.status === 'waiting'),
    schools: bySchool,
    rules: byRule,
  };
}

function plus(a: Counts, b: Counts): Counts {
  return { people: a.people + b.people, now: a.now + b.now, compared: a.compared + b.compared };
}

/** A report with small numbers left out; null stands for a number that is not told. */
export interface PublicReport {
  readonly people: number | null;
  readonly now: number | null;
  readonly compared: number | null;
  readonly schools: readonly { readonly school: string; readonly counts: PublicCounts | null }[];
  readonly rules: readonly {
    readonly rule: string;
    readonly counts: Omit<PublicCounts, 'people'> | null;
  }[];
}

/** Numbers as they are told; how many the rules compared call eligible perhaps not. */
export type PublicCounts = Omit<Counts, 'compared'> & { readonly compared: number | null };

/**
 * What the public may see: no number of fewer than ten people, and as many more left out as it takes
 * that none can be worked out. How many gained or lost is told to nobody but the authority, so where the
 * difference of the two numbers is small, the second is not told: of all, of every school, or of a rule.
 */
export function toPublic(report: Report): PublicReport {
  const schools = Object.entries(report.schools).toSorted(byKey);
  const rules = Object.entries(report.rules).toSorted(byKey);
  // How many are not eligible can be worked out too, so it is a column of its own.
  const hiddenSchools = hiddenRows(
    schools.map(([key, counts]) => ({ key, counts: columnsOf(counts) })),
  );
  const isHidden = columnsOf(report).some(isSmall);
  const isChangeHidden = isHidden || isChangeFew(report);
  const isAnyChangeFew = schools.some(([, counts]) => isChangeFew(counts));
  const tellRule = ({ now, compared }: Omit<Counts, 'people'>): boolean =>
    !isHidden && ![now, compared, report.now - now, report.compared - compared].some(isFew);
  return {
    people: isHidden ? null : report.people,
    now: isHidden ? null : report.now,
    compared: isChangeHidden ? null : report.compared,
    schools: schools.map(([school, counts]) => ({
      school,
      counts:
        isHidden || hiddenSchools.has(school)
          ? null
          : changeTold(counts, !isChangeHidden && !isAnyChangeFew),
    })),
    rules: rules.map(([rule, counts]) => ({
      rule,
      counts: tellRule(counts) ? changeTold(counts, !isChangeHidden && !isChangeFew(counts)) : null,
    })),
  };
}

function changeTold<C extends { readonly compared: number }>(counts: C, isTold: boolean) {
  return { ...counts, compared: isTold ? counts.compared : null };
}

function isChangeFew({ now, compared }: Omit<Counts, 'people'>): boolean {
  return isFew(Math.abs(compared - now));
}

function columnsOf({ people, now, compared }: Counts): bigint[] {
  return [people, now, people - now, compared, people - compared].map(BigInt);
}

function isFew(count: number): boolean {
  return isSmall(BigInt(count));
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
