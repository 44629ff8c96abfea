import { accept, type FieldFault, refuse, type Result, type Text } from '#libs/problems';
import { canonicalJson, type ExampleDifference, sha256Hex } from '#libs/rules';
import { kindOf } from './kinds.js';
import type { SchemeAnswer, SchemeDocument, SchemeKind } from './scheme.js';

/** A scheme whose meaning was checked. */
export interface CompiledScheme {
  readonly document: SchemeDocument;
  /** SHA-256 of the canonical JSON of the document: the identity of this version. */
  readonly hash: string;
  readonly kind: SchemeKind;
}

export interface SchemeExampleResult {
  readonly index: number;
  readonly name: string;
  readonly answer: SchemeAnswer;
  /** Empty when the example comes out as written. */
  readonly differences: readonly ExampleDifference[];
}

/** Makes a scheme ready. Its shape must be that of the JSON Schema; the rest is refused with places. */
export function compileScheme(document: SchemeDocument): Result<CompiledScheme> {
  const kind = kindOf(document.kind);
  const faults: readonly FieldFault[] = kind
    ? kind.check(document)
    : [{ pointer: '/kind', code: 'scheme-kind-unknown', params: { kind: document.kind } }];
  if (!kind || faults.length > 0) return refuse('rulebook-invalid', {}, { faults });
  return accept({ document, hash: sha256Hex(canonicalJson(document)), kind });
}

/** What the scheme says of a case. */
export function decideScheme({ document, kind }: CompiledScheme, given: unknown): SchemeAnswer {
  return kind.decide(document, given);
}

/** The scheme in sentences. */
export function explainScheme({ document, kind }: CompiledScheme): readonly Text[] {
  return kind.explain(document);
}

/** Runs every worked example of a scheme. Only what an example writes is compared. */
export function runSchemeExamples(scheme: CompiledScheme): SchemeExampleResult[] {
  return scheme.document.examples.map(({ name, given, expect }, index) => {
    const answer = decideScheme(scheme, given);
    const differences = Object.entries(expect)
      .map(([what, expected]) => ({ what, expected, actual: answer[what] ?? 'nothing' }))
      .filter(({ expected, actual }) => expected !== actual);
    return { index, name, answer, differences };
  });
}
