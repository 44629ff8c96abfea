import {
  EMPLOYMENTS,
  ENTRIES,
  GROUPS,
  TEACHING_MODES,
  TRAINING_KINDS,
  formatCircumstances,
  isOrigin,
} from '#libs/indicators';
import type { ColumnRule } from './columns.js';
import type { Place, RowReader } from './row-reader.js';

export type CircumstanceField =
  'groups' | 'trainingKind' | 'subsidised' | 'employment' | 'origin' | 'mode' | 'entry';

/** Columns that say under which circumstances something was learned; few schools have them. */
export const CIRCUMSTANCE_COLUMNS: Readonly<Record<CircumstanceField, ColumnRule>> = {
  groups: { names: ['重点群体', 'groups'], extra: true },
  trainingKind: { names: ['培训类别', 'trainingKind'], extra: true },
  subsidised: { names: ['是否享受补贴', 'subsidised'], extra: true },
  employment: { names: ['就业状况', 'employment'], extra: true },
  origin: { names: ['来源地', 'origin'], extra: true },
  mode: { names: ['授课时段', 'mode'], extra: true },
  entry: { names: ['参赛形式', 'entry'], extra: true },
};

/** Says in a cell that a learner is in none of the groups; an empty cell says nothing. */
export const NO_GROUPS = 'none';

const WORDS_OF_GROUPS: Readonly<Record<string, string>> = {
  下岗失业人员: 'laid-off',
  毕业生: 'graduate',
  老年人: 'older',
  残疾人: 'disabled',
  退役军人: 'veteran',
  农村学习者: 'rural',
  无: NO_GROUPS,
};
const WORDS_OF_KINDS: Readonly<Record<string, string>> = {
  就业技能: 'employment',
  岗位提升: 'upgrading',
  创业: 'entrepreneurship',
};
const WORDS_OF_SUBSIDY: Readonly<Record<string, string>> = {
  是: 'yes',
  否: 'no',
  true: 'yes',
  false: 'no',
};
const WORDS_OF_EMPLOYMENT: Readonly<Record<string, string>> = {
  已就业: 'employed',
  就业: 'employed',
  未就业: 'not-employed',
};
const WORDS_OF_MODES: Readonly<Record<string, string>> = {
  白天: 'daytime',
  日间: 'daytime',
  晚间: 'evening',
  夜校: 'evening',
  周末: 'weekend',
  线上: 'online',
};
const WORDS_OF_ENTRIES: Readonly<Record<string, string>> = { 团体: 'team', 个人: 'individual' };
const WORDS_OF_ORIGIN: Readonly<Record<string, string>> = {
  本区: 'local',
  重庆: 'CN-50',
  四川: 'CN-51',
  泰国: 'TH',
  巴基斯坦: 'PK',
};

/**
 * Reads the seven columns into the one spelling that is stored; null when they say nothing. A word that
 * is not known is a fault: nothing is guessed.
 */
export function readCircumstances(
  reader: RowReader,
  place: (field: CircumstanceField) => Place | null,
): string | null {
  const one = <T extends string>(
    field: CircumstanceField,
    words: Readonly<Record<string, string>>,
    known: readonly T[],
  ): T | null => {
    const at = place(field);
    const text = reader.text(at, { limit: 50 });
    if (text === null || !at) return null;
    const word = words[text] ?? text;
    const found = known.find((each) => each === word);
    return found ?? reader.refuse(at, 'word-unknown', { words: known.join(', ') });
  };
  const groups = groupsOf(reader, place('groups'));
  const trainingKind = one('trainingKind', WORDS_OF_KINDS, TRAINING_KINDS);
  const subsidised = one('subsidised', WORDS_OF_SUBSIDY, ['yes', 'no']);
  const employment = one('employment', WORDS_OF_EMPLOYMENT, EMPLOYMENTS);
  const origin = originOf(reader, place('origin'));
  const mode = one('mode', WORDS_OF_MODES, TEACHING_MODES);
  const entry = one('entry', WORDS_OF_ENTRIES, ENTRIES);
  return formatCircumstances({
    groups,
    trainingKind,
    subsidised: subsidised === null ? null : subsidised === 'yes',
    employment,
    origin,
    mode,
    entry,
  });
}

function groupsOf(reader: RowReader, at: Place | null): (typeof GROUPS)[number][] | null {
  const text = reader.text(at, { limit: 100 });
  if (text === null || !at) return null;
  const words = text
    .split(/[;；、,，]/)
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => WORDS_OF_GROUPS[word] ?? word);
  const isNone = words.length === 1 && words[0] === NO_GROUPS;
  const groups = GROUPS.filter((group) => words.includes(group));
  if (isNone) return [];
  if (groups.length > 0 && groups.length === new Set(words).size) return groups;
  return reader.refuse(at, 'word-unknown', { words: [...GROUPS, NO_GROUPS].join(', ') });
}

function originOf(reader: RowReader, at: Place | null): string | null {
  const text = reader.text(at, { limit: 50 });
  if (text === null || !at) return null;
  const word = WORDS_OF_ORIGIN[text] ?? text;
  return isOrigin(word) ? word : reader.refuse(at, 'word-unknown', { words: 'local, CN-51, TH' });
}
