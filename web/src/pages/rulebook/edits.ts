import type { RuleLimit } from '../../api/drafts';

/** Values that were typed into the form, by the pointer of their place. */
export type Edits = ReadonlyMap<string, string>;

export const NO_EDITS: Edits = new Map();

/**
 * Writes the values of a form into the text in which the limits were found. All else, comments
 * and layout too, stays as its author wrote it.
 */
export function withEdits(text: string, limits: readonly RuleLimit[], edits: Edits): string {
  const places = limits
    .filter(({ pointer }) => edits.has(pointer))
    .toSorted((a, b) => b.start - a.start);
  return places.reduce((written, limit) => {
    const value = inPlace(limit, edits.get(limit.pointer) ?? '', text);
    return written.slice(0, limit.start) + value + written.slice(limit.end);
  }, text);
}

/** As it stood: in the quotes it had; amounts always in quotes, so that none becomes a fraction. */
function inPlace({ kind, start }: RuleLimit, value: string, text: string): string {
  if (kind === 'day') return value === '' ? 'null' : value;
  if (kind === 'count') return value;
  const quote = text[start] === '"' ? '"' : "'";
  return `${quote}${value}${quote}`;
}

const SHAPES: Record<RuleLimit['kind'], RegExp> = {
  amount: /^\d{1,9}(\.\d{1,3})?$/,
  percent: /^\d{1,3}(\.\d{1,3})?$/,
  count: /^\d{1,3}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
};

/** Whether a value can be written into its place: what else is wrong, the service says. */
export function isWritable({ kind, pointer }: RuleLimit, value: string): boolean {
  if (kind === 'day' && value === '') return pointer.endsWith('/to');
  return SHAPES[kind].test(value);
}
