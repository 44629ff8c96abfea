import type { Text } from '#libs/problems';
import { type CompiledRulebook, usageOf } from '#libs/rules';

type CompiledCap = CompiledRulebook['caps'][number];

/** One side of a shared limit: a programme that counts under it, or a party without one. */
export interface Side {
  /** Code of the institution that decides on this side. */
  readonly institution: string;
  /** What this side accepts, as its own rules state it; the others' where it has none. */
  readonly accepts: string;
  readonly compiled: CompiledRulebook | null;
  /** Null where no rule of the programme rests on it. */
  readonly cap: CompiledCap | null;
}

/** A limit of several programmes: an agreement of institutions, or one account of both directions. */
export interface SharedCap {
  readonly kind: 'agreement' | 'account';
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly inForce: { readonly from: string; readonly to: string | null } | null;
  /** Whether all sides state the same for each. */
  readonly agrees: boolean;
  readonly sides: readonly Side[];
}

/** Every shared limit of some rulebooks, agreements first, by id. */
export function sharedCapsOf(rulebooks: readonly CompiledRulebook[]): SharedCap[] {
  const idsOf = (pick: (each: CompiledRulebook) => readonly string[]): string[] =>
    [...new Set(rulebooks.flatMap(pick))].sort();
  const agreements = idsOf(({ rulebook }) => (rulebook.agreements ?? []).map(({ id }) => id));
  const accounts = idsOf(({ caps }) => caps.flatMap(({ cap }) => cap.account ?? []));
  return [
    ...agreements.map((id) => agreement(id, rulebooks)),
    ...accounts.map((id) => account(id, rulebooks)),
  ];
}

function agreement(id: string, rulebooks: readonly CompiledRulebook[]): SharedCap {
  const stated = rulebooks.flatMap((compiled) =>
    (compiled.rulebook.agreements ?? [])
      .filter((each) => each.id === id)
      .map((document) => ({ compiled, document })),
  );
  const [first] = stated;
  if (!first) throw new Error(`no rulebook states the agreement ${id}`);
  const { title, basis, inForce } = first.document;
  const parties = [
    ...new Set(stated.flatMap(({ document }) => document.parties.map((one) => one.institution))),
  ].sort();
  const statedFor = (institution: string): string[] =>
    stated.flatMap(({ document }) =>
      document.parties.filter((one) => one.institution === institution).map((one) => one.accepts),
    );
  const sides = parties.flatMap((institution): Side[] => {
    const own = stated.filter(
      ({ compiled }) => compiled.rulebook.target.institution === institution,
    );
    const [accepts = '0'] = statedFor(institution);
    if (own.length === 0) return [{ institution, accepts, compiled: null, cap: null }];
    return own.map(({ compiled, document }) => ({
      institution,
      accepts: document.parties.find((one) => one.institution === institution)?.accepts ?? accepts,
      compiled,
      cap: compiled.caps.find(({ cap }) => cap.id === id) ?? null,
    }));
  });
  const agrees = parties.every((institution) => {
    const all = statedFor(institution);
    return all.length === stated.length && new Set(all).size === 1;
  });
  return { kind: 'agreement', id, title, basis, inForce, agrees, sides };
}

function account(id: string, rulebooks: readonly CompiledRulebook[]): SharedCap {
  const sides = rulebooks.flatMap((compiled) =>
    compiled.caps
      .filter(({ cap }) => cap.account === id)
      .map((cap) => ({
        institution: compiled.rulebook.target.institution,
        accepts: usageOf(cap, { granted: [], outcomes: [] }).limit,
        compiled,
        cap,
      })),
  );
  const named = sides.find(({ cap }) => cap.cap.title !== null)?.cap.cap;
  return {
    kind: 'account',
    id,
    title: named?.title ?? { zh: id, en: id },
    basis: named?.basis ?? null,
    inForce: null,
    agrees: new Set(sides.map(({ accepts }) => accepts)).size === 1,
    sides,
  };
}
