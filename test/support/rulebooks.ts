import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledRulebook } from '#libs/rules';
import { DocumentReader } from '../../src/rulebook/read-document.js';

/** Every document in `rulebooks/`, compiled, in the order of their names. */
export function rulebooksOnDisk(): CompiledRulebook[] {
  const root = join(process.cwd(), 'rulebooks');
  const schema: unknown = JSON.parse(
    readFileSync(join(root, 'schema', 'rulebook-1.schema.json'), 'utf8'),
  );
  const reader = new DocumentReader(schema as object);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))
    .filter(({ text }) => /^format: credit-bank-rulebook/m.test(text))
    .map(({ name, text }) => {
      const read = reader.read(text);
      if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.problem)}`);
      return read.value;
    });
}
