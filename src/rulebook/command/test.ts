import type { Language } from '#libs/problems';
import { type ExampleDifference, runExamples } from '#libs/rules';
import { runSchemeExamples } from '#libs/schemes';
import type { RuleFile } from '../documents.js';
import { type Answer, linesOfProblem, placeOf } from './answer.js';
import type { NamedFile } from './files.js';

interface TestedFile {
  readonly file: string;
  readonly examples: number;
  readonly failed: readonly {
    readonly name: string;
    readonly line: number;
    readonly differences: readonly ExampleDifference[];
  }[];
  readonly faults: readonly string[];
}

/** Runs the worked examples of every file. */
export function testFiles(files: readonly NamedFile[], language: Language): Answer {
  const tested = files.map((each) => testFile(each, language));
  const examples = tested.reduce((sum, each) => sum + each.examples, 0);
  const bad = tested.filter(({ faults, failed }) => faults.length + failed.length > 0);
  const total = `${files.length} files, ${examples} examples, ${bad.length} files with faults`;
  return {
    lines: [...tested.flatMap(linesOf), total],
    json: { ok: bad.length === 0, files: tested },
    ok: bad.length === 0,
  };
}

function testFile({ name, file, problem }: NamedFile, language: Language): TestedFile {
  if (!file || problem) {
    const faults = problem ? linesOfProblem(name, problem, language) : [];
    return { file: name, examples: 0, failed: [], faults };
  }
  const results = resultsOf(file);
  const failed = results
    .filter(({ differences }) => differences.length > 0)
    .map(({ index, name: title, differences }) => {
      return { name: title, line: Number(file.yaml.lineOf(`/examples/${index}`)), differences };
    });
  return { file: name, examples: results.length, failed, faults: [] };
}

function resultsOf(
  file: RuleFile,
): { index: number; name: string; differences: readonly ExampleDifference[] }[] {
  return file.format === 'scheme' ? runSchemeExamples(file.scheme) : runExamples(file.rulebook);
}

function linesOf({ file, examples, failed, faults }: TestedFile): string[] {
  if (faults.length > 0) return [...faults];
  if (failed.length === 0) return [`✓ ${file}: ${examples} examples`];
  return failed.flatMap(({ name, line, differences }) => [
    `${placeOf(file, String(line), '')} ✗ ${name}`,
    ...differences.map(
      ({ what, expected, actual }) => `    ${what}: expected ${expected}, got ${actual}`,
    ),
  ]);
}
