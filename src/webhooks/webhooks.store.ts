import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DomainEvent } from '../platform/events/index.js';
import type { Attempt, Delivery, DeliveryState, Endpoint, EndpointKey } from './webhook.js';

const ENDPOINT = `id, institution_id AS "institutionId", url, types, description,
  disabled_at AS "disabledAt", disabled_reason AS "disabledReason", failing_since AS "failingSince",
  resume_at AS "resumeAt", created_at AS "createdAt"`;

const DELIVERY = `d.id, d.endpoint_id AS "endpointId", d.event_id AS "eventId", e.type, e.data,
  e.occurred_at AS "occurredAt", d.state, d.attempts, d.next_at AS "nextAt"`;

const DELIVERIES = 'webhook_delivery d JOIN webhook_event e ON e.id = d.event_id';

/** All SQL of webhooks. */
@Injectable()
export class WebhooksStore {
  async insertEndpoint(
    tx: EntityManager,
    endpoint: Pick<Endpoint, 'id' | 'institutionId' | 'url' | 'types' | 'description'>,
  ): Promise<void> {
    const { id, institutionId, url, types, description } = endpoint;
    await tx.query(
      `INSERT INTO webhook_endpoint (id, institution_id, url, types, description)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, institutionId, url, types, description],
    );
  }

  listEndpoints(tx: EntityManager, institutionId: string): Promise<Endpoint[]> {
    return tx.query(
      `SELECT ${ENDPOINT} FROM webhook_endpoint
        WHERE institution_id = $1 AND removed_at IS NULL ORDER BY id`,
      [institutionId],
    );
  }

  async findEndpoint(tx: EntityManager, id: string): Promise<Endpoint | undefined> {
    const rows = await tx.query<Endpoint[]>(
      `SELECT ${ENDPOINT} FROM webhook_endpoint WHERE id = $1 AND removed_at IS NULL`,
      [id],
    );
    return rows[0];
  }

  /** Institutions that want to hear of anything. */
  async listListening(tx: EntityManager): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT DISTINCT institution_id AS id FROM webhook_endpoint
        WHERE removed_at IS NULL AND disabled_at IS NULL`,
    );
    return rows.map(({ id }) => id);
  }

  async removeEndpoint(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE webhook_endpoint SET removed_at = now() WHERE id = $1', [id]);
    await this.#stop(tx, id);
  }

  async disable(
    tx: EntityManager,
    id: string,
    reason: NonNullable<Endpoint['disabledReason']>,
  ): Promise<void> {
    await tx.query(
      `UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = $2
        WHERE id = $1 AND disabled_at IS NULL`,
      [id, reason],
    );
    await this.#stop(tx, id);
  }

  async enable(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE webhook_endpoint SET disabled_at = NULL, disabled_reason = NULL,
         failing_since = NULL, resume_at = NULL WHERE id = $1`,
      [id],
    );
  }

  async setHealth(
    tx: EntityManager,
    id: string,
    health: Pick<Endpoint, 'failingSince' | 'resumeAt'>,
  ): Promise<void> {
    await tx.query('UPDATE webhook_endpoint SET failing_since = $2, resume_at = $3 WHERE id = $1', [
      id,
      health.failingSince,
      health.resumeAt,
    ]);
  }

  async insertKey(
    tx: EntityManager,
    endpointId: string,
    key: Omit<EndpointKey, 'createdAt' | 'endsAt'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO webhook_key (endpoint_id, id, public_key, wrapped_key, sealed)
       VALUES ($1, $2, $3, $4, $5)`,
      [endpointId, key.id, key.publicKey, key.wrappedKey, key.sealed],
    );
  }

  /** Gives keys that have no end theirs. */
  async endKeys(tx: EntityManager, endpointId: string, at: Date): Promise<void> {
    await tx.query(
      'UPDATE webhook_key SET ends_at = $2 WHERE endpoint_id = $1 AND ends_at IS NULL',
      [endpointId, at],
    );
  }

  /** Keys that sign at a moment, the newest first. */
  listKeys(tx: EntityManager, endpointId: string, at: Date): Promise<EndpointKey[]> {
    return tx.query(
      `SELECT id, public_key AS "publicKey", wrapped_key AS "wrappedKey", sealed,
              created_at AS "createdAt", ends_at AS "endsAt"
         FROM webhook_key WHERE endpoint_id = $1 AND (ends_at IS NULL OR ends_at > $2)
        ORDER BY id DESC`,
      [endpointId, at],
    );
  }

  async insertEvent(tx: EntityManager, id: string, event: DomainEvent): Promise<void> {
    await tx.query(
      'INSERT INTO webhook_event (id, institution_id, type, data) VALUES ($1, $2, $3, $4)',
      [id, event.institutionId, event.type, JSON.stringify(event.data)],
    );
  }

  async insertDelivery(
    tx: EntityManager,
    delivery: Pick<Delivery, 'id' | 'endpointId' | 'eventId'>,
  ): Promise<void> {
    await tx.query('INSERT INTO webhook_delivery (id, endpoint_id, event_id) VALUES ($1, $2, $3)', [
      delivery.id,
      delivery.endpointId,
      delivery.eventId,
    ]);
  }

  /** A delivery that waits and is due, locked until the transaction ends. */
  async takeDue(tx: EntityManager, id: string, now: Date): Promise<Delivery | undefined> {
    const rows = await tx.query<Delivery[]>(
      `SELECT ${DELIVERY} FROM ${DELIVERIES}
        WHERE d.id = $1 AND d.state = 'waiting'
          AND d.next_at <= $2::timestamptz + interval '1 second' FOR UPDATE OF d`,
      [id, now],
    );
    return rows[0];
  }

  listDue(
    tx: EntityManager,
    now: Date,
    limit: number,
  ): Promise<Pick<Delivery, 'id' | 'attempts' | 'nextAt'>[]> {
    return tx.query(
      `SELECT id, attempts, next_at AS "nextAt" FROM webhook_delivery
        WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at LIMIT $2`,
      [now, limit],
    );
  }

  async moveDelivery(
    tx: EntityManager,
    id: string,
    to: { state: DeliveryState; nextAt: Date; isTried: boolean },
  ): Promise<void> {
    await tx.query(
      `UPDATE webhook_delivery SET state = $2, next_at = $3, attempts = attempts + $4
        WHERE id = $1`,
      [id, to.state, to.nextAt, to.isTried ? 1 : 0],
    );
  }

  async insertAttempt(tx: EntityManager, deliveryId: string, attempt: Attempt): Promise<void> {
    await tx.query(
      `INSERT INTO webhook_attempt (delivery_id, seq, status, fault, duration_ms, attempted_at)
       SELECT $1, count(*), $2, $3, $4, $5 FROM webhook_attempt WHERE delivery_id = $1`,
      [deliveryId, attempt.status, attempt.fault, attempt.durationMs, attempt.attemptedAt],
    );
  }

  listAttempts(tx: EntityManager, deliveryId: string): Promise<Attempt[]> {
    return tx.query(
      `SELECT status, fault, duration_ms AS "durationMs", attempted_at AS "attemptedAt"
         FROM webhook_attempt WHERE delivery_id = $1 ORDER BY seq`,
      [deliveryId],
    );
  }

  /** Deliveries to an endpoint, the newest first. */
  listDeliveries(
    tx: EntityManager,
    endpointId: string,
    page: { state: DeliveryState | null; before: string | null; limit: number },
  ): Promise<Delivery[]> {
    return tx.query(
      `SELECT ${DELIVERY} FROM ${DELIVERIES}
        WHERE d.endpoint_id = $1 AND ($2::text IS NULL OR d.state = $2)
          AND ($3::uuid IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4`,
      [endpointId, page.state, page.before, page.limit],
    );
  }

  async findDelivery(
    tx: EntityManager,
    endpointId: string,
    id: string,
  ): Promise<Delivery | undefined> {
    const rows = await tx.query<Delivery[]>(
      `SELECT ${DELIVERY} FROM ${DELIVERIES} WHERE d.id = $1 AND d.endpoint_id = $2`,
      [id, endpointId],
    );
    return rows[0];
  }

  async forgetBefore(tx: EntityManager, moment: Date): Promise<void> {
    await tx.query('DELETE FROM webhook_event WHERE occurred_at < $1', [moment]);
  }

  async #stop(tx: EntityManager, endpointId: string): Promise<void> {
    await tx.query(
      `UPDATE webhook_delivery SET state = 'stopped' WHERE endpoint_id = $1 AND state = 'waiting'`,
      [endpointId],
    );
  }
}
