/** Where an application stands. The last five are ends; `booked` is left only by a revocation. */
export const STATES = [
  'submitted',
  'evaluating',
  'in-review',
  'booked',
  'rejected',
  'returned',
  'withdrawn',
  'refused',
  'revoked',
] as const;

export type ApplicationState = (typeof STATES)[number];

/**
 * What can happen to an application. By the queue: `start` takes it up, then `offer` (a person must
 * review), `grant` (booked without review) or `refuse` (nothing convertible). By the receiving
 * institution: `approve`, `reject`, `return`; `reconsider` when a new finding or a changed outcome
 * makes its decision old. By the requester: `withdraw`. By whoever takes an outcome back that a
 * booking rests on: `revoke`.
 */
export const ACTIONS = [
  'start',
  'offer',
  'grant',
  'refuse',
  'approve',
  'reject',
  'return',
  'reconsider',
  'withdraw',
  'revoke',
] as const;

export type ApplicationAction = (typeof ACTIONS)[number];

const TRANSITIONS: Record<
  ApplicationState,
  Partial<Record<ApplicationAction, ApplicationState>>
> = {
  submitted: { start: 'evaluating', withdraw: 'withdrawn' },
  evaluating: { offer: 'in-review', grant: 'booked', refuse: 'refused', withdraw: 'withdrawn' },
  'in-review': {
    approve: 'booked',
    reject: 'rejected',
    return: 'returned',
    reconsider: 'evaluating',
    withdraw: 'withdrawn',
  },
  booked: { revoke: 'revoked' },
  rejected: {},
  returned: {},
  withdrawn: {},
  refused: {},
  revoked: {},
};

/** The state an action leads to; undefined when the state does not allow it. */
export function nextState(
  state: ApplicationState,
  action: ApplicationAction,
): ApplicationState | undefined {
  return TRANSITIONS[state][action];
}

/** Whether nothing more can happen to an application. */
export function isEnd(state: ApplicationState): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0;
}
