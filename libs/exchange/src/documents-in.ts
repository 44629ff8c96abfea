import { type IdentityDocument, type IdentityKind, normaliseDocument } from '#libs/identity';
import { identityKindOf } from './identity-cells.js';
import { isRecord } from './json.js';

/** The only kind whose numbers cannot be taken for anything else: eighteen, with a check digit. */
const SURE: IdentityKind = 'resident-id';

/**
 * The identity documents that stand somewhere among the cells of one row, normalised. A resident ID is
 * known by itself, all else only where a cell names its kind. It asks no shape, because rows that are at
 * fault are those in which things do not stand where they belong.
 */
export function documentsIn(cells: readonly string[], today: string): IdentityDocument[] {
  const kinds = new Set<IdentityKind>([SURE]);
  for (const cell of cells) {
    const kind = identityKindOf(cell);
    if (kind) kinds.add(kind);
  }
  const found = new Map<string, IdentityDocument>();
  for (const cell of cells) {
    for (const kind of kinds) {
      const number = normaliseDocument(kind, cell, today);
      if (number.ok) found.set(`${kind}|${number.value}`, { kind, number: number.value });
    }
  }
  return [...found.values()];
}

/** Every text and number anywhere in a JSON value, as {@link documentsIn} wants them. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
