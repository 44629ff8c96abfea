import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { type Staff, type StatedPerson, staffOf } from '../people/support.js';
import type { ConversionWorld } from './conversions.js';
import type { Caller } from './world.js';

type Sketch = Pick<NewOutcomeDefinition, 'code' | 'form' | 'institutionCode'> &
  Partial<NewOutcomeDefinition>;

const defined = (sketch: Sketch): NewOutcomeDefinition => ({
  kind: 'work-based',
  title: { zh: sketch.code, en: sketch.code },
  categoryCode: 'practice',
  source: 'training',
  ...sketch,
});

const PUPIL = { kind: 'pupil-record', categoryCode: 'pupil', source: 'outreach' } as const;

/** What the sources of the plan give, one of each form. */
export const SOURCE_OUTCOMES: NewOutcomeDefinition[] = [
  defined({ code: 'ENT-POST', form: 'enterprise-practice', institutionCode: 'enterprise' }),
  defined({ code: 'ENT-JOB', form: 'job', institutionCode: 'enterprise' }),
  defined({
    code: 'SCH-APPRENTICE',
    form: 'apprenticeship',
    institutionCode: 'school',
    counterpart: 'ENT-POST',
  }),
  ...(['national', 'municipal', 'district'] as const).map((contestTier) =>
    defined({
      code: `CONTEST-${contestTier.toUpperCase()}`,
      form: 'contest',
      kind: 'vocational-certificate',
      source: 'certificate',
      categoryCode: 'skill',
      institutionCode: 'organiser',
      contestTier,
      levelScale: 'contest',
    }),
  ),
  defined({
    code: 'LUBAN-ROBOTS',
    form: 'training',
    kind: 'community-course',
    institutionCode: 'luban',
    title: { zh: '工业机器人技术（鲁班工坊）', en: 'Industrial robots (Luban Workshop)' },
  }),
  defined({
    code: 'HSK',
    form: 'vocational-qualification',
    kind: 'vocational-certificate',
    source: 'certificate',
    categoryCode: 'public',
    institutionCode: 'authority',
    levelScale: 'hsk',
    registration: 'members',
    milestone: 'chinese-language',
  }),
  defined({ ...PUPIL, code: 'FARM', form: 'labour-education', institutionCode: 'primary' }),
  defined({
    ...PUPIL,
    code: 'TASTE',
    form: 'vocational-enlightenment',
    institutionCode: 'primary',
  }),
];

/** The small district with an enterprise, a contest organiser, a partner abroad and a school. */
export interface Sources {
  readonly enterprise: Caller;
  readonly organiser: Caller;
  readonly luban: Caller;
  readonly primary: Caller;
  readonly otherPrimary: Caller;
  readonly clerk: Staff;
}

export async function openSources(world: ConversionWorld): Promise<Sources> {
  const sources = {
    enterprise: await world.caller('enterprise', 'enterprise', ['issuer']),
    organiser: await world.caller('organiser', 'contest-organiser', ['issuer']),
    luban: await world.caller('luban', 'overseas-partner', ['registrar']),
    primary: await world.caller('primary', 'pupil-school', ['registrar']),
    otherPrimary: await world.caller('other-primary', 'pupil-school', ['registrar']),
  };
  await world.database.transaction((tx) => world.app.get(Catalogue).create(tx, SOURCE_OUTCOMES));
  return { ...sources, clerk: await staffOf(world, sources.primary) };
}

/** Records a guardian at the counter of the school. @returns the guardianship */
export async function guarded(
  clerk: Staff,
  child: StatedPerson,
  guardian: StatedPerson,
): Promise<{ id: string; learnerId: string; guardianId: string }> {
  const wanted = { learner: child, guardian, record: 'household register, sheet 18' };
  const { body } = await clerk.post('/v1/guardianships', wanted).expect(201);
  return body as { id: string; learnerId: string; guardianId: string };
}

/** Takes a guardian's consent down on paper. @returns its id */
export async function agreed(clerk: Staff, guardianship: string, days = 365): Promise<string> {
  const wanted = { guardianship, days, record: 'cabinet 3, sheet 12' };
  const { body } = await clerk.post('/v1/outreach-consents', wanted).expect(201);
  return body.id as string;
}
