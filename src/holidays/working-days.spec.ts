import fc from 'fast-check';
import { addWorkingDays, isWorkingDay, workingDaysUntil } from './working-days.js';

const USUAL = { daysOff: new Set<string>(), workingDays: new Set<string>() };

/** The notice of the State Council for 2026, 4 November 2025: spring festival and national day. */
const NOTICE = {
  daysOff: new Set([
    ...[15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `2026-02-${day}`),
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
  ]),
  workingDays: new Set(['2026-02-14', '2026-02-28', '2026-09-20', '2026-10-10']),
};

const days = fc.date({
  min: new Date('2000-01-01'),
  max: new Date('2099-12-31'),
  noInvalidDate: true,
});
const day = days.map((date) => date.toISOString().slice(0, 10));

describe('working days', () => {
  it.each([
    ['2026-11-26', 0, '2026-11-26'],
    ['2026-11-26', 1, '2026-11-27'],
    ['2026-11-27', 1, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-11-29', 1, '2026-11-30'],
    ['2026-11-26', 20, '2026-12-24'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
  ])('%s and %i of the usual week → %s', (from, count, expected) => {
    expect(addWorkingDays(from, count, USUAL)).toBe(expected);
  });

  it.each([
    // Saturday 14 February is worked, then nine days are off.
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-24', 4, '2026-02-28'],
    ['2026-02-24', 5, '2026-03-02'],
    ['2026-09-18', 1, '2026-09-20'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 4, '2026-10-12'],
  ])('%s and %i by the notice of 2026 → %s', (from, count, expected) => {
    expect(addWorkingDays(from, count, NOTICE)).toBe(expected);
  });

  it('are counted back as they were counted, and as a negative number once they have passed', () => {
    const some = fc.array(day, { maxLength: 20 }).map((list) => new Set(list));
    const calendars = fc.record({ daysOff: some, workingDays: some });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 250 }), calendars, (from, count, calendar) => {
        const last = addWorkingDays(from, count, calendar);
        expect(workingDaysUntil(from, last, calendar)).toBe(count);
        expect(workingDaysUntil(last, from, calendar)).toBe(count === 0 ? 0 : -count);
      }),
    );
  });

  it('are days of which each comes after so many others, whatever the calendar', () => {
    const some = fc.array(day, { maxLength: 20 }).map((list) => new Set(list));
    const calendars = fc.record({ daysOff: some, workingDays: some });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 250 }), calendars, (from, count, calendar) => {
        const last = addWorkingDays(from, count, calendar);
        expect(isWorkingDay(last, calendar)).toBe(true);
        expect(addWorkingDays(addWorkingDays(from, count - 1, calendar), 1, calendar)).toBe(last);
        expect(last > from).toBe(true);
      }),
    );
  });

  it('of a week without a notice are Monday to Friday', () => {
    fc.assert(
      fc.property(day, (one) => {
        const weekday = new Date(`${one}T00:00:00Z`).getUTCDay();
        expect(isWorkingDay(one, USUAL)).toBe(weekday >= 1 && weekday <= 5);
      }),
    );
  });
});
