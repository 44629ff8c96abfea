/** What is done about a query. */
export type QueryAction = 'ask' | 'answer' | 'ask-again' | 'close' | 'remind';

export type QueryState = 'asked' | 'answered' | 'closed';

/** What a school found when it looked at its records. */
export const QUERY_FINDINGS = ['record-complete', 'record-corrected', 'cannot-tell'] as const;

export type QueryFinding = (typeof QUERY_FINDINGS)[number];

const AFTER: Readonly<Record<Exclude<QueryAction, 'remind'>, QueryState>> = {
  ask: 'asked',
  answer: 'answered',
  'ask-again': 'asked',
  close: 'closed',
};

const FROM: Readonly<Record<QueryState, readonly QueryAction[]>> = {
  asked: ['answer', 'close', 'remind'],
  answered: ['ask-again', 'close'],
  closed: [],
};

/** The state that the last of these actions left; reminding changes none. */
export function stateAfter(actions: readonly QueryAction[]): QueryState {
  const last = actions.filter((action) => action !== 'remind').at(-1);
  if (last === undefined) throw new Error('a query begins with a question');
  return AFTER[last];
}

export function isAllowed(state: QueryState, action: QueryAction): boolean {
  return FROM[state].includes(action);
}
