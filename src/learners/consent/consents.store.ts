import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Keyring, Words } from '../../platform/crypto/index.js';
import { bucketOf } from '../../platform/ids/index.js';
import type { PersonField } from '../access/reading.js';

export interface Consent {
  readonly id: string;
  readonly learnerId: string;
  readonly receiverId: string;
  readonly purpose: string;
  readonly fields: readonly PersonField[];
  readonly isOnce: boolean;
  readonly createdAt: Date;
  readonly endsAt: Date;
}

/** Who did something about a consent. */
export interface ConsentActor {
  readonly actor: string;
  readonly institutionId: string | null;
  /** Where the signed paper of a consent at a counter is kept. */
  readonly record: string | null;
}

export interface ConsentWithEvents extends Consent {
  readonly receiver: { code: string; zh: string; en: string };
  readonly givenBy: string;
  readonly givenAt: string | null;
  readonly record: string | null;
  readonly spentAt: Date | null;
  readonly withdrawnAt: Date | null;
}

/** SQL of consents. What people wrote is sealed under a key of each consent's own. */
@Injectable()
export class ConsentsStore {
  constructor(
    private readonly keyring: Keyring,
    private readonly words: Words,
  ) {}

  async insert(tx: EntityManager, consent: Consent, by: ConsentActor): Promise<void> {
    const { wrapped } = this.keyring.newDataKey();
    const seal = (text: string): string => this.words.seal(wrapped, text, wordsContext(consent.id));
    await tx.query(
      `INSERT INTO consent (bucket, id, learner_id, receiver_id, purpose, fields, is_once, created_at,
              ends_at, wrapped_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        bucketOf(consent.learnerId),
        consent.id,
        consent.learnerId,
        consent.receiverId,
        seal(consent.purpose),
        consent.fields,
        consent.isOnce,
        consent.createdAt,
        consent.endsAt,
        wrapped,
      ],
    );
    const record = by.record && seal(by.record);
    await this.addEvent(tx, consent, { ...by, action: 'given', at: consent.createdAt, record });
  }

  /** @returns false when the consent has such an event already; `record` is stored as it is given */
  async addEvent(
    tx: EntityManager,
    { id, learnerId }: Pick<Consent, 'id' | 'learnerId'>,
    event: ConsentActor & { action: 'given' | 'spent' | 'withdrawn'; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO consent_event (bucket, consent_id, action, actor, institution_id, record,
              recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (bucket, consent_id, action) DO NOTHING RETURNING 1`,
      [
        bucketOf(learnerId),
        id,
        event.action,
        event.actor,
        event.institutionId,
        event.record,
        event.at,
      ],
    );
    return rows.length > 0;
  }

  /** Consents of a learner for a receiver that hold at a moment, the longest first. */
  async listLive(
    tx: EntityManager,
    learnerId: string,
    { receiverId, now }: { receiverId: string; now: Date },
  ): Promise<Omit<Consent, 'purpose'>[]> {
    return tx.query(
      `SELECT c.id, c.learner_id AS "learnerId", c.receiver_id AS "receiverId", c.fields,
              c.is_once AS "isOnce", c.created_at AS "createdAt", c.ends_at AS "endsAt"
         FROM consent c
        WHERE c.bucket = $1 AND c.learner_id = $2 AND c.receiver_id = $3 AND c.ends_at > $4
          AND NOT EXISTS (SELECT FROM consent_event e WHERE e.bucket = c.bucket
                             AND e.consent_id = c.id AND e.action IN ('spent', 'withdrawn'))
        ORDER BY c.is_once, c.ends_at DESC, c.id`,
      [bucketOf(learnerId), learnerId, receiverId, now],
    );
  }

  /** Every consent of a learner, newest first. */
  async listOf(tx: EntityManager, learnerId: string): Promise<ConsentWithEvents[]> {
    const rows = await tx.query<ListedRow[]>(
      `SELECT c.id, c.learner_id AS "learnerId", c.receiver_id AS "receiverId", c.purpose, c.fields,
              c.is_once AS "isOnce", c.created_at AS "createdAt", c.ends_at AS "endsAt",
              i.code, i.name_zh AS zh, i.name_en AS en, g.actor AS "givenBy",
              g.institution_id AS "givenAt", g.record, s.recorded_at AS "spentAt",
              w.recorded_at AS "withdrawnAt", c.wrapped_key AS "wrappedKey"
         FROM consent c JOIN institution i ON i.id = c.receiver_id
         JOIN consent_event g
           ON g.bucket = c.bucket AND g.consent_id = c.id AND g.action = 'given'
         LEFT JOIN consent_event s
           ON s.bucket = c.bucket AND s.consent_id = c.id AND s.action = 'spent'
         LEFT JOIN consent_event w
           ON w.bucket = c.bucket AND w.consent_id = c.id AND w.action = 'withdrawn'
        WHERE c.bucket = $1 AND c.learner_id = $2 ORDER BY c.created_at DESC, c.id DESC`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(({ code, zh, en, wrappedKey, ...consent }) => {
      const open = (stored: string): string =>
        this.words.open(wrappedKey, stored, wordsContext(consent.id));
      return {
        ...consent,
        purpose: open(consent.purpose),
        record: consent.record && open(consent.record),
        receiver: { code, zh, en },
      };
    });
  }
}

interface ListedRow extends Omit<ConsentWithEvents, 'receiver'> {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly wrappedKey: Buffer;
}

function wordsContext(consentId: string): string {
  return `consent:${consentId}:words`;
}
