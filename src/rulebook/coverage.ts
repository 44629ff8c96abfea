import { canonicalJson } from '#libs/rules';
import type { RuleFile } from './documents.js';

/** The rules of the field that the documents in `rulebooks/` must show, by the ids of the notes. */
export const FIELD_CASES: readonly string[] = (
  'R01 R02 R03 R05 R07 R09 R10 R11 R13 R14 R15 R17 R18 R19 R21 R22 R23 R24 R25 R28 ' +
  'R29 R30 R33 R34 R35 R36 R40 R41 R42 R43 R45 R46 R48 R49 R50 R51 R54 R55 R57 R58'
).split(' ');

/** One rule of the field, and what shows it. */
export interface CaseCoverage {
  readonly id: string;
  readonly documents: readonly { readonly file: string; readonly examples: readonly string[] }[];
  /** Whether examples come out in at least two ways: one on each side of the limit. */
  readonly hasBothSides: boolean;
}

/** What shows each rule of the field, in the order of the ids; ids that documents add come after. */
export function coverageOf(
  files: readonly { readonly name: string; readonly file: RuleFile }[],
): CaseCoverage[] {
  const shown = files.flatMap(({ name, file }) =>
    examplesOf(file).flatMap(({ covers = [], ...example }) =>
      covers.map((id) => ({ id, name, ...example })),
    ),
  );
  const others = [...new Set(shown.map(({ id }) => id))].filter((id) => !FIELD_CASES.includes(id));
  return [...FIELD_CASES, ...others.toSorted()].map((id) => {
    const own = shown.filter((each) => each.id === id);
    const names = [...new Set(own.map(({ name }) => name))];
    return {
      id,
      documents: names.map((file) => ({
        file,
        examples: own.filter(({ name }) => name === file).map(({ title }) => title),
      })),
      hasBothSides: new Set(own.map(({ expected }) => expected)).size >= 2,
    };
  });
}

interface Shown {
  readonly title: string;
  readonly covers?: readonly string[];
  readonly expected: string;
}

function examplesOf(file: RuleFile): Shown[] {
  const examples =
    file.format === 'rulebook' ? file.rulebook.rulebook.examples : file.scheme.document.examples;
  return examples.map(({ name, covers, expect }) => ({
    title: name,
    covers,
    expected: canonicalJson(expect),
  }));
}
