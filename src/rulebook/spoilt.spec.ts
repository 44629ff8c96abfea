import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { describe as describeProblem, PROBLEMS } from '#libs/problems';
import { describeRulebook, diffRulebooks, lint, narrate, runExamples } from '#libs/rules';
import { explainScheme, runSchemeExamples } from '#libs/schemes';
import { type RuleFile, RuleFileReader } from './documents.js';

const ROOT = join(process.cwd(), 'rulebooks');
const reader = new RuleFileReader(join(ROOT, 'schema', 'rulebook-1.schema.json'));
const documents: readonly unknown[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name): unknown => parse(readFileSync(join(ROOT, name), 'utf8'), { schema: 'core' }));

/** What people and machines write where something else was meant. */
const WRONG: readonly unknown[] = [
  [null, true, 0, -1, 1e21, 0.5, '', ' ', '0', '-1', '2/0', '1/3', '1e3', '99999999', 'total'],
  ['of-lot', 'of-target', '2026-02-30', '2026-13', '02-30', '12-31', 'none', '__proto__'],
  ['constructor', 'Ⅰ', '\u00a0', '中级', [[]], {}, [[[]]], [[{}]], { has: 'X' }, { all: [] }],
  [{ percent: '100', of: 'total' }, { recognised: 'X' }, { joined: 'x', of: [{ has: 'X' }] }],
].flat();

interface Spoiling {
  /** Which of the places below, as a share of them; then what is done there. */
  readonly place: number;
  readonly how: 'remove' | 'repeat' | 'wrong' | 'rename' | 'borrow';
  readonly value: number;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly member: string;
}

function placesOf(value: unknown, places: Place[] = []): Place[] {
  if (value === null || typeof value !== 'object') return places;
  for (const member of Object.keys(value)) {
    const holder = value as Record<string, unknown>;
    places.push({ holder, member });
    placesOf(holder[member], places);
  }
  return places;
}

const at = <T>(list: readonly T[], share: number): T => list[Math.floor(share * list.length)] as T;

/** Changes one place of a document; whatever comes of it is still a document that can be written. */
function spoil(document: unknown, { place, how, value }: Spoiling): unknown {
  const copy: unknown = structuredClone(document);
  const places = placesOf(copy);
  const { holder, member } = at(places, place);
  if (how === 'remove' && Array.isArray(holder)) holder.splice(Number(member), 1);
  else if (how === 'remove') delete holder[member];
  else if (how === 'repeat' && Array.isArray(holder))
    holder.push(structuredClone(holder[Number(member)]));
  else if (how === 'rename') holder[`${member}s`] = holder[member];
  else if (how === 'borrow') {
    const other = at(places, value);
    holder[member] = structuredClone(other.holder[other.member]);
  } else holder[member] = at(WRONG, value);
  return copy;
}

const share = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const spoiling = fc.record({
  place: share,
  how: fc.constantFrom('remove', 'repeat', 'wrong', 'wrong', 'rename', 'borrow' as const),
  value: share,
});

/** Does with an accepted document everything that is ever done with one. */
function use(file: RuleFile): void {
  if (file.format === 'scheme') {
    runSchemeExamples(file.scheme);
    explainScheme(file.scheme);
    return;
  }
  const { rulebook } = file;
  lint([rulebook], { today: '2026-11-26', outcomes: [] });
  describeRulebook(rulebook);
  diffRulebooks(rulebook.rulebook, rulebook.rulebook);
  for (const { decision } of runExamples(rulebook)) narrate(decision);
}

test('a document with a slip is refused by name, with its line, or does what it says', () => {
  const counts = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(share, fc.array(spoiling, { minLength: 1, maxLength: 2 }), (which, spoilings) => {
      const document = spoilings.reduce<unknown>(spoil, at(documents, which));
      const result = reader.read(stringify(document));
      if (result.ok) {
        counts.accepted += 1;
        use(result.value);
        return;
      }
      counts.refused += 1;
      const { code, faults = [] } = result.problem;
      expect(Object.keys(PROBLEMS)).toContain(code);
      expect(faults.length).toBeLessThanOrEqual(100);
      for (const fault of faults) {
        expect(fault.params?.line).toMatch(/^[1-9]\d*$/);
        for (const language of ['en', 'zh'] as const) {
          expect(describeProblem(fault.code, language, fault.params).change).not.toMatch(/\{\w+\}/);
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(counts.accepted).toBeGreaterThan(5);
  expect(counts.refused).toBeGreaterThan(100);
}, 120_000);
