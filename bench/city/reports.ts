import type { Api } from './api.js';
import { SPANS } from './calendar.js';
import { type Line, linesOf } from './comparison.js';
import type { Stated } from './statements.js';
import type { Truth } from './truth/truth.js';

interface Part {
  readonly key: string;
  readonly value: string | null;
}

interface Indicator {
  readonly id: string;
  readonly value: string | null;
  readonly parts: readonly Part[];
  readonly amounts: readonly Part[];
  readonly unknown: readonly Part[];
  readonly inputs: readonly { readonly code: string; readonly value: string }[];
  readonly missing: readonly { readonly code: string }[];
}

interface Report {
  readonly dataTime: string;
  readonly items: readonly Indicator[];
}

/** The district's figures over the public API. */
export class Reports {
  constructor(
    private readonly api: Api,
    private readonly authority: string,
  ) {}

  /** Waits until everything that was recorded up to a moment is in the figures. */
  async followed(moment: Date): Promise<void> {
    const wanted = moment.toISOString();
    await this.api.until(
      () => this.#read('2025'),
      ({ dataTime }) => dataTime >= wanted,
    );
  }

  /** Every line of every figure, and how long each report took. */
  async compare(truth: Truth, stated: readonly Stated[]): Promise<{ lines: Line[]; ms: number[] }> {
    const lines: Line[] = [];
    const ms: number[] = [];
    for (const span of SPANS) {
      const started = performance.now();
      const { items } = await this.#read(span.id);
      ms.push(performance.now() - started);
      const expected = truth.figures(stated, span);
      const ours = new Map(items.map((item) => [item.id, item]));
      for (const id of new Set([...expected.keys(), ...ours.keys()])) {
        const item = ours.get(id);
        const told = item ? toldBy(item) : new Map<string, string>();
        lines.push(...linesOf(`${id} ${span.id}`, told, expected.get(id) ?? new Map()));
      }
    }
    return { lines, ms };
  }

  #read(period: string): Promise<Report> {
    return this.api.get<Report>(this.authority, `/v1/indicators?period=${period}`);
  }
}

function toldBy({ value, parts, amounts, unknown, inputs, missing }: Indicator) {
  const named = (kind: string, list: readonly Part[]): [string, string | null][] =>
    list.map((part) => [`${kind} ${part.key}`, part.value]);
  return new Map<string, string | null>([
    ['value', value],
    // A place that nobody comes from any more is no line of its own.
    ...named('part', parts).filter(
      ([name, count]) => !name.includes(' origin:') || count !== '0' || isNamed(name),
    ),
    ...named('amount', amounts),
    ...named('unknown', unknown),
    ...inputs.map(({ code, value: used }): [string, string] => [`input ${code}`, used]),
    ...missing.map(({ code }): [string, string] => [`missing ${code}`, code]),
  ]);
}

function isNamed(name: string): boolean {
  return name === 'part origin:local' || name === 'part origin:unknown';
}
