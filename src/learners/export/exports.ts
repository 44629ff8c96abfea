import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IdentityDocument } from '#libs/identity';
import { type Principal, isSelf } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound } from '../../platform/http/index.js';
import { bucketOf } from '../../platform/ids/index.js';
import { AccessLogStore } from '../access/access-log.store.js';
import { toAccessDto } from '../access/access-log.views.js';
import type { Permit } from '../access/permit.js';
import { PERSON_FIELDS } from '../access/reading.js';
import { Reads } from '../access/reads.js';
import { ErasuresStore } from '../erasure/erasures.store.js';
import { Keepers } from '../keepers.js';
import { learnerIdOf } from '../learner-id.js';
import { LearnersStore } from '../learners.store.js';
import { Vault } from '../vault.js';
import type { LearnerExportDto } from './exports.dto.js';

type ExportedAccount = Omit<LearnerExportDto, 'format' | 'exportedAt' | 'mergedAccounts'>;

/** Everything the bank holds about a person, in one document (PIPL article 45). */
@Injectable()
export class Exports {
  constructor(
    private readonly database: Database,
    private readonly reads: Reads,
    private readonly store: LearnersStore,
    private readonly vault: Vault,
    private readonly keepers: Keepers,
    private readonly log: AccessLogStore,
    private readonly erasures: ErasuresStore,
    private readonly clock: Clock,
  ) {}

  /** @param documents whole numbers are for the learner alone; anybody else gets them masked */
  export(
    principal: Principal,
    idOrMe: string,
    documents: 'masked' | 'full',
  ): Promise<LearnerExportDto> {
    const named = learnerIdOf(principal, idOrMe);
    const isWhole = documents === 'full' && isSelf(principal, named);
    // One moment for all sections.
    return this.database.transaction(async (tx) => {
      const reading = { purpose: 'export', fields: PERSON_FIELDS } as const;
      const permit = await this.reads.admitWhole(tx, principal, named, reading);
      const selves = (await this.store.whole(tx, permit.learnerId))?.selves;
      const mergedAccounts: ExportedAccount[] = [];
      for (const id of selves?.slice(1) ?? []) {
        mergedAccounts.push(await this.#account(tx, this.reads.ofOther(permit, id), isWhole));
      }
      return {
        format: 'credit-bank-export/1',
        exportedAt: this.clock.now().toISOString(),
        ...(await this.#account(tx, permit, isWhole)),
        mergedAccounts,
      };
    });
  }

  /** What is kept under one account. */
  async #account(tx: EntityManager, permit: Permit, isWhole: boolean): Promise<ExportedAccount> {
    const { learnerId } = permit;
    const key = { bucket: bucketOf(learnerId), learnerId };
    const person = await this.store.findPerson(tx, key);
    if (!person) throw notFound();
    const { identities, ...profile } = this.vault.openProfile(permit, person);
    const whole: IdentityDocument[] = isWhole ? this.vault.openDocuments(permit, person) : [];
    const lines = await this.log.list(tx, learnerId, { beforeSeq: null, limit: null });
    const erasure = await this.erasures.listEvents(tx, learnerId);
    return {
      learner: {
        ...profile,
        documents: identities.map(({ kind, masked }, i) => ({
          kind,
          number: whole[i]?.number ?? masked,
        })),
      },
      institutions: await this.store.listInstitutions(tx, key),
      ...(await this.keepers.export(tx, learnerId)),
      accessLog: lines.map(toAccessDto),
      erasure: erasure.map(({ action, ground, dueAt, recordedAt }) => ({
        action,
        ground,
        dueAt: dueAt?.toISOString() ?? null,
        at: recordedAt.toISOString(),
      })),
    };
  }
}
