import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * One lifelong account per person. Tables of a learner are keyed by the learner's bucket first;
 * `learner_identity` alone is keyed by the blind index, because it is the way from a document to
 * the bucket. It therefore carries no foreign key (Citus could not keep it).
 * `learner_institution` has none to `institution` either: every posting of one school would
 * share-lock that school's one row.
 */
export class Learners1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE learner (
        bucket     smallint    NOT NULL CHECK (bucket BETWEEN 0 AND 1023),
        id         uuid        NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, id)
      );

      CREATE TABLE learner_person (
        bucket      smallint    NOT NULL,
        learner_id  uuid        NOT NULL,
        wrapped_key bytea       NOT NULL,
        name_sealed bytea,
        name_check  bytea       CHECK (octet_length(name_check) = 32),
        created_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id),
        FOREIGN KEY (bucket, learner_id) REFERENCES learner (bucket, id),
        CONSTRAINT learner_person_name_whole CHECK ((name_sealed IS NULL) = (name_check IS NULL))
      );
      COMMENT ON TABLE learner_person IS
        'Everything personal, sealed under the learner''s own data key: destroying wrapped_key erases it.';

      CREATE TABLE learner_identity (
        blind_index   bytea       PRIMARY KEY CHECK (octet_length(blind_index) = 32),
        bucket        smallint    NOT NULL,
        learner_id    uuid        NOT NULL,
        kind          text        NOT NULL CONSTRAINT learner_identity_kind_known CHECK (kind IN (
                        'resident-id', 'passport', 'hk-macao-permit', 'taiwan-permit',
                        'foreign-student-number', 'sh-credit-bank-id', 'abc-account-id')),
        number_sealed bytea       NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX learner_identity_of_learner ON learner_identity (bucket, learner_id);

      CREATE TABLE learner_institution (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        institution_id uuid        NOT NULL,
        first_seen_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id, institution_id),
        FOREIGN KEY (bucket, learner_id) REFERENCES learner (bucket, id)
      );
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
