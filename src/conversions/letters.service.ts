import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { Rulebook } from '../rulebook/index.js';
import { ApplicationReader } from './application-reader.js';
import { ApplicationsStore } from './applications.store.js';
import { ApplicationViews } from './application-views.js';
import type { DecisionLetterDto } from './letter.dto.js';
import { letterOf, verdictOf } from './letter.js';
import { ReviewsStore } from './reviews.store.js';

/** Decision letters, for the learner and the institutions of an application. */
@Injectable()
export class Letters {
  constructor(
    private readonly database: Database,
    private readonly reader: ApplicationReader,
    private readonly views: ApplicationViews,
    private readonly applications: ApplicationsStore,
    private readonly reviews: ReviewsStore,
    private readonly rulebook: Rulebook,
  ) {}

  /** Refuses with `letter-not-yet` while nothing is decided, and for what was withdrawn. */
  show(principal: Principal, id: string): Promise<DecisionLetterDto> {
    return this.database.read(async (tx) => {
      const application = await this.reader.readable(tx, principal, id, { isLocked: false });
      const { state } = application;
      const verdict = verdictOf(state);
      if (!verdict) throw refusal('letter-not-yet', { state });
      const { title } = await this.rulebook.programme(tx, application.programme);
      return letterOf(
        {
          application: await this.views.detail(tx, application, principal),
          programmeTitle: title,
          events: await this.applications.listEvents(tx, id),
          votes: await this.reviews.listVotes(tx, id),
        },
        verdict,
      );
    });
  }
}
