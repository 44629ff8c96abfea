import { PROBLEMS, type ProblemCode } from './catalogue.js';
import type { Language, ProblemDefinition } from './definition.js';

/** What is wrong with one field of a request or one cell of a file. */
export interface FieldFault {
  /** JSON pointer of the field, for example `/learner/document/number`. */
  readonly pointer: string;
  readonly code: ProblemCode;
  readonly params?: Readonly<Record<string, string>>;
}

/** A refusal as a value: a closed code, its parameters, and, for a bad shape, the fields at fault. */
export interface Problem {
  readonly code: ProblemCode;
  readonly params?: Readonly<Record<string, string>>;
  readonly faults?: readonly FieldFault[];
  /** Members that travel with the answer, for example both versions of a conflicting posting. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** What a use case returns when refusing is a normal answer. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse<T = never>(
  code: ProblemCode,
  params?: Readonly<Record<string, string>>,
  rest?: Pick<Problem, 'faults' | 'members'>,
): Result<T> {
  return { ok: false, problem: { code, ...(params ? { params } : {}), ...rest } };
}

/** Title and advice of a code in one language, with the parameters filled in. */
export function describe(
  code: ProblemCode,
  language: Language,
  params: Readonly<Record<string, string>> = {},
): { title: string; change: string } {
  const definition: ProblemDefinition = PROBLEMS[code];
  return {
    title: fill(definition.title[language], params),
    change: fill(definition.change[language], params),
  };
}

export function statusOf(code: ProblemCode): number {
  return PROBLEMS[code].status;
}

function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

/** Marks a branch that the type system proves unreachable; reaching it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
