import type { NewOutcomeDefinition } from '../../src/catalogue/index.js';

/** What a school states about a learner's way: a graduation, a step onward. */
export const milestone = (
  code: string,
  institutionCode: string,
  mark: NewOutcomeDefinition['milestone'],
): NewOutcomeDefinition => ({
  code,
  kind: 'degree-course',
  form: 'course',
  institutionCode,
  title: { zh: code, en: code },
  categoryCode: 'major',
  source: 'course',
  milestone: mark ?? null,
});

/** A certificate of a level of skill. */
export const skill = (code: string, level: string): NewOutcomeDefinition => ({
  code,
  kind: 'vocational-certificate',
  form: 'skill-level-certificate',
  institutionCode: 'issuer',
  title: { zh: code, en: code },
  categoryCode: 'skill',
  source: 'certificate',
  levelScale: 'skill-level',
  level,
  registration: 'members',
});
