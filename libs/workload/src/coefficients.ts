import { type Rational, multiply, parseDecimal, rational } from '#libs/credit';
import { TEACHING_MODES, TRAINING_KINDS } from '#libs/indicators';
import type { Text } from '#libs/problems';

/** What a coefficient depends on. */
export const ASPECTS = ['kind', 'level', 'mode'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** The values of each aspect; `unknown` and `none` have a coefficient like every other. */
export const VALUES_OF: Readonly<Record<Aspect, readonly string[]>> = {
  kind: [...TRAINING_KINDS, 'unknown'],
  level: ['none', '5', '4', '3', '2', '1'],
  mode: [...TEACHING_MODES, 'unknown'],
};

/** Every coefficient by its code: `mode-evening`. */
export const COEFFICIENT_CODES: readonly string[] = ASPECTS.flatMap((aspect) =>
  VALUES_OF[aspect].map((value) => `${aspect}-${value}`),
);

/** What counts as long as nobody laid anything down, and why. */
export const UNLESS_LAID_DOWN: { readonly value: string; readonly source: Text } = {
  value: '1',
  source: {
    zh: '主管部门尚未公布该系数，暂按 1 计',
    en: 'The authority has laid down no coefficient: 1 for now',
  },
};

/** A coefficient that was laid down, in force from a day on until a later one. */
export interface DatedCoefficient {
  readonly code: string;
  /** `yyyy-mm-dd` */
  readonly from: string;
  /** A decimal string. */
  readonly value: string;
}

/** A training as far as its coefficient goes. */
export interface Aspects {
  readonly kind: string;
  readonly level: string;
  readonly mode: string;
}

/** Coefficients as they are known at a moment, asked by day. */
export class Coefficients {
  readonly #byCode = new Map<string, { from: string; value: Rational }[]>();
  readonly #products = new Map<string, Rational>();

  /** @param laidDown of two about the same day the later in the list counts */
  constructor(laidDown: readonly DatedCoefficient[]) {
    for (const { code, from, value } of laidDown) {
      const parsed = parseDecimal(value);
      if (!parsed) throw new Error(`the coefficient ${code} is no decimal: ${value}`);
      const known = this.#byCode.get(code) ?? [];
      this.#byCode.set(code, [
        ...known.filter((one) => one.from !== from),
        { from, value: parsed },
      ]);
    }
    for (const dated of this.#byCode.values()) dated.sort((a, b) => (a.from < b.from ? 1 : -1));
  }

  /** The coefficient of one code on a day. */
  valueOn(code: string, day: string): Rational {
    const found = this.#byCode.get(code)?.find(({ from }) => from <= day);
    return found?.value ?? rational(1n);
  }

  /** The product of what counts for a training that was completed on a day. */
  of({ kind, level, mode }: Aspects, day: string): Rational {
    const key = `${kind}|${level}|${mode}|${day}`;
    let product = this.#products.get(key);
    if (!product) {
      const parts = [`kind-${kind}`, `level-${level}`, `mode-${mode}`];
      product = parts.reduce((all, code) => multiply(all, this.valueOn(code, day)), rational(1n));
      this.#products.set(key, product);
    }
    return product;
  }
}
