/** One line of what the bank says beside what is true. */
export interface Line {
  readonly subject: string;
  readonly line: string;
  readonly ours: string | null;
  readonly truth: string | null;
}

export function isEqual({ ours, truth }: Line): boolean {
  return ours === truth;
}

/** Every line that either side has, in the order of the truth. */
export function linesOf(
  subject: string,
  ours: ReadonlyMap<string, string | null>,
  truth: ReadonlyMap<string, string | null>,
): Line[] {
  const names = new Set([...truth.keys(), ...ours.keys()]);
  return [...names].map((line) => ({
    subject,
    line,
    ours: ours.has(line) ? (ours.get(line) ?? null) : 'not told',
    truth: truth.has(line) ? (truth.get(line) ?? null) : 'nothing',
  }));
}

/** The lines as a table: what the bank says, what is true, and whether it is the same. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.subject,
    line.line,
    line.ours ?? '—',
    line.truth ?? '—',
    isEqual(line) ? 'equal' : 'DIFFERS',
  ]);
  const head = ['subject', 'line', 'ours', 'truth', ''];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
