import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const quoted = [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
const rows = text
  .slice(text.indexOf('## ASVS'))
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** A star stands for the middle of a file's name. */
function isThere(name: string): boolean {
  if (!name.includes('*')) return existsSync(join(root, name));
  const [start = '', end = ''] = basename(name).split('*');
  const found = readdirSync(join(root, dirname(name)));
  return found.some((file) => file.startsWith(start) && file.endsWith(end));
}

/** The list of what is defended is worth what its tests are: each has to be there. */
describe('docs/security.md', () => {
  it('names files that exist', () => {
    const files = quoted.filter((name) => /^(test|src|libs|docs|web|migrations|\.ci)\//.test(name));
    const missing = files.filter((name) => !isThere(name));
    expect(files.length).toBeGreaterThan(60);
    expect([...new Set(missing)]).toEqual([]);
  });

  it('names commands that exist', () => {
    const commands = quoted.flatMap((name) => /^npm run ([\w:]+)/.exec(name)?.[1] ?? []);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    const teeth = readFileSync(join(root, 'test/faults/lib/teeth.mjs'), 'utf8');
    const guards = quoted.flatMap((name) => /--only ([\w,-]+)/.exec(name)?.[1]?.split(',') ?? []);
    const isTooth = (guard: string): boolean =>
      teeth.includes(`\n  ${guard}: {`) || teeth.includes(`\n  '${guard}': {`);
    expect(guards.filter((guard) => !isTooth(guard))).toEqual([]);
  });

  it('says of every item which test shows it, or that none does', () => {
    const isSettled = (state = ''): boolean =>
      /`[^`]+`/.test(state) || /not done|not applicable|elsewhere/.test(state);
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(([, , , state]) => !isSettled(state))).toEqual([]);
  });

  it('has every chapter of ASVS 5.0', () => {
    const chapters = new Set(
      rows.flatMap(([, item]) => [...(item ?? '').matchAll(/V(\d+)/g)].map(([, n]) => Number(n))),
    );
    expect([...chapters].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 17 }, (_, i) => i + 1),
    );
  });
});
