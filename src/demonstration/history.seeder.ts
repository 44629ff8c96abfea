import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { firstDay } from '#libs/credit';
import { Completions } from '../outcomes/index.js';
import { Clock } from '../platform/clock/index.js';
import type { District, DistrictCompletion } from './district.js';

/** Written as the actor of everything that the seeding posts. */
export const ACTOR = 'demonstration';

/** Posts what the learners of the district have learned. */
@Injectable()
export class HistorySeeder {
  constructor(
    private readonly completions: Completions,
    private readonly clock: Clock,
  ) {}

  /**
   * One batch per institution. A completion that is refused is a mistake in the files and throws;
   * what has not happened yet, on a machine whose clock is behind the files, is left out.
   * @returns learner ids by the names that the files use
   */
  async postCompletions(
    tx: EntityManager,
    district: District,
    institutionIds: ReadonlyMap<string, string>,
  ): Promise<Map<string, string>> {
    const learnerIds = new Map<string, string>();
    const today = this.clock.today();
    const happened = district.completions.filter(
      ({ draft }) => firstDay(draft.completedOn) <= today,
    );
    for (const [code, institutionId] of institutionIds) {
      const own = happened.filter(({ institution }) => institution === code);
      if (own.length === 0) continue;
      const drafts = own.map(({ draft }) => draft);
      const batch = { institutionId, importId: null, actor: ACTOR, drafts };
      const results = await this.completions.postWithin(tx, batch);
      results.forEach((result, index) => {
        const completion = own[index] as DistrictCompletion;
        if ('problem' in result) throw new Error(refusalText(completion, result.problem));
        learnerIds.set(completion.learner, result.learnerId);
      });
    }
    return learnerIds;
  }
}

function refusalText({ institution, draft }: DistrictCompletion, problem: object): string {
  return `completions.csv, ${institution} ${draft.externalId}: ${JSON.stringify(problem)}`;
}
