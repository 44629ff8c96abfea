import { createRequire } from 'node:module';

/** As much of the package `highs` as is used here. */
interface Highs {
  solve(
    programme: string,
    options: Readonly<Record<string, unknown>>,
  ): {
    readonly Status: string;
    readonly Columns: Readonly<Record<string, { readonly Primal: number }>>;
  };
}

/** So many times a named variable. */
export interface Part {
  readonly name: string;
  readonly times: number;
}

export interface Limit {
  readonly parts: readonly Part[];
  readonly sign: '<=' | '>=' | '=';
  readonly of: number;
}

/** A programme whose variables are zero or one, for the independent solver HiGHS. */
export interface Model {
  readonly variables: readonly string[];
  readonly limits: readonly Limit[];
}

/** Options that ask for the very optimum: the default gap leaves 7 of 60 answers short of it. */
const EXACT = { mip_rel_gap: 0, mip_abs_gap: 0.5, output_flag: false };

/** Loads HiGHS (WebAssembly) once. */
export async function loadHighs(): Promise<Highs> {
  const load = createRequire(import.meta.url)('highs') as () => Promise<Highs>;
  return load();
}

/**
 * The variables that are one where an objective is greatest.
 *
 * @returns null when there is no solution
 */
export function maximise(
  highs: Highs,
  { variables, limits }: Model,
  objective: readonly Part[],
): Set<string> | null {
  const rows = limits.map(({ parts, sign, of }, at) => `c${at}: ${sum(parts)} ${sign} ${of}`);
  const text = [
    'Maximize',
    ` obj: ${sum(objective)}`,
    'Subject To',
    ...rows.map((row) => ` ${row}`),
    'Binary',
    ` ${variables.join(' ')}`,
    'End',
  ].join('\n');
  const { Status, Columns } = highs.solve(text, EXACT);
  if (Status === 'Infeasible') return null;
  if (Status !== 'Optimal') throw new Error(`HiGHS answered ${Status}`);
  return new Set(variables.filter((name) => (Columns[name]?.Primal ?? 0) > 0.5));
}

export function valueOf(parts: readonly Part[], ones: ReadonlySet<string>): number {
  return parts.reduce((total, { name, times }) => total + (ones.has(name) ? times : 0), 0);
}

function sum(parts: readonly Part[]): string {
  if (parts.length === 0) return '0 zero';
  return parts
    .map(({ name, times }) => `${times < 0 ? '-' : '+'} ${Math.abs(times)} ${name}`)
    .join(' ');
}
