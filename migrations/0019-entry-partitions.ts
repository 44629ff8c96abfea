import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

const PARTITIONS = 4;

/**
 * Four partitions of entries instead of sixteen. A statement opens every partition it writes to,
 * with its checks and indexes, and a batch writes to all of them: sixteen cost a batch of a thousand
 * about 1.5 µs a row. A partition that has grown large is split in two on its own, because a hash
 * partition of modulus 4 may stand beside two of modulus 8 (docs/operations.md).
 */
export class EntryPartitions1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entry RENAME TO entry_v2;
      ALTER TABLE entry_v2 RENAME CONSTRAINT entry_pkey TO entry_v2_pkey;
      ALTER INDEX entry_of_posting RENAME TO entry_v2_of_posting;
      CREATE TABLE entry (LIKE entry_v2 INCLUDING CONSTRAINTS INCLUDING COMMENTS,
        CONSTRAINT entry_pkey PRIMARY KEY (bucket, learner_id, lot_id, lot_seq)
          INCLUDE (category_id, debit, credit, amount)
      ) PARTITION BY HASH (bucket);
      COMMENT ON TABLE entry IS 'One immutable movement of one lot. Append-only.';
      CREATE INDEX entry_of_posting ON entry USING brin (posting_id)
        WITH (pages_per_range = 32, autosummarize = on);
      SELECT make_append_only('entry');

      DO $$
      BEGIN
        FOR i IN 0..${PARTITIONS - 1} LOOP
          EXECUTE format('CREATE TABLE entry_p%s PARTITION OF entry
            FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER %s)', i, i);
          PERFORM make_append_only(format('entry_p%s', i)::regclass);
        END LOOP;
      END $$;

      -- In the order of the postings, which the BRIN index lives on.
      INSERT INTO entry SELECT * FROM entry_v2 ORDER BY posting_id, posting_pos;
      DROP TABLE entry_v2;
      CREATE TRIGGER entry_follows BEFORE INSERT ON entry
        FOR EACH ROW WHEN (NEW.lot_seq > 0) EXECUTE FUNCTION entry_follows();
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
