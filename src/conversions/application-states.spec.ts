import { ACTIONS, type ApplicationState, STATES, isEnd, nextState } from './application-states.js';

/** States in four letters, so that the table is narrow. */
const SHORT: Record<ApplicationState, string> = {
  draft: 'drft',
  submitted: 'subm',
  evaluating: 'eval',
  'in-review': 'revw',
  approved: 'appr',
  booked: 'book',
  rejected: 'rejd',
  returned: 'retd',
  appealed: 'appl',
  withdrawn: 'with',
  refused: 'refu',
  revoked: 'revo',
};

/** Rows are states, columns are actions by their first six letters; `-` is not allowed. */
const TABLE = `
           submit start  offer  grant  refuse vote   approv book   reject return appeal recons remind withdr revoke close
draft      subm   -      -      -      -      -      -      -      -      -      -      -      -      with   -      -
submitted  -      eval   -      -      -      -      -      -      -      -      -      -      subm   with   -      retd
evaluating -      -      revw   book   refu   -      -      -      -      -      -      -      eval   with   -      retd
in-review  -      -      -      -      -      revw   appr   -      rejd   retd   -      eval   revw   with   -      -
approved   -      -      -      -      -      -      -      book   -      -      -      -      -      -      -      -
booked     -      -      -      -      -      -      -      -      -      -      -      -      -      -      revo   -
rejected   -      -      -      -      -      -      -      -      -      -      appl   -      -      -      -      -
returned   -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -
appealed   -      -      appl   -      -      appl   appr   -      rejd   -      -      appl   appl   with   -      retd
withdrawn  -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -
refused    -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -
revoked    -      -      -      -      -      -      -      -      -      -      -      -      -      -      -      -
`;

describe('the states of an application', () => {
  const [head = [], ...rows] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));

  it('knows every state and action of the table', () => {
    expect(head).toEqual(ACTIONS.map((action) => action.slice(0, 6)));
    expect(rows.map(([state]) => state)).toEqual([...STATES]);
  });

  it.each(STATES)('%s leads where the table says', (state) => {
    const row = rows.find(([name]) => name === state) ?? [];
    const led = ACTIONS.map((action) => {
      const next = nextState(state, action);
      return next ? SHORT[next] : '-';
    });
    expect(led).toEqual(row.slice(1));
    expect(isEnd(state)).toBe(row.slice(1).every((cell) => cell === '-'));
  });
});
