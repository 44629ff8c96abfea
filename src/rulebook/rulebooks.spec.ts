import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledRulebook, runExamples } from '#libs/rules';
import { DocumentReader } from './read-document.js';

const ROOT = join(process.cwd(), 'rulebooks');
const schema = JSON.parse(
  readFileSync(join(ROOT, 'schema', 'rulebook-1.schema.json'), 'utf8'),
) as object;
const reader = new DocumentReader(schema);

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort();

function compiled(file: string): CompiledRulebook {
  const result = reader.read(readFileSync(join(ROOT, file), 'utf8'));
  if (!result.ok) throw new Error(`${file}: ${JSON.stringify(result.problem, null, 2)}`);
  return result.value;
}

describe.each(files)('rulebooks/%s', (file) => {
  const results = runExamples(compiled(file));

  test.each(results.map((result) => [result.name, result] as const))('%s', (_, result) => {
    expect({
      differences: result.differences,
      reasons: result.differences.length ? result.decision : 0,
    }).toEqual({ differences: [], reasons: 0 });
  });
});

test('a published document keeps its fingerprint when the format grows', () => {
  expect(compiled('beijing/one-use.yaml').hash).toBe(
    '78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18',
  );
});
