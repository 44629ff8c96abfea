import { Catalogue } from '../../src/catalogue/index.js';
import { Follower } from '../../src/indicators/index.js';
import { edgeSettings } from '../../src/platform/config/index.js';
import { ALONE } from './app.js';
import { type Caller, type World, completion, startWorld } from './world.js';

/** A report as far as the specs look into it. */
export interface ReportBody {
  id: string;
  number: number;
  indicators: { id: string; value: string | null; absence: string | null }[];
}

let serial = 0;

/** A small district with two milestones in its catalogue. */
export async function startReportWorld(): Promise<World> {
  const world = await startWorld({ twoPeople: ALONE, edge: { ...edgeSettings({}), limits: null } });
  const milestone = (code: string, mark: 'secondary-graduation' | 'onward-matched') => ({
    code,
    kind: 'degree-course' as const,
    form: 'course' as const,
    institutionCode: 'school',
    title: { zh: code, en: code },
    categoryCode: 'major',
    source: 'course' as const,
    milestone: mark,
  });
  await world.database.transaction((tx) =>
    world.app
      .get(Catalogue)
      .create(tx, [
        milestone('GRAD', 'secondary-graduation'),
        milestone('ON-MATCHED', 'onward-matched'),
      ]),
  );
  return world;
}

export async function post(by: Caller, outcome: string, over: object = {}): Promise<string> {
  serial += 1;
  const body = { outcome, externalId: `r-${serial}`, grade: undefined, ...over };
  const made = await by.post('/v1/completions', completion(serial, body)).expect(201);
  return made.body.outcome.id as string;
}

/** Somebody completes a training of the year 2026. */
export const training = ({ school }: World): Promise<string> =>
  post(school, 'TR-CARE', {
    completedOn: '2026-03-01',
    circumstances: { trainingKind: 'upgrading', subsidised: true, groups: [] },
  });

/** The authority publishes a report, with everything posted in it. */
export async function publish(world: World, period = '2026'): Promise<ReportBody> {
  await world.app.get(Follower).catchUp();
  const { body } = await world.authority.post('/v1/reports', { period }).expect(201);
  return body as ReportBody;
}
