import { describe, type FieldFault, type Language } from '#libs/problems';
import { isPublishable, lint, type LintFinding } from '#libs/rules';
import { type Answer, linesOfProblem, placeOf, sentence } from './answer.js';
import type { NamedFile } from './files.js';

/** One finding with its place in a file and its words. */
interface ToldFinding extends Pick<LintFinding, 'code' | 'severity' | 'path' | 'params'> {
  readonly file: string;
  readonly line: number | null;
  readonly title: string;
  readonly change: string;
}

const SIGNS = { error: '✗', warning: '!', note: '·' } as const;

/**
 * Looks for what is wrong, or probably not meant, in files that belong together.
 *
 * @param withNotes also tell what is true of many good documents
 */
export function lintFiles(
  files: readonly NamedFile[],
  { today, language, withNotes }: { today: string; language: Language; withNotes: boolean },
): Answer {
  const rulebooks = files.flatMap(({ name, file }) =>
    file?.format === 'rulebook' ? [{ name, ...file }] : [],
  );
  const findings = lint(
    rulebooks.map(({ rulebook }) => rulebook),
    { today },
  );
  const told = findings
    .filter(({ severity }) => withNotes || severity !== 'note')
    .map((finding): ToldFinding => {
      const home = rulebooks.find(
        ({ rulebook: { rulebook } }) =>
          rulebook.id === finding.rulebook && rulebook.version === finding.version,
      );
      const line = home ? Number(home.yaml.lineOf(finding.path)) : null;
      const { code, severity, path, params } = finding;
      const words = describe(code, language, params);
      return { file: home?.name ?? '', line, code, severity, path, params, ...words };
    });
  const broken = files.filter(({ problem }) => problem !== null);
  const faults = broken.flatMap(({ name, problem }) =>
    problem ? linesOfProblem(name, problem, language) : [],
  );
  const ok = faults.length === 0 && isPublishable(findings);
  const count = (severity: string): number =>
    told.filter((finding) => finding.severity === severity).length;
  return {
    lines: [
      ...faults,
      ...told.map((finding) => lineOf(finding, language)),
      `${files.length} files, ${count('error') + faults.length} errors, ${count('warning')} warnings`,
    ],
    json: { ok, faults: broken.map(faultsOfFile), findings: told },
    ok,
  };
}

function faultsOfFile({ name, problem }: NamedFile): {
  file: string;
  code: string;
  faults: readonly FieldFault[];
} {
  return { file: name, code: problem?.code ?? '', faults: problem?.faults ?? [] };
}

function lineOf(finding: ToldFinding, language: Language): string {
  const { file, line, severity, path } = finding;
  const place = file === '' ? '' : `${placeOf(file, String(line ?? 1), path)} `;
  return `${place}${SIGNS[severity]} ${sentence(finding, language)}`;
}
