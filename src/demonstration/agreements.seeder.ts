import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SignedAgreements } from '../agreements/index.js';
import { Clock } from '../platform/clock/index.js';
import type { District, DistrictAgreement } from './district.js';

/** Written as the one who signed. */
const ACTOR = 'demonstration';

/** Signs the agreements of the district, through the door that managers use. */
@Injectable()
export class AgreementsSeeder {
  constructor(
    private readonly agreements: SignedAgreements,
    private readonly clock: Clock,
  ) {}

  async sign(
    tx: EntityManager,
    district: District,
    institutionIds: ReadonlyMap<string, string>,
  ): Promise<void> {
    for (const agreement of district.agreements) await this.#sign(tx, agreement, institutionIds);
  }

  async #sign(
    tx: EntityManager,
    { years, waiting, ...wanted }: DistrictAgreement,
    institutionIds: ReadonlyMap<string, string>,
  ): Promise<void> {
    const from = this.clock.today();
    // The last day of a month, so that every year has it.
    const to = `${Number(from.slice(0, 4)) + years}-12-31`;
    const [first, ...others] = wanted.parties.map(({ institution }) => institution);
    const as = (code: string | undefined) => ({
      id: ACTOR,
      name: ACTOR,
      institutionId: institutionIds.get(code ?? '') ?? null,
    });
    await this.agreements.proposeWithin(tx, as(first), { ...wanted, from, to });
    for (const code of others.filter((one) => !waiting.includes(one))) {
      await this.agreements.answerWithin(tx, as(code), wanted.code, { action: 'accepted' });
    }
  }
}
