import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageOf, FIELD_CASES } from './coverage.js';
import { type RuleFile, RuleFileReader } from './documents.js';

const ROOT = join(process.cwd(), 'rulebooks');
const reader = new RuleFileReader(join(ROOT, 'schema', 'rulebook-1.schema.json'));

function read(name: string): { name: string; file: RuleFile } {
  const result = reader.read(readFileSync(join(ROOT, name), 'utf8'));
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problem)}`);
  return { name, file: result.value };
}

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map(read);
const coverage = new Map(coverageOf(files).map((each) => [each.id, each]));

test('the notes have forty rules', () => {
  expect(new Set(FIELD_CASES).size).toBe(40);
});

test.each(FIELD_CASES)('%s is shown from both sides', (id) => {
  const { documents = [], hasBothSides } = coverage.get(id) ?? {};
  expect([id, documents.length > 0, hasBothSides]).toEqual([id, true, true]);
});

test('a rule that no example shows, or shows from one side only, is told', () => {
  const one = files.filter(({ name }) => name === 'korea/provider-demerits.yaml');
  const states = coverageOf(one).filter(({ documents }) => documents.length > 0);
  expect(states.map(({ id, hasBothSides }) => [id, hasBothSides])).toEqual([['R49', true]]);
  const [file] = one;
  if (file?.file.format !== 'scheme') throw new Error('is a scheme');
  const { scheme } = file.file;
  const examples = scheme.document.examples.slice(0, 1);
  const cut = { ...file.file, scheme: { ...scheme, document: { ...scheme.document, examples } } };
  const [r49] = coverageOf([{ name: 'x', file: cut }]).filter(({ id }) => id === 'R49');
  expect(r49?.hasBothSides).toBe(false);
});
