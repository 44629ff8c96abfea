import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledRulebook, type ExampleDifference, lint, runExamples } from '#libs/rules';
import { runSchemeExamples } from '#libs/schemes';
import { type RuleFile, RuleFileReader } from './documents.js';

const ROOT = join(process.cwd(), 'rulebooks');
const reader = new RuleFileReader(join(ROOT, 'schema', 'rulebook-1.schema.json'));

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort();

function read(file: string): RuleFile {
  const result = reader.read(readFileSync(join(ROOT, file), 'utf8'));
  if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.problem, null, 2)}`);
  return result.value;
}

interface Shown {
  readonly name: string;
  readonly differences: readonly ExampleDifference[];
  readonly answer: unknown;
}

function examplesOf(file: RuleFile): Shown[] {
  if (file.format === 'scheme') return runSchemeExamples(file.scheme);
  return runExamples(file.rulebook).map(({ decision, ...rest }) => ({ ...rest, answer: decision }));
}

describe.each(files)('rulebooks/%s', (file) => {
  const results = examplesOf(read(file));

  test.each(results.map((result) => [result.name, result] as const))('%s', (_, result) => {
    expect({
      differences: result.differences,
      answer: result.differences.length ? result.answer : 0,
    }).toEqual({ differences: [], answer: 0 });
  });
});

function compiled(file: string): CompiledRulebook {
  const document = read(file);
  if (document.format !== 'rulebook') throw new Error(`${file} is no rulebook`);
  return document.rulebook;
}

test('a published document keeps its fingerprint when the format grows', () => {
  expect(compiled('beijing/one-use.yaml').hash).toBe(
    '78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18',
  );
});

test('the linter has nothing to say about them, read together', () => {
  const rulebooks = files
    .map(read)
    .flatMap((file) => (file.format === 'rulebook' ? [file.rulebook] : []));
  const findings = lint(rulebooks, { today: '2026-11-26' });
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});
