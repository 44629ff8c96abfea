import { ownInstitution, signedIn } from '../institutions.js';
import { once } from './scenario.js';
import type { Scenario } from './scenario.js';

/** What changes how trainings are weighed and stated. */
export const OF_WORKLOAD: Readonly<Record<string, Scenario>> = {
  'POST /v1/workload/coefficients': async (world) => {
    const by = await signedIn(world, ['authority'], world.authority.institution.id);
    const wanted = { code: 'level-1', from: '2026-01-01', value: '2', source: 's' };
    return () => by.post('/v1/workload/coefficients', wanted).expect(202);
  },
  'POST /v1/workload/statements': async (world) => {
    const { code: institution } = await ownInstitution(world);
    const by = await signedIn(world, ['authority'], world.authority.institution.id);
    const wanted = { institution, period: '2020' };
    return () => by.post('/v1/workload/statements', wanted).expect(201);
  },
  'POST /v1/workload/income': once((world) => {
    const income = { project: 'p', on: '2026-01-31', amountFen: '100', source: 's' };
    return world.school.post('/v1/workload/income', income).expect(201);
  }),
};
