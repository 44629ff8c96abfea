import { randomUUID } from 'node:crypto';
import type { ConversionWorld } from '../conversions.js';
import { type Browser, person } from '../people.js';
import type { Scenario } from './scenario.js';

const authority = async (world: ConversionWorld): Promise<Browser> => {
  const { id: institutionId } = world.authority.institution;
  return (await person(world, ['authority'], { institutionId })).signIn();
};

/** A plan around rules that give a right to whoever holds a course. */
async function plan(world: ConversionWorld): Promise<object> {
  const programme = await world.publish({
    rules: [
      {
        id: 'opens',
        when: { has: 'LOG-BASE', evidenceOnly: true },
        grants: [{ effect: 'right', value: 'may-apply' }],
      },
    ],
  });
  return {
    code: `H-${randomUUID().slice(0, 8)}`,
    programme,
    year: 2027,
    title: { zh: '方案', en: 'Scheme' },
    opens: '2026-09-01',
    closes: '2099-12-31',
    evidenceUntil: '2099-12-31',
    places: [{ institution: 'college', major: '1', title: { zh: '一', en: 'one' }, places: 3 }],
  };
}

export const OF_SCHEMES: Readonly<Record<string, Scenario>> = {
  'POST /v1/admission-schemes': async (world) => {
    const [overseer, wanted] = [await authority(world), await plan(world)];
    return () => overseer.post('/v1/admission-schemes', wanted).expect(201);
  },
  'PUT /v1/admission-schemes/{code}/places/{place}': async (world) => {
    const overseer = await authority(world);
    const made = await overseer.post('/v1/admission-schemes', await plan(world)).expect(201);
    const { code, places } = made.body as { code: string; places: { id: string }[] };
    const path = `/v1/admission-schemes/${code}/places/${places[0]?.id}`;
    return () => overseer.put(path, { places: 4 }).expect(200);
  },
};
