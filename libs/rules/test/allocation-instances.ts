import type {
  AllocationCandidate,
  AllocationChoice,
  AllocationProblem,
} from '../src/allocate/allocation.js';

/** Half a credit in thousandths: the smallest amount of these instances. */
const HALF = 500;

/** Which caps limit the learner: a total, two categories and a year, or all eleven at once. */
export type CapsPolicy = 'typical' | 'stress';

/** One application of a rule: what it takes and gives, in half credits. */
interface Application {
  readonly lots: readonly number[];
  readonly items: readonly number[];
  readonly credits: number;
  readonly category: number;
  readonly term: number;
  readonly priority: number;
  readonly isDivisible: boolean;
}

interface Item {
  readonly category: number;
  readonly credits: number;
}

interface LotOf {
  readonly credits: number;
  readonly term: number;
  readonly area: number;
}

const CATEGORIES = 5;
const TERMS = 5;

/**
 * One learner who competes with himself: 5 to 60 lots, 28 to 44 courses of a programme, about 40
 * applications for them (one lot for one course, several for one, one for several, and credit for
 * free electives that may be granted in part). The same seed gives the same instance.
 */
export function allocationInstance(
  seed: number,
  policy: CapsPolicy = 'typical',
): AllocationProblem {
  const random = mulberry32(seed);
  const between = (a: number, b: number): number => a + Math.floor(random() * (b - a + 1));
  const lotCount = 5 + Math.floor(56 * random() ** 1.5);
  const itemCount = between(28, 44);
  const items = Array.from({ length: itemCount }, () => ({
    category: Math.min(CATEGORIES - 1, Math.floor(random() ** 1.2 * CATEGORIES)),
    credits: between(2, 10),
  }));
  const lots = Array.from({ length: lotCount }, () => ({
    credits: between(2, 12),
    term: between(0, TERMS - 1),
    area: between(0, 9),
  }));
  const applications: Application[] = [];
  for (let lot = 0; lot < lotCount; lot += 1) {
    if (random() > 0.75) continue;
    const count = between(1, 3);
    for (let index = 0; index < count; index += 1) {
      applications.push(applicationOf(lot, { random, between, items, lots }));
    }
  }
  const caps = capsOf(items, between, policy);
  return {
    lots: lots.map(({ credits }) => credits * HALF),
    rooms: caps.map(({ most }) => most * HALF),
    candidates: applications.map((application) => candidateOf(application, lots, caps)),
  };
}

interface World {
  readonly random: () => number;
  readonly between: (a: number, b: number) => number;
  readonly items: readonly Item[];
  readonly lots: readonly LotOf[];
}

function applicationOf(lot: number, { random, between, items, lots }: World): Application {
  const own = lots[lot] ?? { credits: 2, term: 0, area: 0 };
  const near = (): number =>
    Math.min(items.length - 1, Math.floor(((own.area + random()) / 10) * items.length));
  const of = (item: number): Item => items[item] ?? { category: 0, credits: 2 };
  const { term } = own;
  const kind = random();
  if (kind < 0.62) {
    const item = near();
    const priority = between(0, 3);
    return { lots: [lot], items: [item], ...of(item), term, priority, isDivisible: false };
  }
  if (kind < 0.76) {
    const taken = new Set([lot]);
    for (let turn = 0; turn < 12 && taken.size < between(2, 3); turn += 1) {
      const other = between(0, lots.length - 1);
      if (Math.abs((lots[other]?.area ?? 0) - own.area) <= 1) taken.add(other);
    }
    const item = near();
    const priority = between(1, 4);
    return { lots: [...taken], items: [item], ...of(item), term, priority, isDivisible: false };
  }
  if (kind < 0.88) {
    const filled = new Set<number>();
    for (let turn = 0; turn < 8 && filled.size < between(2, 4); turn += 1) filled.add(near());
    const all = [...filled];
    const credits = all.reduce((sum, item) => sum + of(item).credits, 0);
    const { category } = of(all[0] ?? 0);
    const priority = between(1, 4);
    return { lots: [lot], items: all, credits, category, term, priority, isDivisible: false };
  }
  const category = CATEGORIES - 1;
  const { credits } = own;
  return { lots: [lot], items: [], credits, category, term, priority: 0, isDivisible: true };
}

interface CapOf {
  readonly name: string;
  readonly most: number;
  readonly counts: (application: Application) => boolean;
}

const TYPICAL = ['total', 'category 1', 'category 4', 'term 2'];

function capsOf(
  items: readonly Item[],
  between: (a: number, b: number) => number,
  policy: CapsPolicy,
): CapOf[] {
  const total = items.reduce((sum, { credits }) => sum + credits, 0);
  const share = (of: number, shares: readonly number[]): number =>
    Math.floor((of * (shares[between(0, 2)] ?? 10)) / 10);
  const caps: CapOf[] = [
    { name: 'total', most: share(total, [3, 4, 5]), counts: () => true },
    ...Array.from({ length: CATEGORIES }, (_, category): CapOf => {
      const own = items.filter((item) => item.category === category);
      const sum = own.reduce((all, { credits }) => all + credits, 0);
      const most = share(sum, [4, 6, 10]) + (category === CATEGORIES - 1 ? 4 : 0);
      return { name: `category ${category}`, most, counts: (of) => of.category === category };
    }),
    ...Array.from({ length: TERMS }, (_, term): CapOf => {
      return { name: `term ${term}`, most: between(16, 30), counts: (of) => of.term === term };
    }),
  ];
  return policy === 'stress' ? caps : caps.filter(({ name }) => TYPICAL.includes(name));
}

function candidateOf(
  application: Application,
  lots: readonly LotOf[],
  caps: readonly CapOf[],
): AllocationCandidate {
  const counted = caps.flatMap(({ counts }, cap) => (counts(application) ? [cap] : []));
  const choice = (credits: number): AllocationChoice => ({
    credits: credits * HALF,
    benefits: application.priority,
    uses: application.lots.map((lot) => {
      return { lot, amount: (lots[lot]?.credits ?? 0) * HALF, isExclusive: true };
    }),
    courses: application.items,
    counts: counted.map((cap) => ({ cap, amount: credits * HALF })),
    neededWeight: 0,
  });
  const least = application.isDivisible ? 1 : application.credits;
  const amounts = Array.from(
    { length: application.credits - least + 1 },
    (_, index) => application.credits - index,
  );
  return { choices: amounts.map(choice), pool: null };
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
