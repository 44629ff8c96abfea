import type { AllocationCandidate, AllocationChoice, AllocationProblem } from './allocation.js';

/** What is still free while candidates are granted one after another and taken back again. */
export class Standing {
  readonly room: number[];
  readonly #left: number[];
  readonly #users: number[];
  readonly #isExclusive: boolean[];
  readonly #courses = new Set<number>();
  credits = 0;
  benefits = 0;
  usedUp = 0;

  constructor({ lots, rooms }: AllocationProblem) {
    this.room = [...rooms];
    this.#left = [...lots];
    this.#users = lots.map(() => 0);
    this.#isExclusive = lots.map(() => false);
  }

  isFree(lot: number): boolean {
    return this.#users[lot] === 0;
  }

  left(lot: number): number {
    return this.#left[lot] ?? 0;
  }

  /** Whether the lots and courses of a choice are free and every cap has room for it. */
  fits(choice: AllocationChoice): boolean {
    return this.hasLotsAndCourses(choice) && this.hasRoom(choice);
  }

  hasLotsAndCourses(choice: AllocationChoice): boolean {
    return this.hasLots(choice) && this.hasCourses(choice);
  }

  hasLots({ uses }: AllocationChoice): boolean {
    for (const { lot, amount, isExclusive } of uses) {
      if (isExclusive ? !this.isFree(lot) : this.#isExclusive[lot] || amount > this.left(lot)) {
        return false;
      }
    }
    return true;
  }

  hasCourses({ courses }: AllocationChoice): boolean {
    for (const course of courses) if (this.#courses.has(course)) return false;
    return true;
  }

  hasRoom({ counts }: AllocationChoice): boolean {
    for (const { cap, amount } of counts) if (amount > (this.room[cap] ?? 0)) return false;
    return true;
  }

  take(choice: AllocationChoice, poolLots: readonly number[], poolUsed: number): void {
    this.#move(choice, 1);
    for (const lot of poolLots) this.#use(lot, 0, true, 1);
    this.usedUp += poolUsed;
  }

  giveBack(choice: AllocationChoice, poolLots: readonly number[], poolUsed: number): void {
    this.usedUp -= poolUsed;
    for (const lot of poolLots) this.#use(lot, 0, true, -1);
    this.#move(choice, -1);
  }

  #move(choice: AllocationChoice, sign: 1 | -1): void {
    this.credits += sign * choice.credits;
    this.benefits += sign * choice.benefits;
    for (const { lot, amount, isExclusive } of choice.uses) {
      this.#use(lot, amount, isExclusive, sign);
      this.usedUp += sign * amount;
    }
    for (const { cap, amount } of choice.counts) {
      this.room[cap] = (this.room[cap] ?? 0) - sign * amount;
    }
    for (const course of choice.courses) {
      if (sign === 1) this.#courses.add(course);
      else this.#courses.delete(course);
    }
  }

  #use(lot: number, amount: number, isExclusive: boolean, sign: 1 | -1): void {
    this.#left[lot] = this.left(lot) - sign * amount;
    this.#users[lot] = (this.#users[lot] ?? 0) + sign;
    if (isExclusive) this.#isExclusive[lot] = sign === 1;
  }
}

/** What a candidate uses up at the least for each credit: as its largest choice does. */
export function usedUpBy(candidate: AllocationCandidate): number {
  if (candidate.pool) return 0;
  return candidate.choices[0]?.uses.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
}
