import * as fc from 'fast-check';
import {
  IDENTITY_KINDS,
  type IdentityKind,
  birthDateOfDocument,
  documentKey,
  maskDocument,
  normaliseDocument,
} from './document.js';
import { residentIdCheckDigit } from './resident-id.js';

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
    ['hmt-residence-permit', '8１0000 19900101 0019', '810000199001010019'],
    ['hmt-residence-permit', '83000019900101008x', '83000019900101008X'],
    ['foreign-permanent-resident', 'usa 1100-8208 1501', 'USA110082081501'],
    ['foreign-permanent-resident', '９31840199001010011', '931840199001010011'],
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

  it.each([
    ['hmt-residence-permit', '11010519491231002X', 'document-other-kind'],
    ['hmt-residence-permit', '810000199001010011', 'resident-id-check-digit'],
    ['hmt-residence-permit', 'H12345678', 'resident-id-length'],
    ['foreign-permanent-resident', '810000199001010019', 'document-other-kind'],
    ['foreign-permanent-resident', 'US1100820815012', 'resident-id-length'],
  ] as const)('refuses %s %j as %s', (kind, text, code) => {
    expect(normaliseDocument(kind, text, TODAY)).toMatchObject({ ok: false, problem: { code } });
  });

  it('lets a number of 18 digits be of one kind only', () => {
    const body = fc.oneof(
      fc.stringMatching(/^8[123]0000(19|20)[0-2]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/),
      fc.stringMatching(/^[1-9]\d{5}(19|20)[0-2]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/),
    );
    const numbered: IdentityKind[] = [
      'resident-id',
      'hmt-residence-permit',
      'foreign-permanent-resident',
    ];
    fc.assert(
      fc.property(body, (digits) => {
        const number = digits + residentIdCheckDigit(digits);
        const results = numbered.map((kind) => normaliseDocument(kind, number, TODAY));
        const isFuture = results.some(
          (one) => !one.ok && one.problem.code === 'resident-id-birth-date',
        );
        expect(results.filter((one) => one.ok)).toHaveLength(isFuture ? 0 : 1);
      }),
    );
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

describe('documentKey', () => {
  const key = (kind: IdentityKind, school: string | null): string =>
    documentKey({ kind, number: 'A1234' }, school);

  it('tells apart what schools number themselves, and nothing else', () => {
    expect(key('foreign-student-number', 'one')).not.toBe(key('foreign-student-number', 'two'));
    for (const kind of IDENTITY_KINDS.filter((one) => one !== 'foreign-student-number')) {
      expect(key(kind, 'one')).toBe(key(kind, null));
    }
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
  it('reads the numbers that carry one', () => {
    expect(birthDateOfDocument('resident-id', '11010519491231002X')).toBe('1949-12-31');
    expect(birthDateOfDocument('hmt-residence-permit', '810000199001010019')).toBe('1990-01-01');
    expect(birthDateOfDocument('foreign-permanent-resident', '931840199001010011')).toBe(
      '1990-01-01',
    );
    expect(birthDateOfDocument('foreign-permanent-resident', 'USA110082081501')).toBeNull();
    expect(birthDateOfDocument('passport', 'E12345678')).toBeNull();
  });
});
