import type { Cell } from './source.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A JSON value as a cell. A number keeps its kind, so that one beyond 2^53, which JSON has already
 * rounded, is refused where a key is expected. An object where a value belongs is an error cell.
 */
export function cellOfJson(value: unknown): Cell {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (typeof value === 'boolean') return String(value);
  return { kind: 'error', text: Array.isArray(value) ? '[…]' : '{…}' };
}
