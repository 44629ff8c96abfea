/** The checkpoint that this browser saw last, for as long as the visitor does not forget it. */
export interface Kept {
  readonly signed: string;
  readonly key: string;
  /** When it was seen. */
  readonly at: string;
}

const STORE = 'credit-bank-log';

/** Null when there is none, or where the browser keeps its store shut. */
export function readKept(): Kept | null {
  try {
    const text = localStorage.getItem(STORE);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

export function keep(kept: Kept): void {
  try {
    localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing looks as if it came for the first time.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(STORE);
  } catch {
    // There is nothing to forget.
  }
}
