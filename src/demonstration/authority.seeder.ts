import { Injectable, Logger } from '@nestjs/common';
import { Audits } from '../audits/index.js';
import { Holidays } from '../holidays/index.js';
import { Demerits, InstitutionRequests } from '../institutions/index.js';
import { OUTCOME_ID_KIND, RevocationService } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { hashIdInRun } from '../platform/ids/index.js';
import { AUTHORITY_CODE, type District, type DistrictOffice } from './district.js';
import type { SeededIds } from './sign-in.seeder.js';

/** Strangers are limited by their address; the district asks from its own machine. */
const ADDRESS = '127.0.0.1';

type Institutions = SeededIds['institutionIds'];

/** What lies on the desks of the district: requests, demerits, holidays, what takes two people. */
@Injectable()
export class AuthoritySeeder {
  readonly #logger = new Logger('demonstration');

  constructor(
    private readonly database: Database,
    private readonly requests: InstitutionRequests,
    private readonly demerits: Demerits,
    private readonly holidays: Holidays,
    private readonly revocations: RevocationService,
    private readonly audits: Audits,
  ) {}

  /** Each has a transaction of its own; a service without one of them is still worth starting. */
  async fill({ office }: District, { institutionIds }: SeededIds): Promise<void> {
    const authority = principalOf('authority', institutionIds.get(AUTHORITY_CODE));
    try {
      for (const request of office.requests) await this.requests.ask(request, ADDRESS);
      for (const { institution, ...demerit } of office.demerits) {
        await this.demerits.record(authority, institutionIds.get(institution) ?? '', demerit);
      }
      for (const { year, ...notice } of office.holidays) {
        await this.holidays.put(authority, year, notice);
      }
      for (const wanted of office.revocations) await this.#propose(wanted, institutionIds);
      await this.database.transaction((tx) => this.audits.ask(tx, null));
    } catch (error) {
      this.#logger.warn(`not every desk was filled: ${(error as Error).message}`);
    }
  }

  async #propose(
    { institution, externalId, proposedBy, reason }: DistrictOffice['revocations'][number],
    institutionIds: Institutions,
  ): Promise<void> {
    const institutionId = institutionIds.get(institution) ?? '';
    const person = { ...principalOf('issuer', institutionId), name: proposedBy };
    const outcomeId = hashIdInRun(OUTCOME_ID_KIND, institutionId, externalId);
    const { digest } = await this.revocations.preview(person, outcomeId);
    await this.revocations.revoke(person, outcomeId, { reason, digest });
  }
}

function principalOf(role: 'authority' | 'issuer', institutionId: string | undefined): Principal {
  const id = `demonstration-${role}`;
  const name = '示范区教育委员会';
  return { id, name, roles: [role], institutionId: institutionId ?? null, learnerId: null };
}
