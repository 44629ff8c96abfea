/** What a clerk did for somebody, by the purposes of the access log; everything else is looking. */
const DEEDS = [
  'application-made',
  'application-withdrawn',
  'appeal-made',
  'learner-query-made',
  'share-made',
  'share-changed',
  'share-ended',
  'transcript',
  'consent-given',
  'consent-withdrawn',
] as const;

export type Deed = (typeof DEEDS)[number] | 'seen';

/** The deeds in the order in which they were first done; looking is one, however much was seen. */
export function deedsOf(purposes: readonly string[]): Deed[] {
  const deeds = purposes.map((purpose) => DEEDS.find((deed) => deed === purpose) ?? 'seen');
  return [...new Set<Deed>(deeds)];
}
