import { addMonths, previousDay } from '#libs/credit';
import type { Change, Finding, LearnerFacts, OutcomeFact, PriorGrant } from '../src/index.js';
import type { Words } from './words.js';

/** Chooses one of several: how a person does what nobody told them how to do. */
export type Choose = <T>(options: readonly T[]) => T;

interface Doing {
  readonly words: Words;
  readonly on: string;
  readonly choose: Choose;
}

/**
 * Does what a list of changes says, and nothing else: as a person who reads the list and knows the
 * scales of the document, and takes any value that fits. What is not said of a new outcome is anything.
 */
export function doWhatIsSaid(
  facts: LearnerFacts,
  changes: readonly Change[],
  doing: Doing,
): LearnerFacts {
  const lots = groups(
    changes.filter(({ lot }) => lot !== null),
    ({ lot }) => lot,
  );
  const fresh = groups(
    changes.filter(({ newOutcome }) => newOutcome !== undefined),
    ({ newOutcome }) => newOutcome,
  );
  const about = changes.filter(({ lot, newOutcome }) => lot === null && newOutcome === undefined);
  const findings: Finding[] = [];
  const changed = facts.outcomes.map((fact) => {
    const own = lots.find(([change]) => change?.lot === fact.lot);
    return own ? withValues(fact, own, doing, findings) : fact;
  });
  const added = fresh.map((group, index) => {
    const start = somethingNew(facts, group, `said ${index}`, doing);
    const fact = withValues(start, group, doing, findings);
    const isWorth = fact.credits !== null;
    return { ...fact, state: isWorth ? 'available' : 'registered' } as const;
  });
  const learner = about.reduce((now, change) => withLearner(now, change, doing), facts);
  const known = facts.findings.filter(
    (old) =>
      !findings.some(
        ({ what, lot, course }) => what === old.what && lot === old.lot && course === old.course,
      ),
  );
  return { ...learner, outcomes: [...changed, ...added], findings: [...known, ...findings] };
}

function groups<K>(changes: readonly Change[], keyOf: (change: Change) => K): Change[][] {
  const byKey = new Map<K, Change[]>();
  for (const change of changes) {
    byKey.set(keyOf(change), [...(byKey.get(keyOf(change)) ?? []), change]);
  }
  return [...byKey.values()];
}

/** Of a new outcome only what the list says is certain. */
function somethingNew(
  facts: LearnerFacts,
  group: readonly Change[],
  lot: string,
  { words, on, choose }: Doing,
): OutcomeFact {
  const said = (kind: Change['kind']): string[] =>
    group.filter((change) => change.kind === kind).map(({ wanted }) => wanted);
  const oneOf = <T extends string>(kind: Change['kind'], all: readonly T[]): T => {
    const [list] = said(kind);
    return choose(list === undefined ? all : (list.split(' | ') as T[]));
  };
  const [outcome] = group.filter(({ kind }) => kind === 'outcome');
  if (!outcome) throw new Error('values of a new outcome without the outcome');
  const titles = facts.outcomes.map(({ title }) => title);
  const credits = choose([null, '0', '0.5', '30']);
  return {
    lot,
    outcome: choose(outcome.outcomes.length > 0 ? outcome.outcomes : codes(said('code'), words)),
    title: said('name').length > 0 ? `unheard ${lot}` : choose(['another', ...titles]),
    source: oneOf('source', words.sources),
    kind: oneOf('kind', words.kinds),
    category: oneOf('category', words.categories),
    issuer: oneOf('issuer', words.issuers),
    ...gradeOf(words, choose),
    ...levelOf(words, choose),
    credits,
    available: credits ?? '0',
    hours: choose([null, '0', '8', '400']),
    attendancePercent: choose([null, '0', '100']),
    completed: choose(['', '1999', on.slice(0, 7), '2031-02-03']),
    deposited: choose([null, on]),
    expiresOn: null,
    state: 'registered',
    usedFor: [],
  };
}

const NO_SCALE: readonly [string, readonly string[]] = ['', []];

function gradeOf(
  { scales }: Words,
  choose: Choose,
): Pick<OutcomeFact, 'grade' | 'gradeScale' | 'passGrade'> {
  const [name, values] = choose([NO_SCALE, ...scales]);
  if (values.length === 0) return { grade: null, gradeScale: null, passGrade: null };
  return { grade: choose(values), gradeScale: name, passGrade: choose([null, ...values]) };
}

function levelOf({ scales }: Words, choose: Choose): Pick<OutcomeFact, 'level' | 'levelScale'> {
  const [name, values] = choose([NO_SCALE, ...scales]);
  if (values.length === 0) return { level: null, levelScale: null };
  return { level: choose(values), levelScale: name };
}

/** Codes of outcomes of which only the beginning was said, or which they must not have. */
function codes(said: readonly string[], words: Words): string[] {
  const prefix = said.find((each) => each.endsWith('*'))?.slice(0, -1) ?? '';
  const not =
    said
      .find((each) => each.startsWith('not '))
      ?.slice(4)
      .split(' | ') ?? [];
  const fitting = words.codes.filter((code) => code.startsWith(prefix) && !not.includes(code));
  return [...fitting, `${prefix}OTHER`];
}

function withValues(
  fact: OutcomeFact,
  group: readonly Change[],
  doing: Doing,
  findings: Finding[],
): OutcomeFact {
  const wanted = (...kinds: Change['kind'][]): Change[] =>
    group.filter(({ kind }) => kinds.includes(kind));
  for (const about of groups(wanted('finding'), ({ finding, course }) => `${finding} ${course}`)) {
    const [first] = about;
    if (first?.finding === undefined) throw new Error('a finding without a name');
    const value = doing.choose(sharesFor(about.map((change) => change.wanted)));
    findings.push({ what: first.finding, lot: fact.lot, course: first.course ?? null, value });
  }
  return {
    ...fact,
    ...graded(wanted('grade'), fact, doing),
    ...levelled(wanted('level'), doing),
    ...measured(wanted('hours', 'credits', 'hours-per-credit'), fact, doing),
    ...attended(wanted('attendance'), doing),
    ...completed(wanted('completed'), doing),
  };
}

/** Values on the scale that is named which are all that is wanted. */
function onScale(changes: readonly Change[], { words, choose }: Doing): [string, string] {
  const bounds = changes.map(({ wanted }) => /^(>=|<|=) (.*) \(([^()]*)\)$/.exec(wanted));
  const scale = bounds[0]?.[3] ?? '';
  const values = words.scales.get(scale) ?? [];
  const fitting = values.filter((_, place) =>
    bounds.every((bound) => {
      const limit = values.indexOf(bound?.[2] ?? '');
      if (limit < 0) throw new Error(`no limit in ${JSON.stringify(changes)}`);
      if (bound?.[1] === '=') return place === limit;
      return bound?.[1] === '<' ? place < limit : place >= limit;
    }),
  );
  return [choose(fitting), scale];
}

function graded(changes: readonly Change[], fact: OutcomeFact, doing: Doing): Partial<OutcomeFact> {
  const bounds = changes.filter(({ wanted }) => wanted !== 'passed');
  const isPassed = bounds.length < changes.length;
  if (changes.length === 0) return {};
  const scales = [...doing.words.scales].filter(([, values]) => values.length > 0);
  const [name, values] = doing.choose(scales);
  const [grade, gradeScale] =
    bounds.length > 0 ? onScale(bounds, doing) : [doing.choose(values), name];
  if (!isPassed) return { grade, gradeScale };
  const all = doing.words.scales.get(gradeScale) ?? [];
  return { grade, gradeScale, passGrade: doing.choose(all.slice(0, all.indexOf(grade) + 1)) };
}

function levelled(changes: readonly Change[], doing: Doing): Partial<OutcomeFact> {
  if (changes.length === 0) return {};
  const [level, levelScale] = onScale(changes, doing);
  return { level, levelScale };
}

/** Hours and credits together: what is asked of one of them may speak of both. */
function measured(
  changes: readonly Change[],
  fact: OutcomeFact,
  { choose }: Doing,
): Partial<OutcomeFact> {
  if (changes.length === 0) return {};
  const limits = changes.map(({ kind, wanted }) => {
    const [, sign = '', value = ''] = /^(>=|<=|\+) (.*)$/.exec(wanted) ?? [];
    return { kind, sign, value: Number(value) };
  });
  const isAsked = (kind: Change['kind']): boolean => limits.some((limit) => limit.kind === kind);
  const isRatio = isAsked('hours-per-credit');
  const least = (kind: Change['kind']): number[] =>
    limits.filter((limit) => limit.kind === kind).map(({ value }) => value);
  const free = (text: string | null): number[] => (text === null ? [] : [Number(text)]);
  const ratios = least('hours-per-credit');
  const credits = [...least('credits'), ...free(fact.credits), ...(isRatio ? [1, 2, 40] : [])];
  const hours = [
    ...least('hours'),
    ...free(fact.hours),
    ...credits.flatMap((each) => ratios.map((ratio) => each * ratio)),
  ];
  const options = [...credits, null].flatMap((worth) =>
    [...hours, null].map((time) => ({ worth, time })),
  );
  const fitting = options.filter(({ worth, time }) =>
    limits.every(({ kind, sign, value }) => {
      if (kind === 'hours') return time !== null && time >= value;
      if (kind === 'credits') return worth !== null && worth >= value;
      if (!worth || time === null) return false;
      return sign === '>=' ? time / worth >= value : time / worth <= value;
    }),
  );
  const { worth, time } = choose(fitting);
  const isNew = fact.usedFor.length === 0 && fact.credits === fact.available;
  return {
    ...((isRatio || isAsked('hours')) && { hours: time === null ? null : String(time) }),
    ...((isRatio || isAsked('credits')) && {
      credits: worth === null ? null : String(worth),
      ...((isNew || fact.credits === null) && { available: worth === null ? '0' : String(worth) }),
    }),
  };
}

function attended(changes: readonly Change[], { choose }: Doing): Partial<OutcomeFact> {
  const limits = changes.map(({ wanted }) => Number(/^>= (.*) %$/.exec(wanted)?.[1]));
  if (limits.length === 0) return {};
  return { attendancePercent: choose([String(Math.max(...limits)), '100']) };
}

function completed(changes: readonly Change[], { on, choose }: Doing): Partial<OutcomeFact> {
  if (changes.length === 0) return {};
  const spans = changes.map(({ wanted }) => spanOf(wanted, on));
  const days = spans.flatMap(({ from, to }) => [from, to]).filter((day) => day !== '');
  const fitting = [...days, on].filter((day) =>
    spans.every(({ from, to }) => from <= day && (to === '' || day <= to)),
  );
  return { completed: choose(fitting) };
}

/** First and last day of what is wanted; an empty text where it has none. */
function spanOf(wanted: string, on: string): { from: string; to: string } {
  const [, years] = /^within (\d+) years$/.exec(wanted) ?? [];
  if (years !== undefined) return { from: addMonths(on, -12 * Number(years)), to: '' };
  const [, from, to] = /^([\d-]+)\.\.([\d-]*)$/.exec(wanted) ?? [];
  if (from !== undefined) return { from, to: to ?? '' };
  const [, sign, day = ''] = /^(>=|<=|<) ([\d-]+)$/.exec(wanted) ?? [];
  if (sign === undefined) throw new Error(`no day in ${wanted}`);
  if (sign === '>=') return { from: day, to: '' };
  return { from: '', to: sign === '<' ? previousDay(day) : day };
}

/** Shares that are all that is wanted. */
function sharesFor(wanted: readonly string[]): string[] {
  const valueOf = (text: string): number => {
    const [num = '', den = '1'] = text.split('/');
    return Number(num) / Number(den);
  };
  const limits = wanted.map((each) => /^(>=|<) (.*)$/.exec(each));
  const options = ['0', '100', ...limits.map((limit) => limit?.[2] ?? '')];
  return options.filter((option) =>
    limits.every((limit) => {
      const isAbove = valueOf(option) >= valueOf(limit?.[2] ?? '');
      return limit?.[1] === '>=' ? isAbove : !isAbove;
    }),
  );
}

function withLearner(facts: LearnerFacts, change: Change, { on }: Doing): LearnerFacts {
  const { kind, wanted } = change;
  if (kind === 'age') {
    const born = addMonths(on, -12 * Number(/^>= (\d+)$/.exec(wanted)?.[1]));
    return { ...facts, born: facts.born !== null && facts.born < born ? facts.born : born };
  }
  if (kind === 'enrolment') return { ...facts, enrolledIn: [...facts.enrolledIn, wanted] };
  if (kind === 'recognised') return { ...facts, granted: [...facts.granted, grantOf(wanted)] };
  throw new Error(`nobody knows how to change ${kind}`);
}

function grantOf(course: string): PriorGrant {
  return {
    rule: 'said',
    course,
    elective: null,
    category: null,
    credits: '1',
    sources: [],
    issuers: [],
    uses: [{ lot: 'long ago' }],
  };
}
