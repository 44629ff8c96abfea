import {
  compileScheme,
  decideScheme,
  explainScheme,
  type SchemeAnswer,
  type SchemeDocument,
} from '../src/index.js';

export const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

export function scheme(kind: string, members: Record<string, unknown>): SchemeDocument {
  return {
    format: 'credit-bank-scheme/1',
    kind,
    id: 'test',
    version: 1,
    title: text('test'),
    basis: [{ text: 'test' }],
    examples: [],
    ...members,
  };
}

export function faultsOf(document: SchemeDocument): string[] {
  const result = compileScheme(document);
  if (result.ok) return [];
  return (result.problem.faults ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
}

export function answer(document: SchemeDocument, given: unknown): SchemeAnswer {
  const result = compileScheme(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return decideScheme(result.value, given);
}

export function sentences(document: SchemeDocument): string[] {
  const result = compileScheme(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return explainScheme(result.value).flatMap(({ en, zh }) => [en, zh]);
}

export const example = (given: unknown, expected: SchemeAnswer = {}): unknown => {
  return { name: 'e', given, expect: expected };
};
