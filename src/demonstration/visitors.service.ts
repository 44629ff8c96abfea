import { Inject, Injectable } from '@nestjs/common';
import { inventPassword, inventSuffix } from '../access/index.js';
import { History } from '../history/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database, violatedConstraint } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { AUTHORITY_CODE } from './district.js';

/** Accounts for learners that turn up after the seeding: the replay brings new people every time. */
@Injectable()
export class Visitors {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
    private readonly history: History,
  ) {}

  /**
   * Only the operator of the demonstration district may ask, and only while the service runs as a
   * demonstration: anywhere else a stranger could take over a learner's records this way.
   */
  async open(principal: Principal, learnerId: string): Promise<{ name: string; password: string }> {
    const name = `visitor.${inventSuffix()}`;
    const password = inventPassword();
    const hash = await this.institutions.hashPassword(password);
    try {
      await this.database.transaction(async (tx) => {
        if (!this.config.seedDemonstration || principal.institutionId === null) throw notFound();
        const { code } = await this.institutions.getById(tx, principal.institutionId);
        if (code !== AUTHORITY_CODE) throw notFound();
        await this.learners.assertMayRead(tx, principal, learnerId);
        const account = await this.institutions.createAccount(tx, {
          signInName: name,
          password: hash,
          displayName: name,
          roles: ['learner'],
          learnerId,
        });
        await this.history.record(tx, principal, {
          institutionId: principal.institutionId,
          subject: { kind: 'account', id: account.id },
          action: 'opened',
          after: { roles: ['learner'] },
        });
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'account_learner_once') throw error;
      throw refusal('learner-has-account');
    }
    return { name, password };
  }
}
