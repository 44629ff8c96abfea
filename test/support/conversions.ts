import type supertest from 'supertest';
import type { Config } from '../../src/platform/config/index.js';
import { Institutions } from '../../src/institutions/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import { replayDecisions } from './replay.js';
import { type Caller, type World, completion, startWorld } from './world.js';
import { until } from './until.js';

/** A signed-in learner with a school record. */
export interface LearnerCaller {
  readonly id: string;
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  patch(path: string, body?: object): supertest.Test;
  delete(path: string): supertest.Test;
}

/** The small district with a college that recognises credit. */
export interface ConversionWorld extends World {
  /** Owns the programmes; its key may review. */
  readonly college: Caller;
  readonly otherCollege: Caller;
  /** A learner who completed LOG-BASE (4 credits) and holds X-LOG-2 (7 credits). */
  learner(): Promise<LearnerCaller>;
  /** Publishes a programme, of the college when no other institution is named. */
  publish(programme: ProgrammeSketch): Promise<string>;
  /** Waits until the queue has moved the application out of `submitted` and `evaluating`. */
  settled(who: { get(path: string): supertest.Test }, id: string): Promise<ApplicationBody>;
}

/** The parts of a rule document that a test cares about; the rest is filled in. */
export interface ProgrammeSketch {
  /** Code of the institution that owns it. */
  readonly institution?: string;
  readonly review?: 'required' | 'none' | { panel: number; catalogued?: number };
  /** Code of a programme published before, whose rules this replaces. */
  readonly revises?: string;
  readonly total?: string;
  readonly rules: readonly object[];
  readonly courses?: readonly { code: string; credits: string }[];
  readonly lots?: object;
  readonly caps?: readonly object[];
  readonly requirements?: readonly object[];
  readonly agreements?: readonly object[];
  readonly rights?: readonly object[];
  readonly calendar?: object;
  readonly version?: number;
  readonly inForce?: object;
  readonly examples?: readonly object[];
}

/** What tests read of an application. */
export interface ApplicationBody {
  id: string;
  programme: string;
  state: string;
  graduates: string | null;
  decisionHash: string | null;
  decision: {
    credits: string;
    granted: {
      course: string | null;
      elective: string | null;
      credits: string;
      uses: { lot: string; amount: string }[];
    }[];
    refused: { rule: string; code: string; text: { zh: string; en: string } }[];
    pending: { rule: string; text: { zh: string; en: string } }[];
    caps: object[];
    rulebook: { hash: string };
  } | null;
  history: { action: string; state: string; by: string; note: string | null }[];
  outcomes: { id: string; code: string }[];
  entries: { id: string; kind: string; amount: string; ruleHash: string | null }[];
}

let serial = 100;

export async function startConversionWorld(over: Partial<Config> = {}): Promise<ConversionWorld> {
  const world = await startWorld(over);
  try {
    return await furnish(world);
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function furnish(world: World): Promise<ConversionWorld> {
  const college = await world.caller('college', 'school', ['admissions']);
  const otherCollege = await world.caller('other-college', 'school', ['admissions', 'registrar']);
  return {
    ...world,
    college,
    otherCollege,
    learner: () => newLearner(world),
    publish: (sketch) => publish(world, sketch),
    settled,
    // Whatever a suite is about: its decisions can be made again from what is stored of them.
    close: async () => {
      try {
        await replayDecisions(world);
      } finally {
        await world.close();
      }
    },
  };
}

/** A learner with two outcomes and a session. */
export async function newLearner(world: World): Promise<LearnerCaller> {
  serial += 1;
  const posted = await world.school.post('/v1/completions', completion(serial)).expect(201);
  const id = posted.body.outcome.learnerId as string;
  const { learner } = completion(serial);
  const certificate = {
    externalId: `cert-${serial}`,
    learner,
    outcome: 'X-LOG-2',
    grade: undefined,
  };
  await world.issuer.post('/v1/completions', completion(serial, certificate)).expect(201);
  const name = `learner-${serial}`;
  const password = 'a test password';
  await world.database.transaction((tx) =>
    world.app.get(Institutions).createAccount(tx, {
      signInName: name,
      password,
      displayName: name,
      roles: ['learner'],
      learnerId: id,
    }),
  );
  const signedIn = await world.http.post('/v1/session').send({ name, password }).expect(200);
  const headers = {
    cookie: String(signedIn.headers['set-cookie']).split(';')[0] ?? '',
    origin: world.config.publicUrl,
  };
  return {
    id,
    get: (path) => world.http.get(path).set(headers),
    post: (path, body) => world.http.post(path).set(headers).send(body),
    patch: (path, body) => world.http.patch(path).set(headers).send(body),
    delete: (path) => world.http.delete(path).set(headers),
  };
}

async function publish(world: World, sketch: ProgrammeSketch): Promise<string> {
  serial += 1;
  const programme = sketch.revises ?? `P-${serial}`;
  const document = ruleDocument(programme, sketch);
  await world.database.transaction((tx) =>
    world.app.get(Rulebook).publish(tx, JSON.stringify(document), 'test'),
  );
  return programme;
}

/** A whole rule document of a programme, as somebody would write it. */
export function ruleDocument(programme: string, sketch: ProgrammeSketch): Record<string, unknown> {
  const title = { zh: '测试专业', en: 'Test programme' };
  const courses = (sketch.courses ?? [{ code: 'C1', credits: '4' }]).map((course) => ({
    ...course,
    title: { zh: `课程 ${course.code}`, en: `Course ${course.code}` },
    category: 'major',
  }));
  return {
    format: 'credit-bank-rulebook/1',
    id: `college/${programme.toLowerCase()}`,
    version: sketch.version ?? (sketch.revises === undefined ? 1 : 2),
    title,
    basis: [{ text: 'Made up for a test' }],
    target: {
      programme,
      title,
      institution: sketch.institution ?? 'college',
      total: sketch.total ?? '100',
      step: '0.5',
      review: sketch.review ?? 'required',
      categories: { major: '60', elective: '40' },
      courses,
      electives: [{ code: 'E1', title, category: 'elective' }],
    },
    inForce: { from: '2020-01-01', to: null, by: 'application', ...sketch.inForce },
    scales: {
      'x-cert': { values: ['初级', '中级', '高级'] },
      percent: { numbers: { from: '0', to: '100' } },
    },
    ...(sketch.calendar && { calendar: sketch.calendar }),
    ...(sketch.lots && { lots: sketch.lots }),
    ...(sketch.caps && { caps: sketch.caps }),
    ...(sketch.agreements && { agreements: sketch.agreements }),
    ...(sketch.requirements && { requirements: sketch.requirements }),
    ...(sketch.rights && { rights: sketch.rights }),
    rules: sketch.rules.map((rule) => ({ title, ...rule })),
    examples: sketch.examples ?? [
      {
        name: 'a learner without outcomes gets nothing',
        on: '2026-10-01',
        learner: { outcomes: [] },
        expect: { credits: '0' },
      },
    ],
  };
}

/** The base course gives a course of four credits. */
export const BASE_TO_C1 = {
  id: 'base',
  when: { has: 'LOG-BASE', grade: { passed: true } },
  grants: [{ course: 'C1', credits: 'of-target' }],
};

/** The certificate (7 credits) gives a course of four. */
export const CERTIFICATE_TO_C1 = {
  id: 'certificate',
  when: { has: 'X-LOG-2', level: { scale: 'x-cert', atLeast: '中级' } },
  grants: [{ course: 'C1', credits: 'of-target' }],
};

async function settled(
  who: { get(path: string): supertest.Test },
  id: string,
): Promise<ApplicationBody> {
  return until(`application ${id} is still being evaluated`, async () => {
    const { body } = await who.get(`/v1/applications/${id}`).expect(200);
    return !['submitted', 'evaluating'].includes(body.state) && (body as ApplicationBody);
  });
}

/** What a learner has, by where it stands. */
export async function totalOf(learner: LearnerCaller): Promise<Record<string, string>> {
  return (await learner.get('/v1/learners/me/balance').expect(200)).body.total as Record<
    string,
    string
  >;
}

/** A learner's application for a new programme, once the queue has decided it. */
export interface Decided {
  readonly programme: string;
  readonly learner: LearnerCaller;
  readonly application: ApplicationBody;
  readonly path: string;
}

/** A new learner applies for a new programme. */
export async function decided(
  world: ConversionWorld,
  sketch: ProgrammeSketch = { rules: [BASE_TO_C1] },
): Promise<Decided> {
  const programme = await world.publish(sketch);
  const learner = await world.learner();
  const accepted = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
  const application = await world.settled(learner, accepted.body.id as string);
  return { programme, learner, application, path: `/v1/applications/${application.id}` };
}
