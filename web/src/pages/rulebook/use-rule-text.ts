import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { draftsApi } from '../../api/drafts';
import { type Edits, NO_EDITS, isWritable, withEdits } from './edits';

/** How long nobody types before a text is checked. */
const PAUSE_MS = 500;

/**
 * A text under work: what was typed into it, what a form writes into it on top of that, and what
 * the service says about both together.
 */
export function useRuleText(initial: string) {
  const [base, setBase] = useState(initial);
  const [edits, setEdits] = useState<Edits>(NO_EDITS);
  // Places are counted in the text before the form wrote into it, never in an older one.
  const places = useCheck(base);
  const limits = places.isPlaceholderData ? null : (places.data?.limits ?? null);
  const isReady = (limits ?? []).every(
    (limit) => !edits.has(limit.pointer) || isWritable(limit, edits.get(limit.pointer) ?? ''),
  );
  const text = withEdits(base, isReady ? (limits ?? []) : [], edits);
  const settled = useSettled(text);
  const check = useCheck(settled);
  return {
    base,
    edits,
    limits,
    text,
    check,
    /** Whether the answer is still about an older text. */
    isChecking: settled !== text || check.isPlaceholderData || check.isPending,
    /** False while the form holds a value that cannot be written down. */
    isReady,
    write: (next: string): void => {
      setBase(next);
      setEdits(NO_EDITS);
    },
    edit: (pointer: string, value: string): void => setEdits(new Map([...edits, [pointer, value]])),
  };
}

/** The service's opinion of a text; what was said before stays until the next answer comes. */
function useCheck(text: string) {
  return useQuery({
    queryKey: ['rule-check', text],
    queryFn: () => draftsApi.check(text),
    enabled: text !== '',
    placeholderData: (before) => before,
    staleTime: 30_000,
    gcTime: 60_000,
  });
}

/** A value once it has not changed for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What was written and not stored would be lost with the page. */
export function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}
