import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Endpoints of institutions, what happened, and every try to tell them. */
export class Webhooks1764000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id              uuid        PRIMARY KEY,
        institution_id  uuid        NOT NULL REFERENCES institution (id),
        url             text        NOT NULL,
        types           text[]      NOT NULL CONSTRAINT webhook_endpoint_hears CHECK (cardinality(types) > 0),
        description     text        NOT NULL,
        disabled_at     timestamptz,
        disabled_reason text CONSTRAINT webhook_endpoint_reason
                          CHECK (disabled_reason IN ('by-hand', 'gone', 'failing')),
        failing_since   timestamptz,
        resume_at       timestamptz,
        created_at      timestamptz NOT NULL DEFAULT now(),
        removed_at      timestamptz,
        CONSTRAINT webhook_endpoint_why CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
      );
      COMMENT ON TABLE webhook_endpoint IS 'Where an institution wants to be told of what happened.';
      COMMENT ON COLUMN webhook_endpoint.resume_at IS 'While it fails nothing new is tried before.';
      CREATE INDEX webhook_endpoint_of_institution ON webhook_endpoint (institution_id, id);

      CREATE TABLE webhook_key (
        endpoint_id uuid        NOT NULL REFERENCES webhook_endpoint (id),
        id          uuid        NOT NULL,
        public_key  bytea       NOT NULL CHECK (octet_length(public_key) = 32),
        wrapped_key bytea       NOT NULL,
        sealed      bytea       NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        ends_at     timestamptz,
        PRIMARY KEY (endpoint_id, id)
      );
      COMMENT ON TABLE webhook_key IS
        'Ed25519 keys that sign what goes to an endpoint; two sign side by side while one replaces the other.';

      CREATE TABLE webhook_event (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        type           text        NOT NULL,
        data           jsonb       NOT NULL,
        occurred_at    timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX webhook_event_by_age ON webhook_event (occurred_at);

      CREATE TABLE webhook_delivery (
        id          uuid        PRIMARY KEY,
        endpoint_id uuid        NOT NULL REFERENCES webhook_endpoint (id),
        event_id    uuid        NOT NULL REFERENCES webhook_event (id) ON DELETE CASCADE,
        state       text        NOT NULL DEFAULT 'waiting' CONSTRAINT webhook_delivery_state
                      CHECK (state IN ('waiting', 'delivered', 'given-up', 'stopped')),
        attempts    int         NOT NULL DEFAULT 0,
        next_at     timestamptz NOT NULL DEFAULT now(),
        created_at  timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE state = 'waiting';
      CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, id);
      CREATE INDEX webhook_delivery_of_event ON webhook_delivery (event_id);

      CREATE TABLE webhook_attempt (
        delivery_id  uuid        NOT NULL REFERENCES webhook_delivery (id) ON DELETE CASCADE,
        seq          int         NOT NULL,
        status       int,
        fault        text,
        duration_ms  int         NOT NULL,
        attempted_at timestamptz NOT NULL,
        PRIMARY KEY (delivery_id, seq)
      );
      COMMENT ON TABLE webhook_attempt IS 'Each try to tell an endpoint: its status, or why there is none.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
