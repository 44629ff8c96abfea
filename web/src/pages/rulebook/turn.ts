import type { DraftState } from '../../api/drafts';
import type { Role } from '../../api/types';

/** What the next step of a draft is, and whether the reader may take it. */
export interface Turn {
  readonly step: 'write' | 'approve' | 'publish' | 'none';
  /** Why the reader may not; null when they may. */
  readonly obstacle: 'not-author' | 'not-approver' | 'own-text' | null;
}

const WRITERS: readonly Role[] = ['rule-author', 'authority'];
const APPROVERS: readonly Role[] = ['approver', 'authority'];

/** Whose turn it is. `isAuthor`: the reader wrote on the text, so that somebody else must agree. */
export function turnOf(state: DraftState, isAuthor: boolean, roles: readonly Role[]): Turn {
  const has = (some: readonly Role[]): boolean => some.some((role) => roles.includes(role));
  switch (state) {
    case 'draft':
    case 'rejected':
      return { step: 'write', obstacle: has(WRITERS) ? null : 'not-author' };
    case 'submitted':
      if (!has(APPROVERS)) return { step: 'approve', obstacle: 'not-approver' };
      return { step: 'approve', obstacle: isAuthor ? 'own-text' : null };
    case 'approved':
      return { step: 'publish', obstacle: null };
    case 'published':
      return { step: 'none', obstacle: null };
  }
}

/** Whether drafts in a state wait for somebody with these roles; a list does not say who wrote. */
export function mayBeTurn(state: DraftState, roles: readonly Role[]): boolean {
  const { step, obstacle } = turnOf(state, false, roles);
  return step !== 'none' && obstacle === null;
}
