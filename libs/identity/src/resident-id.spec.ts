import * as fc from 'fast-check';
import {
  birthDateOf,
  maskResidentId,
  normaliseResidentId,
  residentIdCheckDigit,
} from './resident-id.js';

const TODAY = '2026-06-30';

const birthDay = fc
  .date({
    min: new Date('1900-01-01T00:00:00Z'),
    max: new Date('2026-06-30T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));

/** Valid numbers of every region, day and sequence. */
const residentId = fc
  .tuple(fc.integer({ min: 110000, max: 809999 }), birthDay, fc.integer({ min: 0, max: 999 }))
  .map(([region, day, sequence]) => `${region}${day}${String(sequence).padStart(3, '0')}`)
  .map((body) => body + residentIdCheckDigit(body));

const codeOf = (text: string): string => {
  const result = normaliseResidentId(text, TODAY);
  return result.ok ? 'ok' : result.problem.code;
};

describe('normaliseResidentId', () => {
  it.each([
    // The worked example printed in GB 11643-1999, and one that ends in X.
    ['11010519491231002X', '11010519491231002X'],
    ['440524188001010014', '440524188001010014'],
    ['11010519491231002x', '11010519491231002X'],
    [' 110105 19491231 002X ', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['11010519491231002ｘ', '11010519491231002X'],
    ['110105\u300019491231\u00a0002X', '11010519491231002X'],
  ])('reads %j', (text, number) => {
    expect(normaliseResidentId(text, TODAY)).toEqual({ ok: true, value: number });
  });

  it.each([
    ['', 'resident-id-length'],
    ['11010519491231002', 'resident-id-length'],
    ['11010519491231002XX', 'resident-id-length'],
    ['110105491231002', 'resident-id-old-form'],
    ['1.10105E+17', 'resident-id-length'],
    ['1101051949123100２-', 'resident-id-form'],
    ['X1010519491231002X', 'resident-id-form'],
    ['01010519491231002X', 'resident-id-form'],
    ['110105194913310021', 'resident-id-birth-date'],
    ['110105190002290021', 'resident-id-birth-date'],
    ['110105202607010021', 'resident-id-birth-date'],
    ['110105000012310021', 'resident-id-birth-date'],
    ['110105194912310021', 'resident-id-check-digit'],
    // Excel keeps 15 digits and writes zeros for the rest.
    ['500106200509124000', 'resident-id-check-digit'],
  ])('refuses %j as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('accepts a birth date of today and of a leap day', () => {
    for (const body of ['11010520260630001', '11010520000229001']) {
      expect(codeOf(body + residentIdCheckDigit(body))).toBe('ok');
    }
  });

  it('names the document that a number of the same build belongs to', () => {
    const kindOf = (body: string): unknown =>
      normaliseResidentId(body + residentIdCheckDigit(body), TODAY);
    const other = (kind: string): unknown => ({
      ok: false,
      problem: { code: 'document-other-kind', params: { kind } },
    });
    expect(kindOf('81000019900101001')).toEqual(other('hmt-residence-permit'));
    expect(kindOf('82000019900101001')).toEqual(other('hmt-residence-permit'));
    expect(kindOf('83000019900101001')).toEqual(other('hmt-residence-permit'));
    expect(kindOf('93184019900101001')).toEqual(other('foreign-permanent-resident'));
  });

  it('is idempotent and keeps the birth date', () => {
    fc.assert(
      fc.property(residentId, (number) => {
        expect(normaliseResidentId(number, TODAY)).toEqual({ ok: true, value: number });
        expect(birthDateOf(number).replaceAll('-', '')).toBe(number.slice(6, 14));
      }),
    );
  });

  it('catches every wrong character in one place', () => {
    fc.assert(
      fc.property(residentId, (number) => {
        for (let i = 0; i < 18; i += 1) {
          // Another first digit may make it the number of another document; that is refused as well.
          for (const char of i === 17 ? '0123456789X' : '0123456789') {
            if (char === number[i]) continue;
            expect(codeOf(number.slice(0, i) + char + number.slice(i + 1))).not.toBe('ok');
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('catches every swap of two neighbours', () => {
    fc.assert(
      fc.property(residentId, (number) => {
        for (let i = 0; i < 17; i += 1) {
          if (number[i] === number[i + 1]) continue;
          const swapped = Array.from(number);
          [swapped[i], swapped[i + 1]] = [swapped[i + 1]!, swapped[i]!];
          expect(codeOf(swapped.join(''))).not.toBe('ok');
        }
      }),
    );
  });

  it('answers any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(typeof codeOf(text)).toBe('string');
      }),
    );
  });
});

describe('maskResidentId', () => {
  it('shows region and the last four', () => {
    expect(maskResidentId('500106199001011234')).toBe('5001**********1234');
    expect(maskResidentId('５００１０６１９９００１０１１２３４')).toBe('5001**********1234');
  });

  it('shows no digit of the birth date, also of a number that lost digits', () => {
    fc.assert(
      fc.property(residentId, fc.nat(17), (number, cut) => {
        expect(maskResidentId(number).slice(4, 14)).toBe('*'.repeat(10));
        const shorter = number.slice(0, cut) + number.slice(cut + 1);
        expect(maskResidentId(shorter)).toBe('*'.repeat(17));
      }),
    );
    expect(maskResidentId('500106900101123')).toBe('5001***********');
    expect(maskResidentId('')).toBe('****');
  });
});
