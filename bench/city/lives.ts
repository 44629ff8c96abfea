import { Chance } from './chance.js';
import { dayOf } from './calendar.js';
import type { District, House, Offer, Trade } from './district.js';
import type { Completion, Learner, Said } from './learner.js';
import { type Document, birthDay, foreignName, hanName, passport, residentId } from './person.js';
import { type Life, attendanceOf, gradeOf, groupsOf, worksFrom } from './traits.js';

/** How many of a thousand live so, and in which years they were born. */
const LIVES: readonly (readonly [Life, number, readonly [number, number]])[] = [
  ['pupil', 210, [2004, 2009]],
  ['student', 170, [2001, 2006]],
  ['worker', 330, [1967, 2001]],
  ['jobseeker', 80, [1966, 2003]],
  ['founder', 25, [1975, 2003]],
  ['farmer', 65, [1960, 2000]],
  ['senior', 100, [1940, 1965]],
  ['teacher', 12, [1966, 1996]],
  ['visitor', 8, [1990, 2006]],
];
const BIRTHS = new Map(LIVES.map(([life, , years]) => [life, years]));
const WEIGHTS = LIVES.map(([life, weight]) => [life, weight] as const);
const NEIGHBOURS = ['CN-50', 'CN-51'] as const;
const COUNTRIES = ['TH', 'PK', 'LA', 'VN', 'ID'] as const;

/** Nothing is completed later, so that nothing depends on the day of the run. */
const LAST_YEAR = 2026;
const LAST_MONTH = 9;

/**
 * Makes learners of a city. A learner follows from seed and index alone, whoever else there is.
 */
export class Lives {
  constructor(
    private readonly district: District,
    private readonly seed: number,
  ) {}

  learner(index: number): Learner {
    const chance = new Chance('learner', this.seed, index);
    const life = chance.weighted(WEIGHTS);
    return new LifeWriter(this.district, chance, { index, life }).write();
  }
}

interface Wanted {
  readonly index: number;
  readonly life: Life;
}

interface Circumstance {
  readonly trainingKind?: string;
  /** How often it is. */
  readonly subsidised?: number;
  /** Schools forget some, and tell when the numbers have long been sent. */
  readonly isLate?: boolean;
}

/** Writes one life. */
class LifeWriter {
  readonly #completions: Completion[] = [];
  readonly #late: Completion[] = [];
  readonly #document: Document;
  readonly #name: string;
  readonly #groups: readonly string[];
  readonly #origin: string;
  /** The first day of work; before it the learner has none. */
  readonly #worksFrom: string;
  #school: string | null = null;
  #teachesAt: string | null = null;

  constructor(
    private readonly district: District,
    private readonly chance: Chance,
    private readonly wanted: Wanted,
  ) {
    const { life, index } = wanted;
    const isForeign = life === 'visitor';
    const born = birthDay(chance, ...(BIRTHS.get(life) ?? [1980, 2000]));
    this.#document = isForeign
      ? { kind: 'passport', number: passport(index) }
      : { kind: 'resident-id', number: residentId(index, born) };
    this.#name = isForeign ? foreignName(chance) : hanName(chance);
    this.#groups = groupsOf(life, chance);
    this.#origin = isForeign
      ? chance.pick(COUNTRIES)
      : chance.isLucky(0.86)
        ? 'local'
        : chance.pick(NEIGHBOURS);
    this.#worksFrom = worksFrom(life, chance);
  }

  write(): Learner {
    this.#live();
    return {
      index: this.wanted.index,
      name: this.#name,
      document: this.#document,
      life: this.wanted.life,
      school: this.#school,
      teachesAt: this.#teachesAt,
      completions: this.#completions,
      late: this.#late,
    };
  }

  #live(): void {
    switch (this.wanted.life) {
      case 'pupil':
        return this.#pupil();
      case 'student':
        return this.#student();
      case 'worker':
        return this.#worker();
      case 'jobseeker':
        return this.#trainings(this.chance.between(4, 12), 'community-college', {
          trainingKind: 'employment',
          subsidised: 0.85,
        });
      case 'founder':
        return this.#trainings(this.chance.between(3, 8), 'open-university', {
          trainingKind: 'entrepreneurship',
          subsidised: 0.4,
        });
      case 'farmer':
        return this.#farmer();
      case 'senior':
        return this.#senior();
      case 'teacher':
        return this.#teacher();
      case 'visitor':
        return this.#visitor();
    }
  }

  /** Three years of a vocational school, and what comes after it. */
  #pupil(): void {
    const { chance } = this;
    const school = this.#one('secondary-school');
    const began = chance.between(2020, 2025);
    if (began >= 2023) this.#school = school.code;
    this.#terms(school, { began, years: 3, courses: 3 });
    if (chance.isLucky(0.5)) this.#certificates(school, began + 2, chance.between(1, 2), 5);
    const leaves = began + 3;
    if (leaves > LAST_YEAR || chance.isLucky(0.06)) return;
    const left = dayOf(leaves, chance.between(6, 7), chance.between(1, 28));
    const graduation = this.district.offerAt(school, 'secondary-graduation');
    const isLate = leaves >= 2025 && chance.isLucky(0.004);
    this.#add(school, graduation, left, { isLate });
    this.#goOn(school, leaves);
  }

  #goOn(school: House, leaves: number): void {
    const { chance } = this;
    const way = chance.weighted([
      ['onward-transfer', 24],
      ['onward-matched', 27],
      ['onward-exempt', 2],
      ['onward-other', 9],
      [null, 38],
    ]);
    if (way === null) return;
    // A few go on long after they left, which is not counted.
    const year = chance.isLucky(0.04) ? leaves + 2 : leaves;
    if (year > LAST_YEAR) return;
    const offer = this.district.offerAt(school, way);
    const isLate = leaves >= 2025 && chance.isLucky(0.004);
    const on = dayOf(year, 8, chance.between(1, 28));
    this.#add(school, offer, on, { isLate });
  }

  #student(): void {
    const { chance } = this;
    const college = this.#one('college');
    const began = chance.between(2020, 2025);
    if (began >= 2023) this.#school = college.code;
    const gate = chance.weighted([
      ['gate-3-2', 30],
      ['gate-five-year', 15],
      [null, 55],
    ]);
    if (gate !== null) {
      const offer = this.district.offerAt(college, gate);
      const first = this.#add(college, offer, dayOf(began, 5, chance.between(1, 28)));
      const mayTryAgain = first.grade !== '合格' && began < 2025;
      if (mayTryAgain && chance.isLucky(0.6)) {
        const year = began + chance.between(0, 1);
        this.#add(college, offer, dayOf(year, chance.between(6, 9), chance.between(1, 28)));
      }
    }
    this.#terms(college, { began, years: 3, courses: 3 });
    if (chance.isLucky(0.5)) {
      const issuer = this.#one('issuer');
      const offer = chance.pick(this.district.offersAt(issuer, 'x-certificate'));
      this.#add(college, offer, this.#day(began + 1));
    }
    if (chance.isLucky(0.45)) this.#certificates(college, began + 2, chance.between(1, 2), 4);
  }

  #worker(): void {
    const { chance } = this;
    const said = { trainingKind: 'upgrading', subsidised: 0.3 };
    this.#trainings(chance.between(3, 10), 'enterprise', said);
    const steps = chance.weighted([
      [0, 30],
      [1, 25],
      [2, 25],
      [3, 20],
    ]);
    const poster = chance.isLucky(0.3) ? this.#one('enterprise') : null;
    this.#certificates(
      poster,
      chance.between(2019, 2024),
      steps,
      chance.weighted([
        [5, 5],
        [4, 4],
        [3, 2],
      ]),
    );
    if (chance.isLucky(0.2)) {
      const open = this.#one('open-university');
      this.#terms(open, { began: chance.between(2021, 2025), years: 2, courses: 2 });
    }
  }

  #farmer(): void {
    const said = { trainingKind: this.chance.pick(['employment', 'upgrading']), subsidised: 0.7 };
    this.#trainings(this.chance.between(2, 8), 'community-college', said);
    if (this.chance.isLucky(0.2)) this.#certificates(null, 2023, 1, 5);
  }

  #senior(): void {
    const { chance } = this;
    const university = this.#one('senior-university');
    for (let i = chance.between(2, 9); i > 0; i -= 1) {
      const offer = chance.pick(this.district.offersAt(university, 'training'));
      this.#add(university, offer, this.#day(chance.between(2021, LAST_YEAR)));
    }
    for (let i = chance.between(0, 4); i > 0; i -= 1) {
      const offer = chance.pick(this.district.offersAt(university, 'lecture'));
      this.#add(university, offer, this.#day(chance.between(2021, LAST_YEAR)));
    }
  }

  #teacher(): void {
    const { chance } = this;
    const school = this.#one(chance.pick(['secondary-school', 'college']));
    this.#teachesAt = school.code;
    this.#trainings(chance.between(2, 7), school.trade, { trainingKind: 'upgrading' });
    if (!chance.isLucky(0.75)) return;
    const offer = this.district.offerAt(this.#one('issuer'), 'dual-qualified-teacher');
    let year = chance.between(2019, 2025);
    for (; year <= 2025; year += 3) {
      this.#add(school, offer, this.#day(year));
      if (chance.isLucky(0.2)) return;
    }
  }

  #visitor(): void {
    const { chance } = this;
    const open = this.#one('open-university');
    const began = chance.between(2023, 2025);
    if (chance.isLucky(0.8)) {
      this.#add(open, this.district.offerAt(open, 'chinese-language'), this.#day(began));
    }
    for (let i = chance.between(0, 5); i > 0; i -= 1) {
      const offer = chance.pick(this.district.offersAt(open, 'training'));
      this.#add(open, offer, this.#day(chance.between(began, LAST_YEAR)));
    }
    this.#terms(open, { began, years: 1, courses: 2 });
  }

  #terms(
    house: House,
    { began, years, courses }: { began: number; years: number; courses: number },
  ): void {
    const { chance } = this;
    const offers = this.district.offersAt(house, 'course').filter(({ milestone }) => !milestone);
    for (let term = 0; term < years * 2; term += 1) {
      // Autumn terms end in January, spring terms in July.
      const [year, month] = [began + 1 + Math.floor(term / 2), term % 2 === 0 ? 1 : 7];

      if (year > LAST_YEAR) return;
      for (let i = 0; i < courses; i += 1) {
        const offer = offers[(term * courses + i) % offers.length] as Offer;
        // Schools that keep no day of a course.
        const on = chance.isLucky(0.1)
          ? dayOf(year, month, 1).slice(0, 7)
          : dayOf(year, month, chance.between(1, 20));
        this.#add(house, offer, on);
      }
    }
  }

  #trainings(count: number, trade: Trade, said: Circumstance): void {
    const { chance } = this;
    const house = this.#one(trade);
    for (let i = 0; i < count; i += 1) {
      const at = chance.isLucky(0.8) ? house : this.#one(trade);
      const offer = chance.pick(this.district.offersAt(at, 'training'));
      this.#add(at, offer, this.#day(chance.between(2019, LAST_YEAR)), said);
    }
  }

  /** Level after level, each some years after the one before. */
  #certificates(poster: House | null, from: number, count: number, lowest: number): void {
    const { chance } = this;
    const issuer = this.#one('issuer');
    const skill = chance.between(0, 7);
    let year = from;
    for (let i = 0; i < count && year <= LAST_YEAR; i += 1) {
      const level = Math.max(1, lowest - i);
      const offer = this.district.offersAt(issuer, `level-${level}`)[skill] as Offer;
      this.#add(poster ?? issuer, offer, this.#day(year));
      year += chance.between(1, 3);
    }
  }

  #one(trade: Trade): House {
    return this.chance.pick(this.district.of(trade));
  }

  #day(year: number): string {
    const months = year >= LAST_YEAR ? LAST_MONTH : 12;
    const within = Math.min(year, LAST_YEAR);
    return dayOf(within, this.chance.between(1, months), this.chance.between(1, 28));
  }

  #add(house: House, offer: Offer, on: string, circumstance: Circumstance = {}): Completion {
    const { chance, wanted } = this;
    const number = this.#completions.length + this.#late.length;
    const completion = {
      house: house.code,
      externalId: `${house.code}/${wanted.index.toString(36)}-${number}`,
      offer,
      on,
      grade: gradeOf(offer, chance),
      hours: offer.form === 'training' && chance.isLucky(0.3) ? chance.between(8, 80) : null,
      attendance: attendanceOf(offer, chance),
      said: this.#said(offer, on, circumstance),
    };
    (circumstance.isLate ? this.#late : this.#completions).push(completion);
    return completion;
  }

  #said(offer: Offer, on: string, { trainingKind, subsidised }: Circumstance): Said {
    const { chance } = this;
    const isTraining = offer.form === 'training';
    const paid = subsidised ?? 0.1;
    const says = (share: number): boolean => chance.isLucky(share);
    return {
      groups: isTraining && says(0.85) ? this.#groups : null,
      trainingKind: isTraining && says(0.9) ? (trainingKind ?? null) : null,
      subsidised: isTraining && says(0.9) ? chance.isLucky(paid) : null,
      employment:
        (isTraining || offer.skillLevel !== null) && says(0.6) ? this.#employment(on) : null,
      origin: says(0.6) ? this.#origin : null,
    };
  }

  #employment(on: string): string {
    return on >= this.#worksFrom ? 'employed' : 'not-employed';
  }
}
