const STORE = 'credit-bank-receipt';

/** The receipt of the last request from this browser; empty for none. */
export function keptReceipt(): string {
  try {
    return localStorage.getItem(STORE) ?? '';
  } catch {
    return '';
  }
}

/** @param receipt empty to forget it */
export function keepReceipt(receipt: string): void {
  try {
    if (receipt === '') localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, receipt);
  } catch {
    // A browser that keeps nothing: the receipt stands on the page.
  }
}
