import { type Rational, add, multiply, rational } from '#libs/credit';
import { GROUPS, LOCAL, TRAINING_KINDS } from './circumstances.js';
import { UNKNOWN } from './facts.js';
import type { Amount, Counted, Figure, FigureSource, Sum } from './figures.js';
import { STUDY_MODES } from './inputs.js';
import type { Cell } from './suppression.js';

/** Which function counts which indicator. */
export const COUNTERS: Readonly<Record<string, (source: FigureSource) => Counted>> = {
  'training-per-student': (source) => {
    const table = leaf('person-times', count(source.sums('training')));
    return perInput(source, { table, code: 'students-in-school', factor: 1n });
  },
  'training-workload': trainingWorkload,
  'fte-students': fteStudents,
  'secondary-onward': secondaryOnward,
  'skilled-workers': (source) => {
    const { table, byEmployment, unknown } = skilledOf(source);
    const tables = [table, byEmployment];
    return { value: rational(table.count), tables, unknown, reveals: ['skilled'] };
  },
  'skilled-share': (source) => {
    const { table, unknown } = skilledOf(source);
    return { ...perInput(source, { table, code: 'employed-population', factor: 100n }), unknown };
  },
  'highly-skilled-share': (source) => {
    const { table, unknown } = skilledOf(source);
    const high = table.cells?.[0]?.count ?? 0n;
    const reveals = ['skilled', 'highly-skilled'];
    return { value: percent(high, table.count), tables: [table], unknown, reveals };
  },
  'dual-qualified-teachers': dualQualified,
  'pathway-pass': pathwayPass,
  'programme-match': programmeMatch,
  'training-by-group': trainingByGroup,
  'training-by-kind': trainingByKind,
  'learners-from-elsewhere': learnersFromElsewhere,
};

function trainingWorkload(source: FigureSource): Counted {
  const sums = source.sums('training');
  const minutes = sums.reduce((total, sum) => total + sum.minutes, 0n);
  const table = leaf('person-times', count(sums));
  const hours = rational(minutes, 60n);
  const ratio = source.input('hours-per-fte');
  const isUsable = ratio !== null && ratio.value.num > 0n;
  return {
    value: isUsable ? divide(hours, ratio.value) : null,
    absence: isUsable ? null : 'input-missing',
    tables: [table],
    amounts: [{ key: 'hours', value: hours }],
    unknown: [
      { key: 'hours-unknown', count: count(sums, ({ category }) => at(category, 3) === UNKNOWN) },
    ],
    inputs: ratio ? [ratio] : [],
    reveals: ['person-times'],
  };
}

function fteStudents(source: FigureSource): Counted {
  const inputs = STUDY_MODES.flatMap((mode) => [
    source.input(`enrolment-${mode}`),
    source.input(`coefficient-${mode}`),
  ]);
  const missing = STUDY_MODES.map((mode) => `enrolment-${mode}`).filter(
    (code) => source.input(code) === null,
  );
  const amounts = STUDY_MODES.flatMap((mode): Amount[] => {
    const students = source.input(`enrolment-${mode}`);
    const weight = source.input(`coefficient-${mode}`);
    if (!students || !weight) return [];
    return [{ key: `fte:${mode}`, value: multiply(students.value, weight.value) }];
  });
  const value =
    missing.length > 0 ? null : amounts.reduce((sum, one) => add(sum, one.value), rational(0n));
  return {
    value,
    absence: value ? null : 'input-missing',
    tables: [],
    amounts,
    inputs: inputs.filter((input) => input !== null),
    missing,
  };
}

const WAYS = ['transfer', 'matched', 'exempt', 'other'] as const;

function secondaryOnward(source: FigureSource): Counted {
  const sums = source.sums('graduate');
  const ways = WAYS.map((way) =>
    leaf(
      `way:${way}`,
      count(sums, ({ category }) => category === way),
    ),
  );
  const onward = branch('onward', ways);
  const none = leaf(
    'way:none',
    count(sums, ({ category }) => category === 'none'),
  );
  const table = branch('graduates', [onward, none]);
  const stated = source.input('secondary-graduates');
  return {
    value: percent(onward.count, table.count),
    tables: [table],
    unknown: [{ key: 'graduates-late', count: source.lateGraduates }],
    inputs: stated ? [stated] : [],
    missing: stated ? [] : ['secondary-graduates'],
    reveals: ['graduates', 'onward', 'way:none'],
  };
}

/** Everybody with a valid level who is not stated to be without work. */
function skilledOf(source: FigureSource): {
  table: Cell;
  byEmployment: Cell;
  unknown: Figure['unknown'];
} {
  const sums = source.sums('skilled').filter(({ category }) => at(category, 1) !== 'not-employed');
  const levels = (list: readonly string[]): Cell[] =>
    list.map((level) =>
      leaf(
        `level:${level}`,
        count(sums, ({ category }) => at(category, 0) === level),
      ),
    );
  const table = branch('skilled', [
    branch('highly-skilled', levels(['1', '2', '3'])),
    branch('other-skilled', levels(['4', '5'])),
  ]);
  const stated = (word: string): Cell =>
    leaf(
      `employment:${word}`,
      count(sums, ({ category }) => at(category, 1) === word),
    );
  const unsaid = stated(UNKNOWN);
  return {
    table,
    byEmployment: branch('skilled-by-employment', [stated('employed'), unsaid]),
    unknown: [{ key: unsaid.key, count: unsaid.count }],
  };
}

function dualQualified(source: FigureSource): Counted {
  const held = count(source.sums('dual-qualified'));
  const teachers = source.input('specialised-teachers');
  const all = teachers ? teachers.value.num / teachers.value.den : 0n;
  // Where more are recognised than were counted, one of the two is old; the figure shows it.
  const others = all > held ? [leaf('not-recognised', all - held)] : [];
  const table = branch('teachers', [leaf('recognised', held), ...others]);
  return {
    value: teachers ? percent(held, all) : null,
    absence: teachers ? (all === 0n ? 'nobody-counted' : null) : 'input-missing',
    tables: [table],
    inputs: teachers ? [teachers] : [],
    missing: teachers ? [] : ['specialised-teachers'],
    reveals: ['recognised', 'not-recognised'],
  };
}

function pathwayPass(source: FigureSource): Counted {
  const sums = source.sums('gate');
  const cells = (result: string): Cell =>
    branch(
      `gate-${result}`,
      ['3-2', 'five-year'].map((pathway) =>
        leaf(
          `${result}:${pathway}`,
          count(sums, ({ category }) => category === `${pathway}|${result}`),
        ),
      ),
    );
  const [passed, failed] = [cells('passed'), cells('failed')];
  const unsaid = count(sums, ({ category }) => at(category, 1) === UNKNOWN);
  return {
    value: percent(passed.count, passed.count + failed.count),
    tables: [branch('gate-known', [passed, failed])],
    unknown: [{ key: 'result-unknown', count: unsaid }],
    reveals: ['gate-known', 'gate-passed', 'gate-failed'],
  };
}

function programmeMatch(source: FigureSource): Counted {
  const offered = source.input('programmes-offered');
  const matched = source.input('programmes-matched');
  const isKnown = offered !== null && matched !== null && offered.value.num > 0n;
  const codes = ['programmes-offered', 'programmes-matched'];
  return {
    value: isKnown ? multiply(divide(matched.value, offered.value), rational(100n)) : null,
    absence: isKnown ? null : 'input-missing',
    tables: [],
    inputs: [offered, matched].filter((input) => input !== null),
    missing: codes.filter((code) => source.input(code) === null),
  };
}

function trainingByGroup(source: FigureSource): Counted {
  const sums = source.sums('training');
  const total = count(sums);
  const groupsOf = ({ category }: Sum): string[] => at(category, 2).split('+');
  const none = leaf(
    'group:none',
    count(sums, (sum) => at(sum.category, 2) === 'none'),
  );
  const unsaid = leaf(
    'group:unknown',
    count(sums, (sum) => at(sum.category, 2) === UNKNOWN),
  );
  const within = leaf('in-groups', total - none.count - unsaid.count);
  // Groups overlap, so each is a table of its own: those in it and the rest.
  const groups = GROUPS.map((group) => {
    const inIt = count(sums, (sum) => groupsOf(sum).includes(group));
    return {
      key: `rest-of-group:${group}`,
      count: total,
      cells: [leaf(`group:${group}`, inIt), leaf(`not-in-group:${group}`, total - inIt)],
    };
  });
  return {
    value: rational(within.count),
    tables: [branch('person-times', [within, none, unsaid]), ...groups],
    unknown: [{ key: 'group:unknown', count: unsaid.count }],
    reveals: ['in-groups'],
  };
}

function trainingByKind(source: FigureSource): Counted {
  const sums = source.sums('training');
  const cells = (place: number, prefix: string, values: readonly string[]): Cell[] =>
    values.map((value) =>
      leaf(
        `${prefix}:${value}`,
        count(sums, ({ category }) => at(category, place) === value),
      ),
    );
  const kinds = branch('person-times', cells(0, 'kind', [...TRAINING_KINDS, UNKNOWN]));
  const paid = branch('person-times-paid', cells(1, 'subsidised', ['yes', 'no', UNKNOWN]));
  const unsaid = (table: Cell): bigint => table.cells?.at(-1)?.count ?? 0n;
  return {
    value: rational(kinds.count),
    tables: [kinds, paid],
    unknown: [
      { key: 'kind:unknown', count: unsaid(kinds) },
      { key: 'subsidised:unknown', count: unsaid(paid) },
    ],
    reveals: ['person-times'],
  };
}

function learnersFromElsewhere(source: FigureSource): Counted {
  const measure = source.period.kind === 'year' ? 'learner-year' : 'learner-school-year';
  const sums = source.sums(measure);
  const originOf = ({ category }: Sum): string => at(category, 0);
  const origins = [...new Set(sums.map(originOf))].sort();
  const from = (origin: string): Cell =>
    leaf(
      `origin:${origin}`,
      count(sums, (sum) => originOf(sum) === origin),
    );
  const places = origins.filter((origin) => origin !== LOCAL && origin !== UNKNOWN);
  const regions = branch('other-regions', places.filter((one) => one.startsWith('CN-')).map(from));
  const countries = branch('countries', places.filter((one) => !one.startsWith('CN-')).map(from));
  const elsewhere = branch('elsewhere', [regions, countries]);
  const learners = branch('learners', [elsewhere, from(LOCAL), from(UNKNOWN)]);
  const both = (word: string): bigint =>
    count(sums, ({ category }) => at(category, 1) === 'alternative' && at(category, 2) === word);
  const alternative = branch('alternative-documents', [
    leaf('chinese-and-skill', both('both')),
    leaf('not-chinese-and-skill', both('not-both')),
  ]);
  const rest = leaf('resident-ids', learners.count - alternative.count);
  return {
    value: rational(elsewhere.count),
    tables: [learners, branch('learners-by-document', [alternative, rest])],
    unknown: [{ key: 'origin:unknown', count: from(UNKNOWN).count }],
    reveals: ['elsewhere'],
  };
}

/** A number of people over a figure from outside. */
function perInput(
  source: FigureSource,
  { table, code, factor }: { table: Cell; code: string; factor: bigint },
): Counted {
  const input = source.input(code);
  const isUsable = input !== null && input.value.num > 0n;
  return {
    value: isUsable ? divide(rational(table.count * factor), input.value) : null,
    absence: isUsable ? null : 'input-missing',
    tables: [table],
    inputs: input ? [input] : [],
    missing: input ? [] : [code],
    reveals: [table.key],
  };
}

function leaf(key: string, number: bigint): Cell {
  return { key, count: number };
}

function branch(key: string, cells: readonly Cell[]): Cell {
  return { key, count: cells.reduce((sum, cell) => sum + cell.count, 0n), cells };
}

function count(sums: readonly Sum[], isWanted: (sum: Sum) => boolean = () => true): bigint {
  return sums.reduce((total, sum) => (isWanted(sum) ? total + sum.count : total), 0n);
}

function at(category: string, place: number): string {
  return category.split('|')[place] ?? '';
}

function percent(part: bigint, whole: bigint): Rational | null {
  return whole === 0n ? null : rational(part * 100n, whole);
}

function divide(a: Rational, b: Rational): Rational {
  return multiply(a, rational(b.den, b.num));
}
