/** Fewer people than this are not told to the public: somebody might be recognised among them. */
export const SMALL_CELL = 10n;

/** A number of people, and the numbers it is the sum of. */
export interface Cell {
  readonly key: string;
  readonly count: bigint;
  /** They add up to `count`. */
  readonly cells?: readonly Cell[];
}

/** Whether a number must not be told by itself. Nobody is in an empty cell. */
export function isSmall(count: bigint): boolean {
  return count > 0n && count < SMALL_CELL;
}

/**
 * Which cells of a table of sums are not told: small ones, and as many more (the smallest first) as it
 * takes that no sum less the cells that are told gives a small one away.
 *
 * @returns the keys that are hidden
 */
export function hiddenCells(root: Cell): ReadonlySet<string> {
  const hidden = new Set<string>();
  if (isSmall(root.count)) hidden.add(root.key);
  hideWithin(root, hidden);
  return hidden;
}

function hideWithin(parent: Cell, hidden: Set<string>): void {
  const { cells } = parent;
  if (!cells) return;
  for (const { key, count } of cells) if (isSmall(count)) hidden.add(key);
  const rows = cells.map(({ key, count }) => ({ key, counts: [count] }));
  if (hidden.has(parent.key)) hideOneOf(rows, hidden);
  else hideBeside(rows, hidden);
  for (const cell of cells) hideWithin(cell, hidden);
}

/** The keys of a table and of everything in it. */
export function keysOf({ key, cells = [] }: Cell): string[] {
  return [key, ...cells.flatMap(keysOf)];
}

/** A row of a table, with numbers that each stand in a column with a total of its own. */
export interface Row {
  readonly key: string;
  readonly counts: readonly bigint[];
}

/**
 * Which rows are not told: those with a small number, and as many more as it takes that no total
 * less the rows that are told gives one away.
 */
export function hiddenRows(rows: readonly Row[]): ReadonlySet<string> {
  const hidden = new Set(rows.filter(({ counts }) => counts.some(isSmall)).map(({ key }) => key));
  hideBeside(rows, hidden);
  return hidden;
}

/** Adds the smallest rows that are told until what is hidden is two and not small in any column. */
function hideBeside(rows: readonly Row[], hidden: Set<string>): void {
  const told = rows
    .filter(({ key, counts }) => !hidden.has(key) && counts.some((count) => count > 0n))
    .sort(smallestFirst);
  for (const { key } of told) {
    const secret = rows.filter((row) => hidden.has(row.key));
    if (secret.length === 0 || (secret.length > 1 && !isGivenAway(secret))) return;
    hidden.add(key);
  }
}

/** All numbers told would add up to a sum that is hidden. */
function hideOneOf(rows: readonly Row[], hidden: Set<string>): void {
  if (rows.some(({ key }) => hidden.has(key))) return;
  const [smallest] = rows.filter(({ counts }) => counts.some((c) => c > 0n)).sort(smallestFirst);
  if (smallest) hidden.add(smallest.key);
}

function isGivenAway(secret: readonly Row[]): boolean {
  const columns = secret[0]?.counts.length ?? 0;
  return Array.from({ length: columns }, (_, i) => i).some((i) =>
    isSmall(secret.reduce((sum, { counts }) => sum + (counts[i] ?? 0n), 0n)),
  );
}

function smallestFirst(a: Row, b: Row): number {
  const [x, y] = [a.counts[0] ?? 0n, b.counts[0] ?? 0n];
  if (x !== y) return x < y ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
