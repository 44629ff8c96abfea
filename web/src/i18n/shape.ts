/**
 * The shape a translation must have: the keys of the Chinese file, no more and no fewer.
 * Chinese has one plural form and English two, so `x_other` asks for `x_one` as well.
 */
export type Translation<T> = {
  readonly [K in keyof T | SingularOf<T>]: K extends keyof T
    ? T[K] extends string
      ? string
      : Translation<T[K]>
    : string;
};

type SingularOf<T> = {
  [K in keyof T]: K extends `${infer Stem}_other` ? `${Stem}_one` : never;
}[keyof T];

/** The shape of a translation into a language without plural forms, like Thai: the same keys. */
export type SameKeys<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]>;
};
