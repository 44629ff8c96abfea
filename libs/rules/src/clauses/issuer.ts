import { list, type OneOrMany } from '../one-or-many.js';
import { lotTest, type LotTestKind, truth } from './lot-test.js';

/** The institution that posted the outcome is one of these. */
export const issuer: LotTestKind<'issuer', OneOrMany<string>, readonly string[]> = {
  member: 'issuer',
  field: 'issuer',

  canonical(written) {
    return list(written);
  },

  check() {
    // Institutions are no part of a document: any code may be meant.
  },

  compile(issuers) {
    if (issuers.length === 0) return [];
    const test = lotTest(
      {
        field: 'issuer',
        wanted: issuers.join(' | '),
        // Who issued an outcome does not change; another one has to be earned.
        canChange: false,
        verdict: ({ fact }) => truth(issuers.includes(fact.issuer)),
        read: ({ fact }) => fact.issuer,
        examples: () => issuers.map((each) => ({ fact: { issuer: each } })),
      },
      'issuer',
    );
    return [test];
  },

  sentences: {
    change: { en: 'issued by {wanted}', zh: '由 {wanted} 颁发' },
    waits: { issuer: { en: 'the issuer of {lot} is unknown', zh: '{lot} 的颁发机构未知' } },
  },
};
