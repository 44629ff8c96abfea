/** So long a revoked key or token may live on in other processes. */
const FRESH_MS = 2_000;
const MOST = 1_000;

/**
 * What this process read a moment ago. A posting school asks thousands of times with one key; two
 * seconds spare nearly all of those queries.
 */
export class Remembered<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly readAtMs: number }>();

  /** What was read under this name within the last two seconds. */
  get(name: string): T | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    if (Date.now() - entry.readAtMs < FRESH_MS) return entry.value;
    this.#entries.delete(name);
    return undefined;
  }

  set(name: string, value: T): void {
    this.#entries.delete(name);
    // A map keeps insertion order, so the first entry is the one read longest ago.
    if (this.#entries.size >= MOST)
      this.#entries.delete(this.#entries.keys().next().value as string);
    this.#entries.set(name, { value, readAtMs: Date.now() });
  }

  forget(name: string): void {
    this.#entries.delete(name);
  }

  clear(): void {
    this.#entries.clear();
  }
}
