import { describe, type Language, type Problem } from '#libs/problems';

/** What a command of `creditbank rules` has to say. */
export interface Answer {
  /** For people, one line each. */
  readonly lines: readonly string[];
  /** The same for machines. */
  readonly json: unknown;
  /** Whether all is well; otherwise the command exits with 1. */
  readonly ok: boolean;
}

/** What is wrong with a file that cannot be read: one line for each fault, with line and path. */
export function linesOfProblem(name: string, problem: Problem, language: Language): string[] {
  const faults = problem.faults ?? [{ pointer: '', code: problem.code, params: problem.params }];
  return faults.map(({ code, pointer, params = {} }) => {
    const { title, change } = describe(code, language, params);
    return `${placeOf(name, params.line, pointer)} ✗ ${sentence({ title, change }, language)}`;
  });
}

/** What is wrong and what to do, with the full stop of the language. */
export function sentence(
  { title, change }: { readonly title: string; readonly change: string },
  language: Language,
): string {
  return language === 'zh' ? `${title}。${change}` : `${title}. ${change}`;
}

export function placeOf(name: string, line: string | undefined, pointer: string): string {
  return [`${name}:${line ?? '1'}`, pointer].filter(Boolean).join(' ');
}
