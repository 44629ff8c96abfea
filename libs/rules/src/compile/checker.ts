import { type Millicredits, parseCredits, parseDecimal, type Rational } from '#libs/credit';
import type { FieldFault, ProblemCode } from '#libs/problems';

/** More faults than a person reads at once; a hostile document must not make us write a million. */
const MAX_FAULTS = 100;

/** Collects what is wrong with a document, each fault with the path of its place. */
export class Checker {
  readonly faults: FieldFault[] = [];

  get isFull(): boolean {
    return this.faults.length >= MAX_FAULTS;
  }

  fault(pointer: string, code: ProblemCode, params: Readonly<Record<string, string>> = {}): void {
    if (!this.isFull) this.faults.push({ pointer, code, params });
  }

  /** Reads an amount of credit, at most three decimals. Faulty amounts count as zero from there on. */
  credits(pointer: string, text: string): Millicredits {
    const parsed = parseCredits(text);
    if (parsed.ok) return parsed.amount;
    this.fault(pointer, 'rulebook-number', { value: text, range: '0 – 10000, 0.001' });
    return 0n as Millicredits;
  }

  /** Reads a decimal that must be above zero. */
  positive(pointer: string, text: string): Rational {
    const value = parseDecimal(text);
    if (value && value.num > 0n) return value;
    this.fault(pointer, 'rulebook-number', { value: text, range: '> 0' });
    return { num: 1n, den: 1n };
  }

  /** Reads a percentage from 0 to 100. */
  percent(pointer: string, text: string): Rational {
    const value = parseDecimal(text);
    if (value && value.num >= 0n && value.num <= 100n * value.den) return value;
    this.fault(pointer, 'rulebook-number', { value: text, range: '0 – 100' });
    return { num: 0n, den: 1n };
  }

  /** Refuses a name that is not among the known ones and suggests the nearest. */
  known(pointer: string, name: string, known: Iterable<string>): boolean {
    const names = [...known];
    if (names.includes(name)) return true;
    if (this.isFull) return false;
    this.fault(pointer, 'rulebook-unknown-name', {
      name,
      nearest: nearestName(name, names) ?? '—',
    });
    return false;
  }

  /** Refuses the second of two equal names in one list. */
  unique(base: string, names: readonly string[], member = 'id'): void {
    this.uniquePlaces(
      names.map((name, index) => ({ name, pointer: `${base}/${index}/${member}` })),
    );
  }

  uniquePlaces(places: readonly { name: string; pointer: string }[]): void {
    const first = new Map<string, string>();
    for (const { name, pointer } of places) {
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, pointer);
      else this.fault(pointer, 'rulebook-duplicate', { name, first: earlier });
    }
  }

  /** Refuses more of something than an evaluation should ever have to look through. */
  atMost(pointer: string, count: number, limit: number): void {
    if (count > limit) {
      this.fault(pointer, 'rulebook-limit', { count: String(count), limit: String(limit) });
    }
  }

  window(pointer: string, window: { from: string; to: string | null } | null): void {
    if (window && window.to !== null && window.to < window.from) {
      this.fault(pointer, 'rulebook-dates-reversed', { from: window.from, to: window.to });
    }
  }
}

/** The known name that is fewest edits away, when it is near enough to be a slip of the keyboard. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 3));
  return known
    .slice(0, 1000)
    .map((candidate) => ({ candidate, edits: editDistance(name, candidate) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)[0]?.candidate;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
