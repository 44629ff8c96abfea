import { Injectable } from '@nestjs/common';
import { Conversions, EvaluationWorker, type ReviewDto, Reviews } from '../conversions/index.js';
import type { Principal } from '../platform/auth/index.js';
import type { District, DistrictConversion } from './district.js';
import type { SeededIds } from './sign-in.seeder.js';

/** What the receiving school says to bring an application into a state. */
const VERDICTS: Readonly<Record<string, ReviewDto['verdict']>> = {
  booked: 'approve',
  rejected: 'reject',
  returned: 'return',
};

/** Lets some learners apply, and carries each application into the state that the files say. */
@Injectable()
export class ConversionsSeeder {
  constructor(
    private readonly conversions: Conversions,
    private readonly evaluations: EvaluationWorker,
    private readonly reviews: Reviews,
  ) {}

  async decide(district: District, { learnerIds }: SeededIds): Promise<void> {
    for (const conversion of district.conversions) {
      const state = await this.#carry(conversion, learnerIds.get(conversion.learner) ?? '');
      if (state !== conversion.state) {
        throw new Error(
          `conversions.csv: ${conversion.learner} is ${state}, not ${conversion.state}`,
        );
      }
    }
  }

  async #carry({ programme, state, note }: DistrictConversion, learnerId: string): Promise<string> {
    const learner = principalOf({ roles: ['learner'], learnerId });
    const { application } = await this.conversions.apply(
      learner,
      { learner: 'me', programme },
      null,
    );
    const { id } = application;
    // The queue has it as well; whoever comes second finds nothing left to do.
    await this.evaluations.run(id);
    const decided = await this.conversions.show(learner, id);
    if (decided.state !== 'in-review') return decided.state;
    if (state === 'withdrawn') return (await this.conversions.withdraw(learner, id)).state;
    const verdict = VERDICTS[state];
    if (!verdict) return decided.state;
    const reviewer = principalOf({ roles: ['registrar'], institutionId: decided.institution.id });
    return (await this.reviews.review(reviewer, id, { verdict, note })).state;
  }
}

function principalOf(
  who: Pick<Principal, 'roles'> & Partial<Pick<Principal, 'learnerId' | 'institutionId'>>,
): Principal {
  // Two people: nobody may review what they asked for themselves.
  const id = `demonstration-${who.roles.join('-')}`;
  return { id, name: id, institutionId: null, learnerId: null, ...who };
}
