import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * The public log of all entries. One head, which only a sequencer that saw its last state moves;
 * tiles that only grow; and where each posting stands. Nothing here is taken on trust by who checks
 * the log: the triggers keep mistakes out, not owners of the database.
 */
export class Transparency1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log_head (
        only_one   boolean     PRIMARY KEY DEFAULT true CONSTRAINT log_head_is_one CHECK (only_one),
        origin     text        NOT NULL,
        size       bigint      NOT NULL CHECK (size >= 0),
        root       bytea       NOT NULL CHECK (octet_length(root) = 32),
        checkpoint text        NOT NULL,
        signed_at  timestamptz NOT NULL
      );
      COMMENT ON TABLE log_head IS
        'The newest signed checkpoint of the log: one row, moved by compare-and-swap on its size.';
      COMMENT ON COLUMN log_head.checkpoint IS
        'C2SP signed note over origin, size and root; signed again, over the same, by another key.';

      CREATE FUNCTION log_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.size < OLD.size OR NEW.origin <> OLD.origin
           OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
          RAISE EXCEPTION 'the log only grows (% to %)', OLD.size, NEW.size
            USING ERRCODE = 'check_violation', CONSTRAINT = 'log_head_grows';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head
        FOR EACH ROW EXECUTE FUNCTION log_head_grows();
      CREATE TRIGGER log_head_stays BEFORE DELETE OR TRUNCATE ON log_head
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE log_tile (
        level  smallint NOT NULL CHECK (level BETWEEN 0 AND 63),
        index  bigint   NOT NULL CHECK (index >= 0),
        hashes bytea    NOT NULL,
        PRIMARY KEY (level, index),
        CONSTRAINT log_tile_holds_hashes CHECK (
          octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192)
      );
      -- Hashes do not compress; trying costs time at every write.
      ALTER TABLE log_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
      COMMENT ON TABLE log_tile IS
        'C2SP tiles: up to 256 hashes of 32 bytes. A tile that is not full may grow, never change.';

      CREATE FUNCTION log_tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.level, NEW.index) IS DISTINCT FROM (OLD.level, OLD.index)
           OR substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
          RAISE EXCEPTION 'tile %/% only grows', OLD.level, OLD.index
            USING ERRCODE = 'check_violation', CONSTRAINT = 'log_tile_grows';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER log_tile_grows BEFORE UPDATE ON log_tile
        FOR EACH ROW EXECUTE FUNCTION log_tile_grows();
      CREATE TRIGGER log_tile_stays BEFORE DELETE OR TRUNCATE ON log_tile
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE log_posting (
        posting_id  uuid   PRIMARY KEY,
        first_index bigint NOT NULL CHECK (first_index >= 0),
        entries     int    NOT NULL CHECK (entries > 0),
        CONSTRAINT log_posting_place_once UNIQUE (first_index)
      );
      COMMENT ON TABLE log_posting IS
        'Where a posting''s entries stand in the log: first_index to first_index + entries - 1.';

      CREATE TABLE log_cosignature (
        size        bigint      NOT NULL CHECK (size >= 0),
        witness     text        NOT NULL,
        checkpoint  text        NOT NULL,
        signature   text        NOT NULL,
        cosigned_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (size, witness)
      );
      COMMENT ON TABLE log_cosignature IS
        'Checkpoints that a second party saw and signed (C2SP cosignature/v1), each once per witness.';
      SELECT make_append_only('log_posting'), make_append_only('log_cosignature');

      -- Rows of the feed live for a second: without this the table is mostly rows that are gone.
      ALTER TABLE feed SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
                            autovacuum_vacuum_cost_delay = 0);
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
