/** One value or a list of values that are all meant the same way. */
export type OneOrMany<T> = T | readonly T[];

/** The values as a list; none when nothing is said. */
export function list<T extends string>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
