import { Injectable } from '@nestjs/common';
import { earliest, gap, plan, whatIf } from '#libs/planner';
import { decisionNames } from '#libs/rules';
import { Catalogue, type CatalogueMatcher } from '../catalogue/index.js';
import { Prospects } from '../conversions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { RuleNames } from '../rulebook/index.js';
import { namedOffers, openOffers } from './offers.js';
import type {
  EarliestDto,
  EarliestQuestionDto,
  GapDto,
  GoalQuery,
  PlanQuestionDto,
  PlansDto,
  WhatIfDto,
  WhatIfQuestionDto,
} from './planning.dto.js';
import { type Asked, toEarliestDto, toGapDto, toPlansDto, toWhatIfDto } from './planning.views.js';

/** A learner and the programme that somebody wants to reach. */
export interface Goal {
  readonly learnerId: string;
  readonly programme: string;
}

type Known = Asked & { readonly matcher: CatalogueMatcher };

/**
 * Looks ahead: what is missing for an award, and what would bring it. Everything is read in one
 * transaction and thought about after it, so that no connection waits while a plan is made.
 */
@Injectable()
export class Planning {
  constructor(
    private readonly database: Database,
    private readonly prospects: Prospects,
    private readonly catalogue: Catalogue,
    private readonly names: RuleNames,
    private readonly clock: Clock,
  ) {}

  async gap(principal: Principal, goal: Goal, wanted: GoalQuery): Promise<GapDto> {
    const known = await this.#read(principal, goal, wanted);
    return toGapDto(known, gap(known.compiled, known.facts, known.on));
  }

  async whatIf(principal: Principal, goal: Goal, wanted: WhatIfQuestionDto): Promise<WhatIfDto> {
    const known = await this.#read(principal, goal, wanted);
    const { compiled, facts, on, matcher } = known;
    const offers = namedOffers(matcher, wanted.outcomes, { on, isLater: false });
    const additions = offers.map(({ addition }) => addition);
    return toWhatIfDto(known, offers, whatIf(compiled, facts, additions, on));
  }

  async plan(principal: Principal, goal: Goal, wanted: PlanQuestionDto): Promise<PlansDto> {
    const known = await this.#read(principal, goal, wanted);
    const { compiled, facts, on, matcher, outcomes } = known;
    const { objective = 'credits', alternatives = 1 } = wanted;
    const has = outcomes.filter(({ state }) => state !== 'revoked' && state !== 'expired');
    const codes = new Set(has.map(({ definition }) => definition.code));
    const offers = wanted.outcomes
      ? namedOffers(matcher, wanted.outcomes, { on, isLater: false })
      : openOffers(matcher, on, codes);
    const catalogue = offers.map(({ addition }) => addition);
    const found = plan(compiled, facts, on, { catalogue, objective, alternatives });
    return toPlansDto(known, { offers, objective }, found);
  }

  async earliest(
    principal: Principal,
    goal: Goal,
    wanted: EarliestQuestionDto,
  ): Promise<EarliestDto> {
    const known = await this.#read(principal, goal, wanted);
    const { compiled, facts, on, matcher } = known;
    const offers = namedOffers(matcher, wanted.outcomes, { on, isLater: true });
    const additions = offers.map(({ addition }) => addition);
    return toEarliestDto(known, offers, earliest(compiled, facts, additions, on));
  }

  #read(
    principal: Principal,
    { learnerId, programme }: Goal,
    { on = this.clock.today(), graduates }: GoalQuery,
  ): Promise<Known> {
    return this.database.read(async (tx) => {
      const about = { learnerId, programme, on };
      const question = graduates === undefined ? about : { ...about, graduates };
      const known = await this.prospects.read(tx, principal, question);
      const matcher = await this.catalogue.matcher(tx);
      const names = decisionNames(known.compiled.rulebook, await this.names.of(tx));
      return { ...about, ...known, matcher, names };
    });
  }
}
