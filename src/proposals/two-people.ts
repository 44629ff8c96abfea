import { Inject, Injectable } from '@nestjs/common';
import { type PartialDate, addMonths, lastDay } from '#libs/credit';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import type { ReasonForTwo } from './proposal.js';

/** How much a revocation, or what undoes one, would change. */
export interface Extent {
  readonly millicredits: bigint;
  readonly learners: number;
  /** Booked conversions that are reversed. */
  readonly conversions: number;
  /** Whether any of it was completed before {@link TwoPeople.oldBefore}. */
  readonly isOld: boolean;
}

/** Tells what one person may do alone from what takes two. */
@Injectable()
export class TwoPeople {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Why an extent takes two people; empty when one is enough. */
  reasonsFor({ millicredits, learners, conversions, isOld }: Extent): ReasonForTwo[] {
    const { aloneMillicredits, aloneReach } = this.config.twoPeople;
    return [
      ...(millicredits > aloneMillicredits ? (['credits'] as const) : []),
      ...(Math.max(learners, conversions) > aloneReach ? (['reach'] as const) : []),
      ...(isOld ? (['old-period'] as const) : []),
    ];
  }

  /** The first day that is not old yet, for what is taken back or given back. */
  get oldBefore(): string {
    return addMonths(this.clock.today(), -this.config.twoPeople.aloneMonths);
  }

  /** Whether all of a date, as it is stored, lies in a period that takes two people to correct. */
  isOld(completedOn: string): boolean {
    return lastDay(completedOn as PartialDate) < this.oldBefore;
  }

  /** The first day that is not old yet, for what is posted for the first time. */
  get oldToPostBefore(): string {
    return addMonths(this.clock.today(), -this.config.twoPeople.alonePostingMonths);
  }
}
