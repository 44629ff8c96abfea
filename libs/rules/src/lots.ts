import {
  addMonths,
  lastDay,
  type Minutes,
  parseCredits,
  parseHours,
  parsePartialDate,
  type PartialDate,
} from '#libs/credit';
import { byCodeUnit, canonicalJson } from './canonical.js';
import { cutOffBlock } from './calendar.js';
import { sameName } from './names.js';
import type { Calendar, Duplicate, Family, Rulebook } from './rulebook.js';
import type { Scales } from './scales.js';
import { scopeOf } from './scope.js';
import type { LearnerFacts, OutcomeFact, ReasonCode } from './types.js';

/** Why a lot cannot be used at all, with the numbers behind it. */
export interface Block {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string>>;
}

/** One lot of the learner in exact numbers. A value that cannot be read is null: unknown. */
export interface Lot {
  readonly id: string;
  readonly fact: OutcomeFact;
  readonly worthMillicredits: bigint | null;
  readonly availableMillicredits: bigint;
  readonly minutes: Minutes | null;
  readonly completed: PartialDate | null;
  readonly block: Block | null;
}

export interface LotPolicy {
  readonly target: Pick<Rulebook['target'], 'programme'>;
  readonly lots: Rulebook['lots'];
  readonly families: readonly Family[];
  readonly duplicates?: readonly Duplicate[];
  readonly calendar?: Calendar;
  readonly scales: Scales;
}

/**
 * Turns facts into lots: the same lot told twice counts once, order does not matter, and what may
 * not be used is marked with its reason instead of being dropped.
 */
export function readLots(facts: LearnerFacts, policy: LotPolicy, on: string): Lot[] {
  const usedHere = new Set(facts.granted.flatMap((grant) => grant.uses.map((use) => use.lot)));
  const lots = distinct(facts.outcomes).map((fact) => {
    const lot = readLot(fact, policy, usedHere, on);
    const cutOff = cutOffBlock(policy.calendar, lot.completed, facts.graduates);
    return lot.block || !cutOff ? lot : { ...lot, block: cutOff };
  });
  const families = [
    ...policy.families.map((family) => ({
      ...family,
      lots: lots.filter(({ fact }) => family.outcomes.includes(fact.outcome)),
    })),
    ...(policy.duplicates ?? []).flatMap((duplicate) => sameNamed(lots, duplicate)),
  ];
  return families.reduce((all, family) => keepBest(all, family, policy, usedHere), lots);
}

function distinct(outcomes: readonly OutcomeFact[]): OutcomeFact[] {
  const byLot = new Map<string, { fact: OutcomeFact; text: string }>();
  for (const fact of outcomes) {
    const text = canonicalJson(fact);
    const known = byLot.get(fact.lot);
    // Two different stories about one lot: which one wins must not depend on their order.
    if (!known || byCodeUnit(text, known.text) < 0) byLot.set(fact.lot, { fact, text });
  }
  return [...byLot.values()].map(({ fact }) => fact).sort((a, b) => byCodeUnit(a.lot, b.lot));
}

function readLot(
  fact: OutcomeFact,
  policy: LotPolicy,
  usedHere: ReadonlySet<string>,
  on: string,
): Lot {
  const worth = fact.credits === null ? null : parseCredits(fact.credits);
  const available = parseCredits(fact.available);
  const lot = {
    id: fact.lot,
    fact,
    worthMillicredits: worth?.ok ? worth.amount : null,
    availableMillicredits: available.ok ? available.amount : 0n,
    minutes: (fact.hours === null ? undefined : parseHours(fact.hours)) ?? null,
    completed: parsePartialDate(fact.completed) ?? null,
  };
  const unreadable = [
    ...(worth?.ok === false ? ['credits'] : []),
    ...(available.ok ? [] : ['available']),
    ...(isReadableDay(fact.deposited) ? [] : ['deposited']),
    ...(isReadableDay(fact.expiresOn) ? [] : ['expiresOn']),
  ];
  if (unreadable.length > 0) {
    const params = { unreadable: unreadable.join(', ') };
    return { ...lot, block: { code: 'lot-unreadable', params } };
  }
  return { ...lot, block: stateBlock(lot, policy, usedHere, on) };
}

function isReadableDay(day: string | null): boolean {
  return day === null || parsePartialDate(day) !== undefined;
}

function stateBlock(
  lot: Omit<Lot, 'block'>,
  { target, lots: policy }: LotPolicy,
  usedHere: ReadonlySet<string>,
  on: string,
): Block | null {
  const { fact } = lot;
  if (fact.state === 'revoked') return { code: 'lot-revoked', params: {} };
  if (fact.state === 'failed') return { code: 'lot-failed', params: {} };
  const lastUsable = lastUsableDay(fact, policy.shelfLifeYears);
  if (fact.state === 'expired' || (lastUsable !== null && lastUsable < on)) {
    return { code: 'lot-expired', params: lastUsable === null ? {} : { lastUsable } };
  }
  const isEmpty = lot.availableMillicredits === 0n;
  const earlier = [...fact.usedFor].sort((a, b) => byCodeUnit(canonicalJson(a), canonicalJson(b)));
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

/** Shelf life ends after whole years from the deposit; an earlier end set by the issuer wins (R45). */
function lastUsableDay(fact: OutcomeFact, shelfLifeYears: number | null): string | null {
  const deposited = fact.deposited === null ? undefined : parsePartialDate(fact.deposited);
  const shelf =
    deposited && shelfLifeYears !== null
      ? addMonths(lastDay(deposited), shelfLifeYears * 12)
      : null;
  const issuer = fact.expiresOn === null ? undefined : parsePartialDate(fact.expiresOn);
  const own = issuer ? lastDay(issuer) : null;
  if (shelf === null || own === null) return shelf ?? own;
  return own < shelf ? own : shelf;
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
    lot.block || lot.id === kept.id || !ids.has(lot.id) ? lot : { ...lot, block },
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
