import { readFileSync } from 'node:fs';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import type { EligibilityDto } from '../../src/schemes/eligibility.dto.js';
import { millicredits } from '#libs/credit';
import { type OfficeWorld, startOfficeWorld } from './equivalence.js';
import type { LearnerCaller } from './conversions.js';
import type { Principal } from '../../src/platform/auth/index.js';
import { type Caller, residentId } from './world.js';

const skill = (
  code: string,
  zh: string,
  over: Partial<NewOutcomeDefinition> = {},
): NewOutcomeDefinition => ({
  code,
  kind: 'vocational-certificate',
  form: 'x-certificate',
  institutionCode: 'issuer',
  title: { zh, en: code.toLowerCase() },
  categoryCode: 'skill',
  source: 'certificate',
  credits: millicredits(1000),
  registration: 'members',
  ...over,
});

const course = (
  code: string,
  zh: string,
  over: Partial<NewOutcomeDefinition> = {},
): NewOutcomeDefinition =>
  skill(code, zh, {
    kind: 'degree-course',
    form: 'course',
    institutionCode: 'school',
    source: 'course',
    categoryCode: 'major',
    ...over,
  });

/** What the documents of admission speak of. */
const OUTCOMES: NewOutcomeDefinition[] = [
  skill('CONTEST-NATIONAL', '全国职业院校技能大赛', { levelScale: 'contest' }),
  skill('CONTEST-MUNICIPAL', '重庆市职业院校技能大赛', { levelScale: 'contest' }),
  skill('SENIOR-WORKER', '高级工'),
  skill('TECHNICIAN', '技师'),
  skill('COUNTY-MODEL-WORKER', '县级劳动模范'),
  skill('EMPLOYMENT', '在职证明'),
  course('SECONDARY-GRADUATION', '中职毕业', { milestone: 'secondary-graduation' }),
  course('CULTURE-TEST', '文化素质测试', { gradeScale: 'culture-points' }),
  course('SKILL-TEST', '职业技能测试', { gradeScale: 'skill-points' }),
  course('JUNIOR-TEST', '初中学业水平考试', { gradeScale: 'junior-grade' }),
  course('QUALITY-APPRAISAL', '综合素质评价', { gradeScale: 'quality' }),
];

const FOLDER = 'rulebooks/chongqing';

/** The small district with rules of admission, an office that takes people, and another. */
export interface AdmissionWorld extends OfficeWorld {
  readonly otherOffice: Caller;
  /** Publishes a scheme of a document; answers its code. */
  scheme(programme: string, over?: object): Promise<string>;
  /** Posts an outcome of a learner; answers its id. */
  post(learner: LearnerCaller, outcome: string, over?: object): Promise<string>;
  eligibility(learner: LearnerCaller, scheme: string): Promise<EligibilityDto>;
  /** Somebody without an account, with outcomes of the issuer and the school. */
  somebody(
    outcomes: readonly (readonly [string, object])[],
  ): Promise<{ id: string; lots: string[] }>;
  placesOf(scheme: string): Promise<{ id: string; institution: { code: string } }[]>;
}

let serial = 0;

export async function startAdmissionWorld(): Promise<AdmissionWorld> {
  const world = await startOfficeWorld();
  try {
    return await furnish(world);
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function furnish(world: OfficeWorld): Promise<AdmissionWorld> {
  await world.caller('cq-admissions-example', 'admissions-office', ['admissions']);
  const otherOffice = await world.caller('other-office', 'admissions-office', ['admissions']);
  await world.database.transaction(async (tx) => {
    await world.app.get(Catalogue).create(tx, OUTCOMES);
    const files = [
      'skills-contest',
      'skills-contest-college',
      'culture-and-skill',
      'junior-exam-and-quality',
    ];
    for (const file of files) {
      const text = readFileSync(`${FOLDER}/${file}.yaml`, 'utf8');
      await world.app.get(Rulebook).publish(tx, text, 'test');
    }
  });
  const placesOf: AdmissionWorld['placesOf'] = async (scheme) =>
    (await world.http.get(`/v1/admission-schemes/${scheme}`).expect(200)).body.places;
  return {
    ...world,
    otherOffice,
    placesOf,
    somebody: (outcomes) => somebody(world, outcomes),
    scheme: async (programme, over = {}) => {
      const wanted = schemeOf(programme, over);
      await world.authority.post('/v1/admission-schemes', wanted).expect(201);
      return (wanted as { code: string }).code;
    },
    post: async (learner, outcome, over = {}) => {
      serial += 1;
      const { name, document } = await world.personOf(learner);
      const { body } = await posterOf(world, outcome)
        .post('/v1/completions', {
          externalId: `adm-${serial}`,
          learner: { name, document },
          outcome,
          completedOn: '2026-06-15',
          ...over,
        })
        .expect(201);
      return String(body.outcome.id);
    },
    eligibility: async (learner, scheme) =>
      (await learner.get(`/v1/admission-schemes/${scheme}/eligibility`).expect(200))
        .body as EligibilityDto,
  };
}

let people = 300;

async function somebody(
  world: OfficeWorld,
  outcomes: readonly (readonly [string, object])[],
): Promise<{ id: string; lots: string[] }> {
  people += 1;
  const learner = {
    name: '李小红',
    document: { kind: 'resident-id', number: residentId(people) },
  };
  const lots: string[] = [];
  let id = '';
  for (const [outcome, over] of outcomes) {
    const { body } = await posterOf(world, outcome)
      .post('/v1/completions', {
        externalId: `some-${people}-${lots.length}`,
        learner,
        outcome,
        completedOn: '2026-06-10',
        ...over,
      })
      .expect(201);
    lots.push(String(body.outcome.id));
    id = String(body.outcome.learnerId);
  }
  return { id, lots };
}

function posterOf(world: OfficeWorld, outcome: string): Caller {
  const issuer = OUTCOMES.find(({ code }) => code === outcome)?.institutionCode;
  return issuer === 'school' ? world.school : world.issuer;
}

/** The learner as the service sees a person who signed in. */
export function asLearner(learnerId: string): Principal {
  const id = `test-${learnerId}`;
  return { id, name: id, roles: ['learner'], institutionId: null, learnerId };
}

/** A plan that is open for years around any day a test runs on. */
export function schemeOf(programme: string, over: object = {}): object {
  serial += 1;
  return {
    code: `T-${serial}-${programme}`.slice(0, 60),
    programme,
    year: 2027,
    title: { zh: '招生方案', en: 'A scheme' },
    opens: '2026-01-01',
    closes: '2099-12-31',
    evidenceUntil: '2099-12-31',
    places: [
      {
        institution: 'adm-office',
        major: '530802',
        title: { zh: '现代物流管理', en: 'Logistics' },
        places: 2,
      },
      {
        institution: 'other-office',
        major: '530802',
        title: { zh: '现代物流管理', en: 'Logistics' },
        places: 1,
      },
    ],
    ...over,
  };
}

export const scoring = (): string => readFileSync(`${FOLDER}/culture-and-skill-score.yaml`, 'utf8');
