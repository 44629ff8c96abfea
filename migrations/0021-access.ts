import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** What administrators changed, and how people sign in. No secret is stored readable. */
export class Access1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#history(runner);
    await this.#signIn(runner);
    await this.#factors(runner);
    await this.#providers(runner);
  }

  async #history(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE administrative_event (
        id                uuid        PRIMARY KEY,
        institution_id    uuid        REFERENCES institution (id),
        subject_kind      text        NOT NULL CHECK (subject_kind ~ '^[a-z]+(-[a-z]+)*$'),
        subject_id        text        NOT NULL,
        action            text        NOT NULL CHECK (action ~ '^[a-z]+(-[a-z]+)*$'),
        actor             text        NOT NULL,
        actor_name        text        NOT NULL,
        actor_institution uuid,
        before            jsonb,
        after             jsonb,
        note              text,
        recorded_at       timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX administrative_event_of_institution ON administrative_event (institution_id, id);
      CREATE INDEX administrative_event_of_subject ON administrative_event (subject_id, id);
      COMMENT ON TABLE administrative_event IS
        'Every change of what people and systems may do: who made it, when, before and after.';
      COMMENT ON COLUMN administrative_event.institution_id IS
        'On whose history it stands; null for the bank as a whole.';
      COMMENT ON COLUMN administrative_event.actor IS
        'Id of an account or key, or the word for a command of the operator.';
      SELECT make_append_only('administrative_event');
    `);
  }

  async #signIn(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE account
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN password_changed_at timestamptz NOT NULL DEFAULT now();
      COMMENT ON COLUMN account.password_hash IS
        'Argon2id; null for who signs in by passkey or through a provider only.';

      ALTER TABLE session
        ADD COLUMN id           uuid        NOT NULL DEFAULT gen_random_uuid()
                                  CONSTRAINT session_id_once UNIQUE,
        ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN method       text        NOT NULL DEFAULT 'password'
                                  CONSTRAINT session_method_known CHECK (method IN (
                                    'password', 'password-and-code', 'passkey', 'provider')),
        ADD COLUMN device       text,
        ADD COLUMN network      text;
      COMMENT ON COLUMN session.last_seen_at IS 'Written once a minute at most.';
      COMMENT ON COLUMN session.network IS
        'Network of the address, IPv4 /16 or IPv6 /32; null for what began before it was kept.';

      CREATE TABLE attempt_count (
        key            bytea       PRIMARY KEY CHECK (octet_length(key) = 32),
        attempts       int         NOT NULL,
        exhausted      smallint    NOT NULL,
        window_ends_at timestamptz NOT NULL
      );
      COMMENT ON TABLE attempt_count IS
        'Failures within a window, by a keyed hash of whom they are counted against.';
      COMMENT ON COLUMN attempt_count.exhausted IS
        'How many windows in a row were used up; each makes the next one twice as long.';
    `);
  }

  async #factors(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE one_time_code_factor (
        account_id    uuid        PRIMARY KEY REFERENCES account (id),
        wrapped_key   bytea       NOT NULL,
        secret_sealed bytea       NOT NULL,
        last_step     bigint      NOT NULL DEFAULT 0,
        created_at    timestamptz NOT NULL DEFAULT now(),
        confirmed_at  timestamptz
      );
      COMMENT ON COLUMN one_time_code_factor.last_step IS
        'The step of 30 seconds whose code was used last: no code works twice.';
      COMMENT ON COLUMN one_time_code_factor.confirmed_at IS
        'When the first code came back; until then it is not asked for.';

      CREATE TABLE recovery_code (
        account_id uuid        NOT NULL REFERENCES account (id),
        code_hash  bytea       NOT NULL CHECK (octet_length(code_hash) = 32),
        used_at    timestamptz,
        PRIMARY KEY (account_id, code_hash)
      );

      CREATE TABLE passkey (
        id            uuid        PRIMARY KEY,
        credential_id bytea       NOT NULL CONSTRAINT passkey_credential_once UNIQUE,
        account_id    uuid        NOT NULL REFERENCES account (id),
        public_key    bytea       NOT NULL,
        sign_count    bigint      NOT NULL,
        transports    text[]      NOT NULL,
        is_synced     boolean     NOT NULL,
        label         text        NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        last_used_at  timestamptz
      );
      CREATE INDEX passkey_of_account ON passkey (account_id);

      CREATE TABLE passkey_challenge (
        challenge_hash bytea       PRIMARY KEY CHECK (octet_length(challenge_hash) = 32),
        account_id     uuid        REFERENCES account (id),
        expires_at     timestamptz NOT NULL
      );
      COMMENT ON COLUMN passkey_challenge.account_id IS
        'Who is adding a passkey; null for a challenge to sign in.';
    `);
  }

  async #providers(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE provider_identity (
        issuer     text        NOT NULL,
        subject    text        NOT NULL,
        account_id uuid        NOT NULL REFERENCES account (id),
        linked_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (issuer, subject),
        CONSTRAINT provider_identity_account_once UNIQUE (account_id, issuer)
      );

      CREATE TABLE provider_sign_in (
        state_hash   bytea       PRIMARY KEY CHECK (octet_length(state_hash) = 32),
        browser_hash bytea       NOT NULL CHECK (octet_length(browser_hash) = 32),
        nonce        text        NOT NULL,
        verifier     text        NOT NULL,
        return_to    text        NOT NULL,
        expires_at   timestamptz NOT NULL
      );
      COMMENT ON TABLE provider_sign_in IS
        'A browser on its way to an OpenID Connect provider; taken away when it comes back.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
