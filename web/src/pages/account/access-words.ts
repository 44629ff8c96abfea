/** Parts of a record, as consents and the access log name them. */
export const FIELDS = [
  'name',
  'documents',
  'birth-date',
  'outcomes',
  'balance',
  'statement',
  'applications',
  'standings',
] as const;
export type Field = (typeof FIELDS)[number];

const PURPOSES = [
  'account',
  'counter-search',
  'completion',
  'balance',
  'statement',
  'outcomes',
  'pathway',
  'entry',
  'entry-proof',
  'standings',
  'evaluation',
  'equivalence',
  'equivalence-query',
  'learner-query',
  'learner-query-made',
  'admission',
  'admission-made',
  'admission-withdrawn',
  'indicator',
  'exchange',
  'planning',
  'agreement',
  'application',
  'application-list',
  'decision-letter',
  'revocation',
  'proof',
  'export',
  'simulation',
  'corrections',
  'counter-session',
  'counter-list',
  'claim-code',
  'guardianship',
  'person-link',
  'application-made',
  'application-withdrawn',
  'appeal-made',
  'shares',
  'share-made',
  'share-changed',
  'share-ended',
  'transcript',
  'consents',
  'consent-given',
  'consent-withdrawn',
  'access-log',
  'representatives',
] as const;
type Purpose = (typeof PURPOSES)[number];

/** A purpose for which the pages have words; `other` for one that is newer than they. */
export function purposeKnown(purpose: string): Purpose | 'other' {
  return PURPOSES.find((one) => one === purpose) ?? 'other';
}

/** The fields for which the pages have words. */
export function fieldsKnown(fields: readonly string[]): Field[] {
  return FIELDS.filter((field) => fields.includes(field));
}
