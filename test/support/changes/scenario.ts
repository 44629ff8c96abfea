import type { ConversionWorld } from '../conversions.js';

/** Prepares what a change needs and answers the change itself, which then happens with success. */
export type Scenario = (world: ConversionWorld) => Promise<() => PromiseLike<unknown>>;

/** A change that needs no preparation. */
export function once(change: (world: ConversionWorld) => PromiseLike<unknown>): Scenario {
  return async (world) => () => change(world);
}
