import type { LotScope } from './types.js';

/** How often the credit that a rulebook or a decision counts can count. */
export function scopeOf(of: { readonly scope?: 'per-programme' }): LotScope {
  return of.scope ?? 'single-use';
}
