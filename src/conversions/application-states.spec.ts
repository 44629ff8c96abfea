import { ACTIONS, STATES, isEnd, nextState } from './application-states.js';

/** Rows are states, columns are actions; `-` is not allowed. */
const TABLE = `
            start       offer      grant   refuse   approve  reject    return    reconsider  withdraw   revoke
submitted   evaluating  -          -       -        -        -         -         -           withdrawn  -
evaluating  -           in-review  booked  refused  -        -         -         -           withdrawn  -
in-review   -           -          -       -        booked   rejected  returned  evaluating  withdrawn  -
booked      -           -          -       -        -        -         -         -           -          revoked
rejected    -           -          -       -        -        -         -         -           -          -
returned    -           -          -       -        -        -         -         -           -          -
withdrawn   -           -          -       -        -        -         -         -           -          -
refused     -           -          -       -        -        -         -         -           -          -
revoked     -           -          -       -        -        -         -         -           -          -
`;

describe('the states of an application', () => {
  const [head = [], ...rows] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));

  it('knows every state and action of the table', () => {
    expect(head).toEqual([...ACTIONS]);
    expect(rows.map(([state]) => state)).toEqual([...STATES]);
  });

  it.each(STATES)('%s leads where the table says', (state) => {
    const row = rows.find(([name]) => name === state) ?? [];
    expect(ACTIONS.map((action) => nextState(state, action) ?? '-')).toEqual(row.slice(1));
    expect(isEnd(state)).toBe(row.slice(1).every((cell) => cell === '-'));
  });
});
