import type { Span } from '../calendar.js';
import type { Stated } from '../statements.js';
import { type Fraction, add, cut, fraction, over, times } from './fraction.js';
import { inputOf } from './inputs.js';

/** Lines of a figure as they must be told, by name: `value`, `part person-times`, `input …`. */
export type Lines = ReadonlyMap<string, string | null>;

/** How often each cell was counted in a span. */
export type Cells = ReadonlyMap<string, number>;

const GROUPS = ['laid-off', 'graduate', 'older', 'disabled', 'veteran', 'rural'];
const KINDS = ['employment', 'upgrading', 'entrepreneurship', 'unknown'];
const WAYS = ['transfer', 'matched', 'exempt', 'other'];
const MODES = ['full-time', 'masters', 'overseas', 'evening', 'correspondence'];
const HIGH = ['level:1', 'level:2', 'level:3'];
const OTHER = ['level:4', 'level:5'];
const HOUR = 60n;

/** Every indicator of the plan as it must stand in a span. */
export function figuresOf(
  cells: Cells,
  stated: readonly Stated[],
  span: Span,
): ReadonlyMap<string, Lines> {
  const figures = new Figures(cells, stated, span);
  return new Map([
    ['training-per-student', figures.trainingPerStudent()],
    ['training-workload', figures.workload()],
    ['fte-students', figures.fteStudents()],
    ['secondary-onward', figures.onward()],
    ['skilled-workers', figures.skilledWorkers()],
    ['skilled-share', figures.skilledShare()],
    ['highly-skilled-share', figures.highlySkilled()],
    ['dual-qualified-teachers', figures.teachers()],
    ['pathway-pass', figures.gates()],
    ['programme-match', figures.programmes()],
    ['training-by-group', figures.byGroup()],
    ['training-by-kind', figures.byKind()],
    ['learners-from-elsewhere', figures.elsewhere()],
  ]);
}

class Figures {
  constructor(
    private readonly cells: Cells,
    private readonly stated: readonly Stated[],
    private readonly span: Span,
  ) {}

  trainingPerStudent(): Lines {
    const students = this.#input('students-in-school');
    return this.#told(over(this.#whole('person-times'), students), 2, {
      ...this.#parts('person-times'),
      ...inputLine('students-in-school', students),
    });
  }

  workload(): Lines {
    const hours = fraction(BigInt(this.#count('minutes')), HOUR);
    const ratio = this.#input('hours-per-fte');
    return this.#told(over(hours, ratio), 1, {
      ...this.#parts('person-times'),
      'amount hours': cut(hours, 2),
      ...this.#unknown('hours-unknown'),
      ...inputLine('hours-per-fte', ratio),
    });
  }

  fteStudents(): Lines {
    let sum: Fraction = fraction(0n);
    const lines: Record<string, string> = {};
    for (const mode of MODES) {
      const students = this.#input(`enrolment-${mode}`);
      const weight = this.#input(`coefficient-${mode}`);
      const amount = times(students ?? fraction(0n), weight ?? fraction(0n));
      sum = add(sum, amount);
      lines[`amount fte:${mode}`] = cut(amount, 2);
      Object.assign(lines, inputLine(`enrolment-${mode}`, students));
      Object.assign(lines, inputLine(`coefficient-${mode}`, weight));
    }
    return this.#told(sum, 1, lines);
  }

  onward(): Lines {
    const ways = WAYS.map((way) => `way:${way}`);
    const onward = this.#sum(ways);
    const graduates = onward + this.#count('way:none');
    return this.#told(percent(onward, graduates), 2, {
      'part graduates': String(graduates),
      'part onward': String(onward),
      ...this.#parts(...ways, 'way:none'),
      ...this.#unknown('graduates-late'),
      ...inputLine('secondary-graduates', this.#input('secondary-graduates')),
    });
  }

  skilledWorkers(): Lines {
    return this.#told(fraction(BigInt(this.#skilled())), 0, {
      ...this.#levels(),
      'part skilled-by-employment': String(this.#skilled()),
      ...this.#parts('employment:employed', 'employment:unknown'),
      ...this.#unknown('employment:unknown'),
    });
  }

  skilledShare(): Lines {
    const employed = this.#input('employed-population');
    return this.#told(over(fraction(BigInt(this.#skilled()) * 100n), employed), 2, {
      ...this.#levels(),
      ...this.#unknown('employment:unknown'),
      ...inputLine('employed-population', employed),
    });
  }

  highlySkilled(): Lines {
    return this.#told(percent(this.#sum(HIGH), this.#skilled()), 2, {
      ...this.#levels(),
      ...this.#unknown('employment:unknown'),
    });
  }

  teachers(): Lines {
    const all = this.#input('specialised-teachers');
    const counted = all === null ? 0 : Number(all.num / all.den);
    const recognised = this.#count('recognised');
    return this.#told(over(fraction(BigInt(recognised) * 100n), all), 2, {
      'part teachers': String(Math.max(counted, recognised)),
      ...this.#parts('recognised'),
      ...(counted > recognised && { 'part not-recognised': String(counted - recognised) }),
      ...inputLine('specialised-teachers', all),
    });
  }

  gates(): Lines {
    const sums = ['passed', 'failed'].map((result) => {
      const cells = ['3-2', 'five-year'].map((pathway) => `${result}:${pathway}`);
      return { result, cells, sum: this.#sum(cells) };
    });
    const [passed, known] = [sums[0]?.sum ?? 0, sums.reduce((all, { sum }) => all + sum, 0)];
    return this.#told(percent(passed, known), 2, {
      'part gate-known': String(known),
      ...Object.fromEntries(sums.map(({ result, sum }) => [`part gate-${result}`, String(sum)])),
      ...this.#parts(...sums.flatMap(({ cells }) => cells)),
      ...this.#unknown('result-unknown'),
    });
  }

  programmes(): Lines {
    const [offered, matched] = ['programmes-offered', 'programmes-matched'].map((code) =>
      this.#input(code),
    );
    const value = over(times(matched ?? fraction(0n), fraction(100n)), offered ?? null);
    return this.#told(value, 2, {
      ...inputLine('programmes-offered', offered ?? null),
      ...inputLine('programmes-matched', matched ?? null),
    });
  }

  byGroup(): Lines {
    const groups = GROUPS.map((group) => `group:${group}`);
    return this.#told(this.#whole('in-groups'), 0, {
      ...this.#parts('person-times', 'in-groups', 'group:none', 'group:unknown', ...groups),
      ...this.#unknown('group:unknown'),
    });
  }

  byKind(): Lines {
    const kinds = KINDS.map((kind) => `kind:${kind}`);
    const paid = ['yes', 'no', 'unknown'].map((word) => `subsidised:${word}`);
    return this.#told(this.#whole('person-times'), 0, {
      ...this.#parts('person-times', ...kinds, ...paid),
      'part person-times-paid': String(this.#count('person-times')),
      ...this.#unknown('kind:unknown', 'subsidised:unknown'),
    });
  }

  elsewhere(): Lines {
    const places = [...this.cells.keys()]
      .filter((cell) => cell.startsWith('origin:'))
      .filter((cell) => cell !== 'origin:local' && cell !== 'origin:unknown');
    const isRegion = (cell: string): boolean => cell.startsWith('origin:CN-');
    const regions = this.#sum(places.filter(isRegion));
    const countries = this.#sum(places.filter((cell) => !isRegion(cell)));
    const both = ['chinese-and-skill', 'not-chinese-and-skill'];
    return this.#told(fraction(BigInt(regions + countries)), 0, {
      ...this.#parts('learners', 'origin:local', 'origin:unknown', ...places, ...both),
      'part elsewhere': String(regions + countries),
      'part other-regions': String(regions),
      'part countries': String(countries),
      'part learners-by-document': String(this.#count('learners')),
      'part alternative-documents': String(this.#sum(both)),
      ...this.#parts('resident-ids'),
      ...this.#unknown('origin:unknown'),
    });
  }

  #levels(): Record<string, string> {
    return {
      'part skilled': String(this.#skilled()),
      'part highly-skilled': String(this.#sum(HIGH)),
      'part other-skilled': String(this.#sum(OTHER)),
      ...this.#parts(...HIGH, ...OTHER),
    };
  }

  #skilled(): number {
    return this.#sum([...HIGH, ...OTHER]);
  }

  #told(value: Fraction | null, decimals: number, lines: Record<string, string>): Lines {
    return new Map([['value', value && cut(value, decimals)], ...Object.entries(lines)]);
  }

  #parts(...cells: readonly string[]): Record<string, string> {
    return Object.fromEntries(cells.map((cell) => [`part ${cell}`, String(this.#count(cell))]));
  }

  #unknown(...cells: readonly string[]): Record<string, string> {
    return Object.fromEntries(cells.map((cell) => [`unknown ${cell}`, String(this.#count(cell))]));
  }

  #whole(cell: string): Fraction {
    return fraction(BigInt(this.#count(cell)));
  }

  #sum(cells: readonly string[]): number {
    return cells.reduce((sum, cell) => sum + this.#count(cell), 0);
  }

  #count(cell: string): number {
    return this.cells.get(cell) ?? 0;
  }

  #input(code: string): Fraction | null {
    return inputOf(this.stated, code, this.span);
  }
}

function percent(part: number, whole: number): Fraction | null {
  return over(fraction(BigInt(part) * 100n), fraction(BigInt(whole)));
}

function inputLine(code: string, value: Fraction | null): Record<string, string> {
  if (value === null) return { [`missing ${code}`]: code };
  const text = cut(value, 6).replace(/\.?0+$/, '');
  return { [`input ${code}`]: text };
}
