import { type RefObject, useEffect, useRef } from 'react';

/**
 * Brings the focus to a place (`tabIndex={-1}`) when an act has taken away the button that had it:
 * who works with the keyboard goes on where the page did, and does not start from its top.
 */
export function useKeptFocus(state: string): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) place.current?.focus();
  }, [state]);
  return place;
}
