/** What of a person can be read, as consents and the access log name it. */
export const PERSON_FIELDS = [
  'name',
  'documents',
  'birth-date',
  'outcomes',
  'balance',
  'statement',
  'applications',
  'standings',
] as const;

export type PersonField = (typeof PERSON_FIELDS)[number];

/** The fields of which a learner's account consists. */
export const PROFILE_FIELDS = ['name', 'documents', 'birth-date'] as const satisfies PersonField[];

/** Why a person's data is read: one word for each place in the code that shows any. */
export const PURPOSES = [
  'account',
  'counter-search',
  'completion',
  'balance',
  'statement',
  'outcomes',
  'entry',
  'pathway',
  'entry-proof',
  'standings',
  'evaluation',
  'equivalence',
  'equivalence-query',
  'admission',
  'admission-made',
  'admission-withdrawn',
  'learner-query',
  'learner-query-made',
  'exchange',
  'planning',
  'indicator',
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

export type Purpose = (typeof PURPOSES)[number];

/** A read as whoever asks for it announces it. */
export interface Reading {
  readonly purpose: Purpose;
  readonly fields: readonly PersonField[];
}

/** The right under which something was shown; `file`: the office sent it itself; `none`: nothing was. */
export type Ground =
  | 'roster'
  | 'oversight'
  | 'application'
  | 'consent'
  | 'share'
  | 'file'
  | 'counter'
  | 'guardian'
  | 'query'
  | 'pathway'
  | 'none';

/** One line of a person's access log. */
export interface AccessEntry extends Reading {
  readonly learnerId: string;
  /** Id of the account or key; `public` for whoever held a code. */
  readonly reader: string;
  readonly institutionId: string | null;
  readonly ground: Ground;
  /** The consent, share, application, file, counter session, guardianship, query or pathway that it rests on. */
  readonly reference: string | null;
}
