import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Tenants, their keys, and the accounts and sessions of people. No secret is stored readable. */
export class Institutions1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE institution (
        id         uuid        PRIMARY KEY,
        code       text        NOT NULL CONSTRAINT institution_code_once UNIQUE,
        kind       text        NOT NULL CONSTRAINT institution_kind_known CHECK (kind IN (
                     'school', 'issuer', 'community-college', 'senior-university',
                     'open-university', 'admissions-office', 'authority')),
        name_zh    text        NOT NULL,
        name_en    text        NOT NULL,
        region     text        NOT NULL,
        status     text        NOT NULL DEFAULT 'active'
                     CONSTRAINT institution_status_known CHECK (status IN ('active', 'suspended')),
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE api_key (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        prefix         text        NOT NULL CONSTRAINT api_key_prefix_once UNIQUE,
        secret_hash    bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
        label          text        NOT NULL,
        roles          text[]      NOT NULL CHECK (cardinality(roles) > 0),
        created_at     timestamptz NOT NULL DEFAULT now(),
        expires_at     timestamptz NOT NULL,
        revoked_at     timestamptz,
        last_used_at   timestamptz
      );
      CREATE INDEX api_key_of_institution ON api_key (institution_id);

      CREATE TABLE account (
        id             uuid        PRIMARY KEY,
        sign_in_name   text        NOT NULL CONSTRAINT account_sign_in_name_once UNIQUE
                         CONSTRAINT account_sign_in_name_lower CHECK (sign_in_name = lower(sign_in_name)),
        password_hash  text        NOT NULL,
        display_name   text        NOT NULL,
        roles          text[]      NOT NULL CHECK (cardinality(roles) > 0),
        institution_id uuid        REFERENCES institution (id),
        learner_id     uuid        CONSTRAINT account_learner_once UNIQUE,
        created_at     timestamptz NOT NULL DEFAULT now(),
        disabled_at    timestamptz,
        CONSTRAINT account_learner_role CHECK (('learner' = ANY (roles)) = (learner_id IS NOT NULL))
      );
      COMMENT ON COLUMN account.display_name IS
        'Of a member of staff, or the word for a role. A learner''s name lives sealed in learner_person.';

      CREATE TABLE session (
        token_hash bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
        account_id uuid        NOT NULL REFERENCES account (id),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at   timestamptz
      );
      CREATE INDEX session_of_account ON session (account_id);
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
