/** A limit that a value must reach; the limit itself is enough. */
export interface AtLeast {
  readonly atLeast: string;
}
