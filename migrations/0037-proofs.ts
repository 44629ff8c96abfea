import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Seals of all accounts, and the log of seals. The tree of accounts is a projection of entries and log
 * and can be made anew; a seal, once signed, stays.
 */
export class Proofs1764000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE seal_account (
        prefix  int    NOT NULL CHECK (prefix BETWEEN 0 AND 65535),
        key     bytea  NOT NULL CHECK (octet_length(key) = 32),
        entries bigint NOT NULL CHECK (entries > 0),
        chain   bytea  NOT NULL CHECK (octet_length(chain) = 32),
        leaf    bytea  NOT NULL CHECK (octet_length(leaf) = 32),
        PRIMARY KEY (prefix, key)
      );
      COMMENT ON TABLE seal_account IS
        'Accounts as the newest seal has them, by SHA-256 of the learner: how many entries, and a hash over them.';

      CREATE TABLE seal_node (
        depth  smallint NOT NULL CHECK (depth IN (8, 16)),
        prefix int      NOT NULL CHECK (prefix >= 0),
        hash   bytea    NOT NULL CHECK (octet_length(hash) = 32),
        PRIMARY KEY (depth, prefix)
      );
      COMMENT ON TABLE seal_node IS
        'Inner nodes of the tree of accounts at two depths, as the newest seal has them.';

      CREATE FUNCTION seal_account_grows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.key <> OLD.key OR NEW.entries <= OLD.entries THEN
          RAISE EXCEPTION 'an account only grows'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seal_account_grows';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER seal_account_grows BEFORE UPDATE ON seal_account
        FOR EACH ROW EXECUTE FUNCTION seal_account_grows();
      CREATE TRIGGER seal_account_stays BEFORE DELETE OR TRUNCATE ON seal_account
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE seal (
        number    bigint      PRIMARY KEY CHECK (number >= 0),
        log       text        NOT NULL,
        log_size  bigint      NOT NULL CHECK (log_size > 0),
        log_root  bytea       NOT NULL CHECK (octet_length(log_root) = 32),
        accounts  bigint      NOT NULL CHECK (accounts > 0),
        root      bytea       NOT NULL CHECK (octet_length(root) = 32),
        sealed_at timestamptz NOT NULL,
        tree_root bytea       NOT NULL CHECK (octet_length(tree_root) = 32),
        CONSTRAINT seal_of_a_size_once UNIQUE (log_size)
      );
      COMMENT ON COLUMN seal.tree_root IS 'Root of the log of seals with this one as its last.';

      CREATE TABLE seal_tile (
        level  smallint NOT NULL CHECK (level BETWEEN 0 AND 63),
        index  bigint   NOT NULL CHECK (index >= 0),
        hashes bytea    NOT NULL,
        PRIMARY KEY (level, index),
        CONSTRAINT seal_tile_holds_hashes CHECK (
          octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192)
      );
      ALTER TABLE seal_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
      CREATE TRIGGER seal_tile_grows BEFORE UPDATE ON seal_tile
        FOR EACH ROW EXECUTE FUNCTION log_tile_grows();
      CREATE TRIGGER seal_tile_stays BEFORE DELETE OR TRUNCATE ON seal_tile
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE seal_cosignature (
        size        bigint      NOT NULL CHECK (size >= 0),
        witness     text        NOT NULL,
        signature   text        NOT NULL,
        cosigned_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (size, witness)
      );
      COMMENT ON TABLE seal_cosignature IS
        'Checkpoints of the log of seals that a second party signed, each once per witness.';
      SELECT make_append_only('seal'), make_append_only('seal_cosignature');
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
