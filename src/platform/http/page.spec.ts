import fc from 'fast-check';
import { newId } from '../ids/index.js';
import { encodeCursor, idCursor, momentCursor } from './page.js';

const ids = fc.integer({ min: 0, max: 1023 }).map((bucket) => newId(bucket));
const moments = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
  .map((moment) => moment.toISOString());
const refused = expect.objectContaining({
  problem: expect.objectContaining({ code: 'malformed-request' }) as unknown,
}) as unknown;

/** What reading a cursor throws; undefined when it is taken. */
function faultOf(read: () => unknown): unknown {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
}

it('a cursor comes back as it was given, and none begins the list', () => {
  expect([idCursor(undefined), momentCursor(undefined)]).toEqual([null, null]);
  fc.assert(
    fc.property(ids, moments, (id, moment) => {
      expect(idCursor(encodeCursor(id))).toBe(id);
      expect(momentCursor(encodeCursor(moment, id))).toEqual([moment, id]);
    }),
  );
});

it('a cursor of another list, and any other text, is refused', () => {
  const id = newId();
  const moment = '2026-11-27T01:00:00.000Z';
  for (const foreign of ['', 'x', encodeCursor(), encodeCursor('x'), encodeCursor(moment, id)]) {
    expect(faultOf(() => idCursor(foreign))).toEqual(refused);
  }
  for (const foreign of [
    '',
    encodeCursor(id),
    encodeCursor(id, moment),
    encodeCursor(moment, 'x'),
  ]) {
    expect(faultOf(() => momentCursor(foreign))).toEqual(refused);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(faultOf(() => idCursor(text))).toEqual(refused);
      expect(faultOf(() => momentCursor(text))).toEqual(refused);
    }),
  );
});
