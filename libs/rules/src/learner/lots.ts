import {
  addMonths,
  lastDay,
  type Millicredits,
  type Minutes,
  parseCredits,
  parseHours,
  type PartialDate,
  ZERO_CREDITS,
} from '#libs/credit';
import { byCodeUnit, canonicalJson } from '../canonical.js';
import { cutOffBlock } from './calendar.js';
import { type DateRead, readDate } from './days.js';
import { sameName } from './names.js';
import { remembered } from '../remembered.js';
import type { Calendar, Duplicate, Family, Rulebook } from '../document/rulebook.js';
import type { Scales, ScaleValue } from './scales.js';
import { scopeOf } from '../scope.js';
import type { Vocabulary } from '../match/vocabulary.js';
import type { LearnerFacts, OutcomeFact, ReasonCode } from '../types.js';

/** Why a lot cannot be used at all, with the numbers behind it. */
export interface Block {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string>>;
}

export interface LotPolicy {
  readonly target: Pick<Rulebook['target'], 'programme'>;
  readonly lots: Rulebook['lots'];
  readonly families: readonly Family[];
  readonly duplicates?: readonly Duplicate[];
  readonly calendar?: Calendar;
  readonly scales: Scales;
  readonly vocabulary: Vocabulary;
}

/** A million hours, ten working lives: what claims more was misread. */
const MOST_MINUTES = 60_000_000n;

/**
 * One lot of the learner in exact numbers. A value that cannot be read is null: unknown. What is read
 * of a lot is read when somebody looks: most lots of a learner are looked at by no rule.
 */
export class Lot {
  readonly #known: Known;
  #keys: readonly number[] | undefined;
  #amounts: Amounts | undefined;
  #days: DateRead | null | undefined;
  #grade: ScaleValue | null | undefined;
  #level: ScaleValue | null | undefined;
  #block: Block | null | undefined;

  constructor(
    readonly fact: OutcomeFact,
    known: Known,
    block?: Block,
  ) {
    this.#known = known;
    this.#block = block;
  }

  get id(): string {
    return this.fact.lot;
  }

  /** Numbers of the keys by which clauses find it, as {@link Vocabulary.keysOf}. */
  get keys(): readonly number[] {
    this.#keys ??= this.#known.policy.vocabulary.keysOf(this.fact);
    return this.#keys;
  }

  /** What it was worth when it was deposited. */
  get worthMillicredits(): Millicredits | null {
    return this.amounts.worth;
  }

  /** What is left of it. */
  get availableMillicredits(): Millicredits {
    return this.amounts.available;
  }

  /** Its amounts, and which of them cannot be read. */
  get amounts(): Amounts {
    this.#amounts ??= readAmounts(this.fact);
    return this.#amounts;
  }

  get minutes(): Minutes | null {
    const { hours } = this.fact;
    const minutes = hours === null ? undefined : parseHours(hours);
    return minutes === undefined || minutes > MOST_MINUTES ? null : minutes;
  }

  get completed(): PartialDate | null {
    return this.days?.date ?? null;
  }

  /** The days on which it can have been completed. */
  get days(): DateRead | null {
    if (this.#days === undefined) this.#days = readDate(this.fact.completed) ?? null;
    return this.#days;
  }

  get grade(): ScaleValue | null {
    if (this.#grade === undefined) {
      const { gradeScale, grade } = this.fact;
      this.#grade = this.#known.policy.scales.read(gradeScale, grade);
    }
    return this.#grade;
  }

  get level(): ScaleValue | null {
    if (this.#level === undefined) {
      const { levelScale, level } = this.fact;
      this.#level = this.#known.policy.scales.read(levelScale, level);
    }
    return this.#level;
  }

  /** Why it cannot be used at all; null when it can. */
  get block(): Block | null {
    if (this.#block === undefined) {
      this.#block = blockOf(this, this.#known) ?? afterCutOff(this, this.#known);
    }
    return this.#block;
  }

  /** The same lot, which may not be used for another reason. */
  blocked(block: Block): Lot {
    return new Lot(this.fact, this.#known, block);
  }
}

interface Amounts {
  readonly worth: Millicredits | null;
  readonly available: Millicredits;
  readonly unreadable: readonly string[];
}

const ALL_READABLE: readonly string[] = [];

function readAmounts({ credits, available }: OutcomeFact): Amounts {
  const worth = credits === null ? null : readCredits(credits);
  // Of most lots everything is left.
  const left = available === credits && worth ? worth : readCredits(available);
  const isReadable = worth?.ok !== false && left.ok;
  return {
    worth: worth?.ok ? worth.amount : null,
    available: left.ok ? left.amount : ZERO_CREDITS,
    unreadable: isReadable
      ? ALL_READABLE
      : [...(worth?.ok === false ? ['credits'] : []), ...(left.ok ? [] : ['available'])],
  };
}

/** What bears on whether a lot may be used. */
interface Known {
  readonly policy: LotPolicy;
  readonly usedHere: ReadonlySet<string>;
  readonly on: string;
  readonly graduates: LearnerFacts['graduates'];
}

// The same amounts stand in lot after lot.
const readCredits = remembered(parseCredits);

/**
 * Turns facts into lots: the same lot told twice counts once, order does not matter, and what may
 * not be used is marked with its reason instead of being dropped.
 */
export function readLots(
  facts: Pick<LearnerFacts, 'outcomes' | 'granted' | 'graduates'>,
  policy: LotPolicy,
  on: string,
): Lot[] {
  const usedHere = new Set(facts.granted.flatMap((grant) => grant.uses.map((use) => use.lot)));
  const known: Known = { policy, usedHere, on, graduates: facts.graduates };
  const lots = distinct(facts.outcomes).map((fact) => new Lot(fact, known));
  return kinOf(lots, policy).reduce((all, family) => keepBest(all, family, policy, usedHere), lots);
}

/** Lots of which one is kept: by each family of the document and by each name. */
export function kinOf(
  lots: readonly Lot[],
  { families, duplicates = [] }: Pick<LotPolicy, 'families' | 'duplicates'>,
): Kin[] {
  return [
    ...families.map((family) => ({
      ...family,
      lots: lots.filter(({ fact }) => family.outcomes.includes(fact.outcome)),
    })),
    ...duplicates.flatMap((duplicate) => sameNamed(lots, duplicate)),
  ];
}

function distinct(outcomes: readonly OutcomeFact[]): readonly OutcomeFact[] {
  if (isAscending(outcomes)) return outcomes;
  const byLot = new Map<string, OutcomeFact>();
  for (const fact of outcomes) {
    const known = byLot.get(fact.lot);
    // Two different stories about one lot: which one wins must not depend on their order.
    const isFirst = !known || byCodeUnit(canonicalJson(fact), canonicalJson(known)) < 0;
    if (isFirst) byLot.set(fact.lot, fact);
  }
  return [...byLot.values()].sort((a, b) => byCodeUnit(a.lot, b.lot));
}

/** Whether the lots come in the order of their ids and none comes twice, as they mostly do. */
function isAscending(outcomes: readonly OutcomeFact[]): boolean {
  return outcomes.every(({ lot }, index) => {
    const before = outcomes[index - 1];
    return !before || before.lot < lot;
  });
}

function blockOf(lot: Lot, known: Known): Block | null {
  const { fact, amounts } = lot;
  const isReadable =
    amounts.unreadable.length === 0 &&
    isReadableDay(fact.deposited) &&
    isReadableDay(fact.expiresOn);
  if (isReadable) return stateBlock(lot, known);
  const unreadable = [
    ...amounts.unreadable,
    ...(isReadableDay(fact.deposited) ? [] : ['deposited']),
    ...(isReadableDay(fact.expiresOn) ? [] : ['expiresOn']),
  ];
  return { code: 'lot-unreadable', params: { unreadable: unreadable.join(', ') } };
}

function afterCutOff(lot: Lot, { policy: { calendar }, graduates }: Known): Block | null {
  return calendar ? cutOffBlock(calendar, lot.completed, graduates) : null;
}

function isReadableDay(day: string | null): boolean {
  return day === null || readDate(day) !== undefined;
}

function stateBlock(lot: Lot, known: Known): Block | null {
  const { usedHere, on } = known;
  const { target, lots: policy } = known.policy;
  const { fact } = lot;
  if (fact.state === 'revoked') return { code: 'lot-revoked', params: {} };
  if (fact.state === 'failed') return { code: 'lot-failed', params: {} };
  const lastUsable = lastUsableDay(fact, policy.shelfLifeYears);
  if (fact.state === 'expired' || (lastUsable !== null && lastUsable < on)) {
    return { code: 'lot-expired', params: lastUsable === null ? {} : { lastUsable } };
  }
  const isEmpty = lot.availableMillicredits === 0n;
  const earlier = inOrder(fact.usedFor);
  // What other programmes counted stands in the way only when it left nothing.
  const isLeft = !isEmpty || fact.state === 'registered';
  const isCountedApart = scopeOf(policy) === 'per-programme' && isLeft;
  const uses = isCountedApart
    ? earlier.filter(({ programme }) => programme === target.programme)
    : earlier;
  const wasUsed = uses.length > 0 || usedHere.has(lot.id) || fact.state === 'used';
  if (wasUsed && (isEmpty || policy.reuse === 'never')) {
    const [first] = earlier;
    return { code: 'lot-used', params: first ? { programme: first.programme } : {} };
  }
  return fact.state === 'held' && isEmpty ? { code: 'lot-held', params: {} } : null;
}

function inOrder(uses: OutcomeFact['usedFor']): OutcomeFact['usedFor'] {
  if (uses.length < 2) return uses;
  return [...uses].sort((a, b) => byCodeUnit(canonicalJson(a), canonicalJson(b)));
}

/** Shelf life ends after whole years from the deposit; an earlier end set by the issuer wins (R45). */
function lastUsableDay(fact: OutcomeFact, shelfLifeYears: number | null): string | null {
  const shelf = shelfLifeYears === null ? null : endOfShelf(fact, shelfLifeYears);
  const issuer = fact.expiresOn === null ? undefined : readDate(fact.expiresOn);
  const own = issuer ? lastDay(issuer.date) : null;
  if (shelf === null || own === null) return shelf ?? own;
  return own < shelf ? own : shelf;
}

function endOfShelf({ deposited }: OutcomeFact, years: number): string | null {
  const day = deposited === null ? undefined : readDate(deposited);
  return day ? addMonths(lastDay(day.date), years * 12) : null;
}

/** Lots that are kept one of, as a family of the document or by their names. */
interface Kin {
  readonly id: string;
  readonly keep: Family['keep'];
  readonly lots: readonly Lot[];
}

/** Lots whose names say the same, together (R25). */
function sameNamed(lots: readonly Lot[], { id, of, names, keep }: Duplicate): Kin[] {
  const byName = new Map<string, Lot[]>();
  for (const lot of lots) {
    const { source, kind, title } = lot.fact;
    const isMeant =
      (of.source.length === 0 || of.source.includes(source)) &&
      (of.kind.length === 0 || of.kind.includes(kind));
    const name = isMeant ? sameName(title, names) : '';
    if (name !== '') byName.set(name, [...(byName.get(name) ?? []), lot]);
  }
  return [...byName.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({ id, keep, lots: same }));
}

/** Of similar outcomes one counts: the one already used here, else the best that may be used. */
function keepBest(
  lots: readonly Lot[],
  family: Kin,
  policy: LotPolicy,
  usedHere: ReadonlySet<string>,
): Lot[] {
  const ids = new Set(family.lots.map(({ id }) => id));
  const members = lots.filter((lot) => ids.has(lot.id));
  const kept =
    members.find((lot) => usedHere.has(lot.id)) ??
    members.filter((lot) => !lot.block).sort((a, b) => byQuality(a, b, family, policy.scales))[0];
  if (!kept) return [...lots];
  const block: Block = { code: 'family', params: { family: family.id, kept: kept.id } };
  return lots.map((lot) =>
    lot.block || lot.id === kept.id || !ids.has(lot.id) ? lot : lot.blocked(block),
  );
}

function byQuality(a: Lot, b: Lot, family: Kin, scales: Scales): number {
  const byLevel = family.keep === 'highest-level' ? compareLevels(b, a, scales) : 0;
  const worth = (lot: Lot): bigint => lot.worthMillicredits ?? lot.availableMillicredits;
  return byLevel || Number(worth(b) - worth(a)) || byCodeUnit(a.id, b.id);
}

/** A level that cannot be placed comes after every level that can. */
function compareLevels(a: Lot, b: Lot, scales: Scales): number {
  const [left, right] = [a, b].map(({ fact }) => scales.rank(fact.levelScale, fact.level));
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
  return Number(left.num * right.den - right.num * left.den);
}

/**
 * Whether a clause may use a lot. What only proves something may be used up, held or a lesser
 * member of its family: the learner has learned it all the same.
 */
export function isUsable({ block }: Lot, isEvidenceOnly: boolean): boolean {
  if (!block) return true;
  return isEvidenceOnly && ['lot-used', 'lot-held', 'family'].includes(block.code);
}
