const KEY = 'counter-session';

/** The counter session that runs in this tab, so that the clerk finds back to it. Only its id. */
export const current = {
  get(): string | null {
    try {
      return sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  set(id: string | null): void {
    try {
      if (id === null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, id);
    } catch {
      // Without storage the way back is the browser's history.
    }
  },
};
