import { Chance } from './chance.js';
import type { District, Offer } from './district.js';
import type { Completion, Learner } from './learner.js';
import { checkDigit } from './person.js';

export const HEAD =
  '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,成绩,学时,出勤率,重点群体,培训类别,是否享受补贴,就业状况,来源地';

/** What the bank must say to a row: nothing, that it stands there already, or what is wrong. */
export type Verdict = 'fit' | 'known' | Fault;

type Fault =
  | 'resident-id-check-digit'
  | 'unknown-outcome'
  | 'outcome-of-another-institution'
  | 'date-impossible'
  | 'date-in-future'
  | 'date-malformed'
  | 'grade-not-on-scale'
  | 'word-unknown'
  | 'value-missing'
  | 'name-mismatch'
  | 'duplicate-in-file'
  | 'completion-conflict';

export interface Cells {
  readonly externalId: string;
  readonly name: string;
  readonly kind: string;
  readonly number: string;
  readonly outcome: string;
  readonly on: string;
  readonly grade: string;
  readonly rest: string;
  readonly origin: string;
}

/** A row of a file. */
export interface Row {
  readonly house: string;
  /** What an institution sends at first, or what it sends later. */
  readonly round: 'first' | 'later';
  readonly cells: Cells;
  readonly verdict: Verdict;
}

/** How often something goes wrong with a row. */
const SPOILED = 0.006;
const TWICE = 0.002;
const SENT_AGAIN = 0.002;
const CONTRADICTED = 0.001;
/** Of spoiled rows, those that the institution sends again as they should be. */
const MENDED = 0.6;
/** Other spellings of the same. */
const VARIANT = 0.03;

/**
 * What institutions write about a learner: at first, and later again rows that were wrong, rows that
 * they have sent before, and some that contradict them. A pure function of seed and learner.
 */
export class Clerk {
  constructor(
    private readonly district: District,
    private readonly seed: number,
  ) {}

  /** The rows, and what the bank must have accepted in the end. */
  write(learner: Learner): { rows: Row[]; accepted: Completion[] } {
    const chance = new Chance('clerk', this.seed, learner.index);
    const accepted: Completion[] = [];
    const rows: Row[] = [];
    const goodBefore = new Set<string>();
    for (const completion of inOrderOfHouses(learner.completions)) {
      const { house } = completion;
      const right = cellsOf(learner, completion);
      const add = (round: Row['round'], cells: Cells, verdict: Verdict): void => {
        rows.push({ house, round, cells, verdict });
      };
      if (chance.isLucky(SPOILED)) {
        const { cells, fault } = this.#spoiled(learner, completion, { chance, goodBefore });
        add('first', cells, fault);
        if (!chance.isLucky(MENDED)) continue;
        add('later', right, 'fit');
        accepted.push(completion);
        continue;
      }
      const cells = varied(right, chance);
      add('first', cells, 'fit');
      accepted.push(completion);
      goodBefore.add(house);
      if (chance.isLucky(TWICE)) add('first', cells, 'duplicate-in-file');
      else if (chance.isLucky(SENT_AGAIN)) add('later', right, 'known');
      else if (chance.isLucky(CONTRADICTED)) {
        const other = { ...completion, hours: (completion.hours ?? 100) + 1 };
        add('later', cellsOf(learner, other), 'completion-conflict');
      }
    }
    return { rows, accepted };
  }

  #spoiled(
    learner: Learner,
    completion: Completion,
    { chance, goodBefore }: { chance: Chance; goodBefore: ReadonlySet<string> },
  ): { cells: Cells; fault: Fault } {
    const cells = cellsOf(learner, completion);
    const { offer, house } = completion;
    const ways: [Fault, Partial<Cells>][] = [
      ['unknown-outcome', { outcome: `${offer.code}-OLD` }],
      ['date-impossible', { on: '2025-02-30' }],
      ['date-in-future', { on: '2199-01-01' }],
      ['date-malformed', { on: '去年夏天' }],
      ['word-unknown', { origin: '火星' }],
      ['value-missing', { externalId: '' }],
    ];
    if (learner.document.kind === 'resident-id') {
      ways.push(['resident-id-check-digit', { number: miscounted(learner.document.number) }]);
    }
    if (offer.scale === 'percent') ways.push(['grade-not-on-scale', { grade: '101' }]);
    // A name contradicts what the file said of the same person before.
    if (goodBefore.has(house)) ways.push(['name-mismatch', { name: `${learner.name}错` }]);
    const foreign = this.#offerOfOthers(house, chance);
    if (foreign) ways.push(['outcome-of-another-institution', { outcome: foreign.code }]);
    const [fault, over] = chance.pick(ways);
    return { cells: { ...cells, ...over }, fault };
  }

  #offerOfOthers(house: string, chance: Chance): Offer | undefined {
    const others = this.district.offers;
    const from = chance.between(0, others.length - 1);
    const around = [...others.slice(from), ...others.slice(0, from)];
    return around.find(({ owner, isForMembers }) => owner !== house && !isForMembers);
  }
}

/** A learner's rows of one institution stand together. */
function inOrderOfHouses(completions: readonly Completion[]): Completion[] {
  const houses = [...new Set(completions.map(({ house }) => house))];
  return houses.flatMap((code) => completions.filter(({ house }) => house === code));
}

function cellsOf({ name, document }: Learner, completion: Completion): Cells {
  const { externalId, offer, on, grade, hours, attendance, said } = completion;
  const paid = said.subsidised === null ? '' : said.subsidised ? '是' : '否';
  const groups = said.groups === null ? '' : said.groups.join(';') || '无';
  const rest = [
    hours ?? '',
    attendance ?? '',
    groups,
    said.trainingKind ?? '',
    paid,
    said.employment ?? '',
  ];
  return {
    externalId,
    name,
    kind: document.kind === 'passport' ? '护照' : '居民身份证',
    number: document.number,
    outcome: offer.code,
    on,
    grade: grade ?? '',
    rest: rest.join(','),
    origin: said.origin ?? '',
  };
}

/** The same said otherwise, as people type it. */
function varied(cells: Cells, chance: Chance): Cells {
  if (!chance.isLucky(VARIANT)) return cells;
  const { name, number, on } = cells;
  return chance.pick<Cells>([
    { ...cells, name: [...name].length === 2 ? `${name[0]}\u3000${name[1]}` : ` ${name} ` },
    { ...cells, number: number.toLowerCase() },
    { ...cells, on: on.replaceAll('-', '/') },
    { ...cells, on: on.replaceAll('-', '.') },
  ]);
}

function miscounted(number: string): string {
  const wrong = checkDigit(number.slice(0, 17)) === '7' ? '3' : '7';
  return number.slice(0, 17) + wrong;
}

export function lineOf({
  externalId,
  name,
  kind,
  number,
  outcome,
  on,
  grade,
  rest,
  origin,
}: Cells): string {
  return `${externalId},${name},${kind},${number},${outcome},${on},${grade},${rest},${origin}`;
}
