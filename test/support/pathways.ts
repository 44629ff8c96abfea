import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { millicredits } from '#libs/credit';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { PathwayPublications } from '../../src/pathways/index.js';

import type { Asker } from './proposals.js';
import { type Caller, type World, residentId } from './world.js';

const FILE = join(
  import.meta.dirname,
  '..',
  '..',
  'rulebooks',
  'pathways',
  'logistics-five-year.yaml',
);

function course(code: string, over: Partial<NewOutcomeDefinition> = {}): NewOutcomeDefinition {
  return {
    code,
    kind: 'degree-course',
    form: 'course',
    institutionCode: 'school',
    title: { zh: code, en: code },
    categoryCode: 'major',
    source: 'course',
    credits: millicredits(4000),
    gradeScale: 'percent',
    passGrade: '60',
    ...over,
  };
}

const PUBLIC = { categoryCode: 'public', credits: millicredits(3000) };

/** What the five-year pathway asks about, posted by the school of the small district. */
const CATALOGUE: NewOutcomeDefinition[] = [
  course('UNI-POL', PUBLIC),
  course('UNI-PE', PUBLIC),
  course('UNI-ENG-1', PUBLIC),
  course('UNI-SCM'),
  course('UNI-TRANS'),
  course('UNI-STAT'),
  course('MS-GATE-5', {
    credits: null,
    gradeScale: 'pass-fail',
    passGrade: '合格',
    milestone: 'gate-five-year',
  }),
];

/** The five-year pathway of the demonstration, of the school and a college of the small district. */
export function pathwayText(...replace: readonly (readonly [string, string])[]): string {
  const text = readFileSync(FILE, 'utf8')
    .replaceAll('xingyang-technician', 'school')
    .replaceAll('qingshan-polytechnic', 'college');
  return replace.reduce((said, [what, by]) => {
    if (!said.includes(what)) throw new Error(`the pathway does not say ${what}`);
    return said.replaceAll(what, by);
  }, text);
}

/** Creates the college, unless it is there, and the catalogue, and publishes the pathway; answers its id. */
export async function startPathway(
  world: World,
  text = pathwayText(),
  there?: Caller,
): Promise<{ id: string; college: Caller }> {
  const college = there ?? (await world.caller('college', 'school', ['registrar']));
  await world.database.transaction((tx) => world.app.get(Catalogue).create(tx, CATALOGUE));
  return { id: await publishPathway(world, text), college };
}

export async function publishPathway(world: World, text = pathwayText()): Promise<string> {
  const by = { id: 'test', name: 'test', institutionId: world.authority.institution.id };
  const { id } = await world.database.transaction((tx) =>
    world.app.get(PathwayPublications).publishWithin(tx, by, text),
  );
  return id;
}

/** A person by serial number, as requests name one. */
export function pupil(serial: number): object {
  return {
    name: '王小明',
    document: { kind: 'resident-id', number: residentId(serial) },
  };
}

/** A learner of a pathway. */
export interface Joined {
  readonly enrolment: string;
  readonly learnerId: string;
  readonly learner: object;
}

/** A cohort at a gate, as far as the specs look into it. */
export interface Run {
  readonly digest: string;
  readonly counts: Record<string, number>;
  readonly items: {
    readonly enrolment: string;
    readonly answer: { readonly verdict: string; readonly to: string; readonly facts: unknown };
  }[];
}

/** What a run says of one learner. */
export function answerOf({ items }: Run, one: Joined): Run['items'][number]['answer'] | undefined {
  return items.find(({ enrolment }) => enrolment === one.enrolment)?.answer;
}

/** The office of a school with a pathway: what it does all year. Nothing said, in its first pathway. */
export class PathwayDesk {
  #serial = 0;

  constructor(
    readonly world: World,
    readonly college: Caller,
    readonly path: string,
  ) {}

  /** Posts an outcome of the school. */
  async post(
    learner: object,
    outcome: string,
    over: object = {},
  ): Promise<{ id: string; learnerId: string }> {
    this.#serial += 1;
    const base = { externalId: `p-${this.#serial}`, completedOn: '2025-06-20', grade: '80' };
    const { body } = await this.world.school
      .post('/v1/completions', { ...base, learner, outcome, ...over })
      .expect(201);
    return body.outcome as { id: string; learnerId: string };
  }

  /** The gate examination, in semester 6 of the intake of 2023. */
  exam(learner: object, grade: string, over: object = {}): Promise<{ id: string }> {
    return this.post(learner, 'MS-GATE-5', { grade, completedOn: '2026-06-10', ...over });
  }

  /** Posts what secondary graduation asks for. */
  async meetGraduation(learner: object): Promise<void> {
    await this.post(learner, 'UNI-POL');
    await this.post(learner, 'UNI-SCM');
    await this.post(learner, 'UNI-TRANS');
  }

  /** Somebody new joins. */
  async join(intake = 2023, at = this.path): Promise<Joined> {
    this.#serial += 1;
    const learner = pupil(this.#serial);
    const { body } = await this.world.school
      .post(`${at}/enrolments`, { items: [{ learner, intake }] })
      .expect(200);
    expect(body.items).toMatchObject([{ status: 'created' }]);
    const enrolment = body.items[0].id as string;
    const { learnerId } = await this.shown({ enrolment }, this.world.school, at);
    return { enrolment, learnerId: learnerId as string, learner };
  }

  async preview(
    gate = 'stage-transfer',
    by: Asker = this.world.school,
    at = this.path,
  ): Promise<Run> {
    const { body } = await by
      .post(`${at}/gates/${gate}/runs?preview=true`, { intake: 2023 })
      .expect(200);
    return body as Run;
  }

  async confirm(
    gate = 'stage-transfer',
    by: Asker = this.world.school,
    at = this.path,
  ): Promise<Run> {
    const { digest } = await this.preview(gate, by, at);
    const body = { intake: 2023, digest };
    return (await by.post(`${at}/gates/${gate}/runs`, body).expect(200)).body as Run;
  }

  async shown(
    { enrolment }: Pick<Joined, 'enrolment'>,
    by: Asker = this.world.school,
    at = this.path,
  ) {
    return (await by.get(`${at}/enrolments/${enrolment}`).expect(200)).body;
  }

  act(one: Joined, event: string, by: Asker = this.world.school, over: object = {}) {
    return by.post(`${this.path}/enrolments/${one.enrolment}/events`, { event, ...over });
  }

  /** A pathway of its own, so that cohorts of other tests are not in its runs. */
  async ownPathway(code: string): Promise<string> {
    const text = pathwayText(['id: pathways/logistics-five-year', `id: pathways/${code}`]);
    return `/v1/pathways/${await publishPathway(this.world, text)}`;
  }
}

export async function pathwayDesk(world: World): Promise<PathwayDesk> {
  const { id, college } = await startPathway(world);
  return new PathwayDesk(world, college, `/v1/pathways/${id}`);
}
