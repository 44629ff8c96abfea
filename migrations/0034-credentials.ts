import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Keys that sign credentials, status lists, and what was issued to whom. */
export class Credentials1764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#issuers(runner);
    await this.#credentials(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #issuers(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE issuer_key (
        id             uuid        PRIMARY KEY,
        institution_id uuid        REFERENCES institution (id),
        number         int         NOT NULL CHECK (number > 0),
        public_key     bytea       NOT NULL CHECK (octet_length(public_key) = 32),
        created_at     timestamptz NOT NULL,
        retired_at     timestamptz,
        CONSTRAINT issuer_key_number_once UNIQUE NULLS NOT DISTINCT (institution_id, number)
      );
      CREATE UNIQUE INDEX issuer_key_one_signs ON issuer_key (institution_id) NULLS NOT DISTINCT
        WHERE retired_at IS NULL;
      COMMENT ON TABLE issuer_key IS
        'Public Ed25519 keys, as DID documents list them; a retired one stays, or what it signed '
        'could no longer be checked.';
      COMMENT ON COLUMN issuer_key.institution_id IS 'Null for the bank itself.';

      CREATE TABLE issuer_key_secret (
        key_id      uuid  PRIMARY KEY REFERENCES issuer_key (id),
        wrapped_key bytea NOT NULL,
        seed_sealed bytea NOT NULL
      );
      COMMENT ON TABLE issuer_key_secret IS 'The secret half, sealed; no request of a tenant reads it.';

      CREATE TABLE status_list (
        id             uuid        PRIMARY KEY,
        institution_id uuid        REFERENCES institution (id),
        created_at     timestamptz NOT NULL
      );
      CREATE INDEX status_list_of_issuer ON status_list (institution_id, created_at DESC);

      CREATE TABLE status_place (
        list_id       uuid        NOT NULL REFERENCES status_list (id),
        place         int         NOT NULL CHECK (place >= 0),
        credential_id uuid        NOT NULL UNIQUE,
        withdrawn_at  timestamptz,
        PRIMARY KEY (list_id, place)
      );
      COMMENT ON TABLE status_place IS
        'Places of status lists that are given away, drawn at random. A withdrawn place stays set when '
        'nothing else is known of its credential any more.';
    `);
  }

  async #credentials(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE credential (
        bucket          smallint    NOT NULL,
        id              uuid        NOT NULL,
        learner_id      uuid        NOT NULL,
        institution_id  uuid,
        kind            text        NOT NULL CHECK (kind IN ('badge', 'transcript')),
        lot_id          uuid,
        language        text        NOT NULL CHECK (language IN ('zh', 'en')),
        shows_name      boolean     NOT NULL,
        list_id         uuid        NOT NULL,
        place           int         NOT NULL,
        issued_at       timestamptz NOT NULL,
        wrapped_key     bytea       NOT NULL,
        document_sealed bytea       NOT NULL,
        PRIMARY KEY (bucket, id),
        CONSTRAINT credential_badge_of_outcome CHECK ((kind = 'badge') = (lot_id IS NOT NULL))
      );
      CREATE INDEX credential_of_list ON credential (list_id);
      CREATE INDEX credential_of_learner ON credential (bucket, learner_id, issued_at DESC);
      COMMENT ON TABLE credential IS
        'Signed credentials as they were handed out, sealed under a key of their own.';

      CREATE TABLE credential_lot (
        bucket        smallint NOT NULL,
        credential_id uuid     NOT NULL,
        lot_id        uuid     NOT NULL,
        seen_seq      int      NOT NULL,
        PRIMARY KEY (bucket, credential_id, lot_id)
      );
      COMMENT ON COLUMN credential_lot.seen_seq IS
        'The newest line about the outcome in outcome_revocation when it was signed, -1 for none: a '
        'later revocation revokes the credential for good, whatever is given back after it.';

      CREATE FUNCTION shred_of_credentials(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      BEGIN
        UPDATE status_place SET withdrawn_at = coalesce(withdrawn_at, now()) WHERE credential_id IN (
          SELECT id FROM credential WHERE bucket = p_bucket AND learner_id = p_learner);
        DELETE FROM credential_lot WHERE bucket = p_bucket AND credential_id IN (
          SELECT id FROM credential WHERE bucket = p_bucket AND learner_id = p_learner);
        DELETE FROM credential WHERE bucket = p_bucket AND learner_id = p_learner;
      END $$;
      COMMENT ON FUNCTION shred_of_credentials IS
        'Credentials of an erased person are revoked for everybody who keeps a copy, and forgotten.';
    `);
  }
}
