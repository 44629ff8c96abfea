import type { Language } from '../../preferences';
import { formatMoment } from '../format';

export interface CredentialFact {
  readonly fact: 'title' | 'achievement' | 'issuer' | 'from' | 'until';
  readonly value: string;
}

/**
 * What a reader looks for first in a credential. It comes from strangers and may be unsound: what is
 * not of the expected shape is left out here and still stands in the whole text.
 */
export function factsOf(
  credential: Readonly<Record<string, unknown>>,
  language: Language,
): CredentialFact[] {
  const subject = first(credential['credentialSubject']);
  const issuer = credential['issuer'];
  const facts = [
    { fact: 'title', value: wordsOf(credential['name'], language) },
    {
      fact: 'achievement',
      value: wordsOf(member(member(subject, 'achievement'), 'name'), language),
    },
    { fact: 'issuer', value: wordsOf(member(issuer, 'name') ?? issuer, language) },
    { fact: 'from', value: momentOf(credential['validFrom'], language) },
    { fact: 'until', value: momentOf(credential['validUntil'], language) },
  ] as const;
  return facts.flatMap(({ fact, value }) => (value === undefined ? [] : [{ fact, value }]));
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? (value[0] as unknown) : value;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}

function momentOf(value: unknown, language: Language): string | undefined {
  if (typeof value !== 'string') return undefined;
  return Number.isNaN(Date.parse(value)) ? value : formatMoment(value, language);
}

/** A text, or a map of one text for each language, which JSON-LD allows in its place. */
function wordsOf(value: unknown, language: Language): string | undefined {
  if (typeof value === 'string') return value;
  const translated = member(value, language) ?? member(value, 'zh-Hans') ?? member(value, 'en');
  return typeof translated === 'string' ? translated : undefined;
}
