import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/ids/index.js';
import type { AgreementEvent, Party, SignedAgreement } from './agreement.js';

type AgreementRow = Omit<SignedAgreement, 'parties' | 'events'>;

interface PartyRow extends Omit<Party, 'accepts' | 'quota'> {
  readonly agreementId: string;
  readonly accepts: string;
  readonly quota: string | null;
}

const COLUMNS = `id, code, json_build_object('zh', title_zh, 'en', title_en) AS title, basis,
  from_day::text AS "from", to_day::text AS "to", forms, levels, programmes,
  proposed_by AS "proposedBy"`;

/** A count of a quota: of one side, in a year or in all. */
export interface QuotaKey {
  readonly agreementId: string;
  readonly institutionId: string;
  readonly period: string;
}

/** SQL of agreements on record, and of what is taken of their quotas. */
@Injectable()
export class AgreementsStore {
  /** Of several who say something about one agreement, each sees what those before said. */
  async lock(tx: EntityManager, code: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 29))', [code]);
  }

  async insert(tx: EntityManager, agreement: Omit<SignedAgreement, 'events'>): Promise<void> {
    const { id, code, title, basis, from, to, parties } = agreement;
    await tx.query(
      `INSERT INTO agreement (id, code, title_zh, title_en, basis, from_day, to_day, forms, levels,
         programmes, proposed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        code,
        title.zh,
        title.en,
        basis,
        from,
        to,
        agreement.forms,
        agreement.levels,
        agreement.programmes,
        agreement.proposedBy,
      ],
    );
    for (const party of parties) {
      await tx.query(
        `INSERT INTO agreement_party (agreement_id, institution_id, is_with_members,
           accepts_millicredits, quota_millicredits, quota_per) VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          id,
          party.institutionId,
          party.isWithMembers,
          party.accepts.toString(),
          party.quota?.toString() ?? null,
          party.quotaPer,
        ],
      );
    }
  }

  async addEvent(
    tx: EntityManager,
    agreementId: string,
    event: Omit<AgreementEvent, 'recordedAt'> & { readonly actor: string },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO agreement_event
         (agreement_id, seq, action, institution_id, ends_on, note, actor)
       SELECT $1, coalesce(max(seq) + 1, 0), $2, $3, $4, $5, $6
         FROM agreement_event WHERE agreement_id = $1`,
      [agreementId, event.action, event.institutionId, event.endsOn, event.note, event.actor],
    );
  }

  /** By code; all of them when no codes are named. */
  async list(tx: EntityManager, codes: readonly string[] | null): Promise<SignedAgreement[]> {
    const rows = await tx.query<AgreementRow[]>(
      `SELECT ${COLUMNS} FROM agreement WHERE $1::text[] IS NULL OR code = ANY ($1) ORDER BY code`,
      [codes],
    );
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const parties = await tx.query<PartyRow[]>(
      `SELECT agreement_id AS "agreementId", institution_id AS "institutionId",
              is_with_members AS "isWithMembers", accepts_millicredits AS accepts,
              quota_millicredits AS quota, quota_per AS "quotaPer"
         FROM agreement_party WHERE agreement_id = ANY ($1::uuid[]) ORDER BY institution_id`,
      [ids],
    );
    const events = await tx.query<(AgreementEvent & { readonly agreementId: string })[]>(
      `SELECT agreement_id AS "agreementId", action, institution_id AS "institutionId",
              ends_on::text AS "endsOn", note, recorded_at AS "recordedAt"
         FROM agreement_event WHERE agreement_id = ANY ($1::uuid[]) ORDER BY agreement_id, seq`,
      [ids],
    );
    return rows.map((row) => ({
      ...row,
      parties: parties.filter(({ agreementId }) => agreementId === row.id).map(toParty),
      events: events.filter(({ agreementId }) => agreementId === row.id),
    }));
  }

  /** What is taken of a quota, in thousandths of a credit. */
  async usedOf(tx: EntityManager, key: QuotaKey): Promise<bigint> {
    const rows = await tx.query<{ used: string }[]>(
      `SELECT used_millicredits AS used FROM agreement_quota
        WHERE agreement_id = $1 AND institution_id = $2 AND period = $3`,
      [key.agreementId, key.institutionId, key.period],
    );
    return BigInt(rows[0]?.used ?? 0);
  }

  /**
   * Takes an amount for an application, when that much is left. Whoever comes at the same moment
   * waits for the row and sees what is left then.
   * @returns false, and nothing is taken, when less is left
   */
  async take(
    tx: EntityManager,
    key: QuotaKey,
    { applicationId, amount, quota }: { applicationId: string; amount: bigint; quota: bigint },
  ): Promise<boolean> {
    const { agreementId, institutionId, period } = key;
    await tx.query(
      `INSERT INTO agreement_quota (agreement_id, institution_id, period, used_millicredits)
       VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`,
      [agreementId, institutionId, period],
    );
    const [, taken] = await tx.query<[unknown, number]>(
      `UPDATE agreement_quota SET used_millicredits = used_millicredits + $4
        WHERE agreement_id = $1 AND institution_id = $2 AND period = $3
          AND used_millicredits + $4 <= $5`,
      [agreementId, institutionId, period, amount.toString(), quota.toString()],
    );
    if (taken === 0) return false;
    await this.#addUse(tx, key, applicationId, amount);
    return true;
  }

  /** Gives back all that an application has taken and not given back. */
  async giveBack(tx: EntityManager, applicationId: string): Promise<void> {
    const taken = await tx.query<(QuotaKey & { readonly amount: string })[]>(
      `SELECT agreement_id AS "agreementId", institution_id AS "institutionId", period,
              sum(millicredits)::text AS amount
         FROM agreement_use WHERE application_id = $1
        GROUP BY 1, 2, 3 HAVING sum(millicredits) <> 0 ORDER BY 1, 2, 3`,
      [applicationId],
    );
    for (const { amount, ...key } of taken) {
      await tx.query(
        `UPDATE agreement_quota SET used_millicredits = used_millicredits - $4
          WHERE agreement_id = $1 AND institution_id = $2 AND period = $3`,
        [key.agreementId, key.institutionId, key.period, amount],
      );
      await this.#addUse(tx, key, applicationId, -BigInt(amount));
    }
  }

  async #addUse(
    tx: EntityManager,
    { agreementId, institutionId, period }: QuotaKey,
    applicationId: string,
    amount: bigint,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO agreement_use
         (id, agreement_id, institution_id, period, application_id, millicredits)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [newId(), agreementId, institutionId, period, applicationId, amount.toString()],
    );
  }
}

function toParty({ accepts, quota, ...row }: PartyRow): Party {
  const { institutionId, isWithMembers, quotaPer } = row;
  return {
    institutionId,
    isWithMembers,
    accepts: BigInt(accepts),
    quota: quota === null ? null : BigInt(quota),
    quotaPer,
  };
}
