/** Groups of people whom the plan wants trained first. */
export const GROUPS = ['laid-off', 'graduate', 'older', 'disabled', 'veteran', 'rural'] as const;
export type PriorityGroup = (typeof GROUPS)[number];

/** What a training is for: getting work, getting better at it, starting a business. */
export const TRAINING_KINDS = ['employment', 'upgrading', 'entrepreneurship'] as const;
export type TrainingKind = (typeof TRAINING_KINDS)[number];

/** When and how a training is taught; workload weighs them apart. */
export const TEACHING_MODES = ['daytime', 'evening', 'weekend', 'online'] as const;
export type TeachingMode = (typeof TEACHING_MODES)[number];

/** How somebody took part in a contest. */
export const ENTRIES = ['team', 'individual'] as const;
export type Entry = (typeof ENTRIES)[number];

export const EMPLOYMENTS = ['employed', 'not-employed'] as const;
export type Employment = (typeof EMPLOYMENTS)[number];

/**
 * Under which circumstances something was learned, as the school states it. Null is unknown; no
 * groups is the statement that the learner belongs to none of them.
 */
export interface Circumstances {
  readonly groups: readonly PriorityGroup[] | null;
  readonly trainingKind: TrainingKind | null;
  readonly subsidised: boolean | null;
  readonly employment: Employment | null;
  /** Where the learner comes from: `local`, `CN-51` (ISO 3166-2) or `TH` (ISO 3166-1). */
  readonly origin: string | null;
  readonly mode: TeachingMode | null;
  readonly entry: Entry | null;
}

export const NOTHING_SAID: Circumstances = {
  groups: null,
  trainingKind: null,
  subsidised: null,
  employment: null,
  origin: null,
  mode: null,
  entry: null,
};

/** Learners of the district itself. */
export const LOCAL = 'local';

/** Whether a text names where somebody comes from. */
export function isOrigin(text: string): boolean {
  return text === LOCAL || /^(CN-\d{2}|[A-Z]{2})$/.test(text);
}

/**
 * The one spelling of circumstances, which is stored and hashed: words in alphabetical order, parted
 * by spaces. Null when nothing is said.
 */
export function formatCircumstances(said: Circumstances): string | null {
  const words = [
    ...(said.groups?.map((group) => `group:${group}`) ?? []),
    ...(said.groups?.length === 0 ? ['group:none'] : []),
    ...(said.trainingKind ? [`training:${said.trainingKind}`] : []),
    ...(said.subsidised === null ? [] : [`subsidised:${said.subsidised ? 'yes' : 'no'}`]),
    ...(said.employment ? [`employment:${said.employment}`] : []),
    ...(said.origin ? [`origin:${said.origin}`] : []),
    ...(said.mode ? [`mode:${said.mode}`] : []),
    ...(said.entry ? [`entry:${said.entry}`] : []),
  ];
  return words.length === 0 ? null : [...new Set(words)].sort().join(' ');
}

/** What {@link formatCircumstances} wrote. */
export function parseCircumstances(text: string | null): Circumstances {
  if (text === null) return NOTHING_SAID;
  const words = text.split(' ').map((word) => {
    const at = word.indexOf(':');
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  const valuesOf = (key: string): string[] =>
    words.filter(([name]) => name === key).map(([, value]) => value);
  const groups = valuesOf('group');
  const subsidised = valuesOf('subsidised')[0];
  return {
    groups: groups.length === 0 ? null : GROUPS.filter((group) => groups.includes(group)),
    trainingKind: (valuesOf('training')[0] as TrainingKind | undefined) ?? null,
    subsidised: subsidised === undefined ? null : subsidised === 'yes',
    employment: (valuesOf('employment')[0] as Employment | undefined) ?? null,
    origin: valuesOf('origin')[0] ?? null,
    mode: (valuesOf('mode')[0] as TeachingMode | undefined) ?? null,
    entry: (valuesOf('entry')[0] as Entry | undefined) ?? null,
  };
}
