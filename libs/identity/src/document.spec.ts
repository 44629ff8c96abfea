import * as fc from 'fast-check';
import {
  IDENTITY_KINDS,
  birthDateOfDocument,
  maskDocument,
  normaliseDocument,
} from './document.js';

const TODAY = '2026-06-30';

describe('normaliseDocument', () => {
  it.each([
    ['resident-id', '11010519491231002x', '11010519491231002X'],
    ['passport', 'e 1234-5678', 'E12345678'],
    ['passport', 'ＡＡ１２３４５６７', 'AA1234567'],
    ['hk-macao-permit', 'h12345678', 'H12345678'],
    ['hk-macao-permit', 'H1234567802', 'H12345678'],
    ['taiwan-permit', '12345678', '12345678'],
    ['taiwan-permit', '1234567801', '12345678'],
    ['foreign-student-number', 'cq/2024-0017', 'CQ/2024-0017'],
    ['sh-credit-bank-id', 'sh_0001', 'SH_0001'],
    ['abc-account-id', '1234 5678 9012', '123456789012'],
  ] as const)('%s %j → %s', (kind, text, number) => {
    expect(normaliseDocument(kind, text, TODAY)).toEqual({ ok: true, value: number });
  });

  it.each([
    ['passport', 'E12'],
    ['passport', 'E1234567Ж'],
    ['hk-macao-permit', 'A12345678'],
    ['hk-macao-permit', 'H123456789'],
    ['taiwan-permit', '1234567'],
    ['foreign-student-number', '学号17'],
    ['sh-credit-bank-id', "x'; DROP TABLE"],
    ['abc-account-id', '12345678901'],
  ] as const)('refuses %s %j and shows the form', (kind, text) => {
    const result = normaliseDocument(kind, text, TODAY);
    expect(result).toMatchObject({ ok: false, problem: { code: 'document-number-form' } });
  });

  it('gives a number that it gives back unchanged', () => {
    const text = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9 -]{4,20}$/),
      fc.stringMatching(/^[HMhm]?\d{8,12}$/),
    );
    fc.assert(
      fc.property(fc.constantFrom(...IDENTITY_KINDS), text, (kind, number) => {
        const once = normaliseDocument(kind, number, TODAY);
        if (once.ok) expect(normaliseDocument(kind, once.value, TODAY)).toEqual(once);
      }),
    );
  });
});

describe('maskDocument', () => {
  it.each([
    ['resident-id', '500106199001011234', '5001**********1234'],
    ['passport', 'E12345678', 'E1*****78'],
    ['foreign-student-number', 'A1234', 'A***4'],
    ['sh-credit-bank-id', 'ABCD', '****'],
    ['abc-account-id', '123456789012', '12********12'],
  ] as const)('%s %s → %s', (kind, number, masked) => {
    expect(maskDocument(kind, number)).toBe(masked);
  });

  it('keeps the length and hides at least half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const masked = Array.from(maskDocument('passport', text));
        expect(masked).toHaveLength(Array.from(text).length);
        const shown = masked.filter((char) => char !== '*').length;
        expect(shown).toBeLessThanOrEqual(masked.length / 2);
      }),
    );
  });
});

describe('birthDateOfDocument', () => {
  it('reads only resident IDs', () => {
    expect(birthDateOfDocument('resident-id', '11010519491231002X')).toBe('1949-12-31');
    expect(birthDateOfDocument('passport', 'E12345678')).toBeNull();
  });
});
