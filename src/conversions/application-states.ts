/**
 * Where an application stands. A `draft` is the learner's alone. `approved` lasts as long as its
 * booking takes: both are one transaction. `booked` is left only by a revocation, `rejected` only by
 * an appeal.
 */
export const STATES = [
  'draft',
  'submitted',
  'evaluating',
  'in-review',
  'approved',
  'booked',
  'rejected',
  'returned',
  'appealed',
  'withdrawn',
  'refused',
  'revoked',
] as const;

export type ApplicationState = (typeof STATES)[number];

/**
 * What can happen to an application. By the requester: `submit` a draft, `appeal`, `withdraw`. By the
 * queue: `start` takes it up, then `offer` (people must review), `grant` (booked without review) or
 * `refuse` (nothing convertible); `remind` when its promised day comes near or has passed. By the
 * receiving institution: each `vote`, then what the votes come to: `approve` (and `book` with it),
 * `reject`, `return`; `reconsider` when a new finding or a changed outcome makes its decision old. By
 * whoever takes an outcome back that a booking rests on: `revoke`. By an authority: `close`, when its
 * evaluation gave up and is not tried again.
 */
export const ACTIONS = [
  'submit',
  'start',
  'offer',
  'grant',
  'refuse',
  'vote',
  'approve',
  'book',
  'reject',
  'return',
  'appeal',
  'reconsider',
  'remind',
  'withdraw',
  'revoke',
  'close',
] as const;

export type ApplicationAction = (typeof ACTIONS)[number];

const TRANSITIONS: Record<
  ApplicationState,
  Partial<Record<ApplicationAction, ApplicationState>>
> = {
  draft: { submit: 'submitted', withdraw: 'withdrawn' },
  submitted: {
    start: 'evaluating',
    remind: 'submitted',
    withdraw: 'withdrawn',
    close: 'returned',
  },
  evaluating: {
    offer: 'in-review',
    grant: 'booked',
    refuse: 'refused',
    remind: 'evaluating',
    withdraw: 'withdrawn',
    close: 'returned',
  },
  'in-review': {
    vote: 'in-review',
    approve: 'approved',
    reject: 'rejected',
    return: 'returned',
    reconsider: 'evaluating',
    remind: 'in-review',
    withdraw: 'withdrawn',
  },
  approved: { book: 'booked' },
  booked: { revoke: 'revoked' },
  rejected: { appeal: 'appealed' },
  returned: {},
  // Evaluated where it is: an offer makes the new decision ready for the second panel.
  appealed: {
    offer: 'appealed',
    vote: 'appealed',
    approve: 'approved',
    reject: 'rejected',
    reconsider: 'appealed',
    remind: 'appealed',
    withdraw: 'withdrawn',
    close: 'returned',
  },
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

/** Where people of the receiving institution look at it: the first panel, or the one of an appeal. */
export function isUnderReview(state: ApplicationState): state is 'in-review' | 'appealed' {
  return state === 'in-review' || state === 'appealed';
}
