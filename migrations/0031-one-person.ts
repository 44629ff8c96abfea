import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Two accounts that are found to be one person. No row of theirs moves: an entry says that they are
 * one, another that they are not, and reading follows. `learner_person.one_with` is what the entries
 * come to, written in the same transaction, because every look at a person passes that row anyway.
 */
export class OnePerson1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE learner_person ADD COLUMN one_with uuid[]
        CONSTRAINT learner_person_one_with_many CHECK (cardinality(one_with) > 1);
      COMMENT ON COLUMN learner_person.one_with IS
        'All accounts of the person, the surviving one first; null for who has one account.';

      CREATE TABLE person_link (
        id             uuid        PRIMARY KEY,
        action         text        NOT NULL CONSTRAINT person_link_action_known
                         CHECK (action IN ('merge', 'split')),
        survivor_id    uuid        NOT NULL,
        absorbed_id    uuid        NOT NULL,
        undoes_id      uuid        CONSTRAINT person_link_undone_once UNIQUE
                         REFERENCES person_link (id),
        institution_id uuid        NOT NULL,
        proposed_by    text        NOT NULL,
        confirmed_by   text        NOT NULL,
        recorded_at    timestamptz NOT NULL,
        CONSTRAINT person_link_of_two CHECK (survivor_id <> absorbed_id),
        CONSTRAINT person_link_split_undoes CHECK ((action = 'split') = (undoes_id IS NOT NULL)),
        CONSTRAINT person_link_by_two CHECK (proposed_by <> confirmed_by)
      );
      CREATE INDEX person_link_of_survivor ON person_link (survivor_id);
      CREATE INDEX person_link_of_absorbed ON person_link (absorbed_id);
      SELECT make_append_only('person_link');
      COMMENT ON TABLE person_link IS
        'That two accounts are one person, and that they are not after all. Only ids.';
      COMMENT ON COLUMN person_link.undoes_id IS 'Of a split: the merge that was wrong.';
    `);
    await this.#walls(runner);
  }

  /** Who reaches one account of a person reaches all of them. */
  async #walls(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION bucket_of(id uuid) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN ((('x' || substr(id::text, 16, 3))::bit(12)::int & 1023)::smallint);

      CREATE FUNCTION tenant_selves() RETURNS uuid[] LANGUAGE sql STABLE
        RETURN nullif(current_setting('creditbank.selves', true), '')::uuid[];
      COMMENT ON FUNCTION tenant_selves IS
        'All accounts of the learner whom the connection reads for, when there are several.';

      CREATE FUNCTION reaches_account(of_bucket smallint, of_learner uuid) RETURNS boolean
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM learner_institution m
                        WHERE m.bucket = of_bucket AND m.learner_id = of_learner
                          AND m.institution_id = tenant_institution())
          OR EXISTS (SELECT FROM application a
                      WHERE a.bucket = of_bucket AND a.learner_id = of_learner
                        AND a.institution_id = tenant_institution() AND a.state <> 'draft');
      END $$;

      CREATE OR REPLACE FUNCTION reaches_learner(of_bucket smallint, of_learner uuid)
        RETURNS boolean
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        RETURN of_learner = tenant_learner()
          OR of_learner = ANY (tenant_selves())
          OR reaches_account(of_bucket, of_learner)
          OR EXISTS (SELECT FROM learner_person p, unnest(p.one_with) AS other
                      WHERE p.bucket = of_bucket AND p.learner_id = of_learner
                        AND reaches_account(bucket_of(other), other));
      END $$;

      ALTER FUNCTION is_consented(smallint, uuid) RENAME TO is_account_consented;
      CREATE FUNCTION is_consented(of_bucket smallint, of_learner uuid) RETURNS boolean
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        RETURN is_account_consented(of_bucket, of_learner)
          OR EXISTS (SELECT FROM learner_person p, unnest(p.one_with) AS other
                      WHERE p.bucket = of_bucket AND p.learner_id = of_learner
                        AND is_account_consented(bucket_of(other), other));
      END $$;
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
