import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isSmall, parsePeriod, yearWith } from '#libs/indicators';
import { Institutions } from '../institutions/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { OutreachConsentsStore } from './consents.store.js';
import type { OutreachFiguresDto, OutreachFiguresQuery } from './outreach.dto.js';

const FORMS = ['labour-education', 'vocational-enlightenment'] as const;

/** How many pupils a school reached. Small numbers are told to nobody, and no sum would tell them. */
@Injectable()
export class OutreachFigures {
  constructor(
    private readonly database: Database,
    private readonly store: OutreachConsentsStore,
    private readonly institutions: Institutions,
    private readonly clock: Clock,
  ) {}

  /** Of one school: its own, or for the authority the one that is named. */
  show(principal: Principal, query: OutreachFiguresQuery): Promise<OutreachFiguresDto> {
    const text = query.period;
    const period = text === undefined ? yearWith(this.clock.today()) : parsePeriod(text);
    if (!period) throw refusal('invalid-fields');
    return this.database.readAcrossTenants(async (tx) => {
      const { id, code } = await this.#school(tx, principal, query.institution);
      const counted = await this.store.countPupils(tx, id, period);
      const forms = FORMS.map((form) => {
        const pupils = BigInt(counted.find((one) => one.form === form)?.pupils ?? 0);
        const suppressed = isSmall(pupils);
        return { form, pupils: suppressed ? null : String(pupils), suppressed };
      });
      return { institution: code, period: period.id, from: period.from, to: period.to, forms };
    });
  }

  async #school(tx: EntityManager, principal: Principal, code: string | undefined) {
    const all = await this.institutions.list(tx);
    const isNamed = (one: { code: string; id: string }): boolean =>
      code === undefined ? one.id === principal.institutionId : one.code === code;
    const school = all.find(isNamed);
    const isOwn = school?.id === principal.institutionId;
    if (!school || !(isOwn || isOverseer(principal))) throw notFound();
    return school;
  }
}
