import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * The plan's indicators. What each person contributes follows from outcomes, revocations and links
 * between accounts alone, so these tables can be made anew at any time; only inputs from outside are
 * records of their own. Whoever writes outcomes leaves one row in `indicator_feed`, by trigger, so
 * that no way into the books can forget it and a posting of a thousand rows pays for one.
 */
export class Indicators1764000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE indicator_feed (
        bucket      smallint    NOT NULL,
        id          uuid        NOT NULL DEFAULT gen_random_uuid(),
        learners    uuid[]      NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, id)
      );
      COMMENT ON TABLE indicator_feed IS
        'Accounts whose outcomes changed and which the indicators have not looked at since.';

      CREATE TABLE indicator_contribution (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        lot_id         uuid        NOT NULL,
        measure        text        NOT NULL,
        category       text        NOT NULL,
        day            date        NOT NULL,
        until          date        CHECK (until > day),
        institution_id uuid        NOT NULL,
        minutes        bigint      NOT NULL DEFAULT 0 CHECK (minutes >= 0),
        recorded_at    timestamptz NOT NULL,
        known_from     timestamptz NOT NULL,
        known_to       timestamptz CHECK (known_to > known_from),
        PRIMARY KEY (bucket, learner_id, lot_id, measure, category, day, known_from)
      );
      CREATE INDEX indicator_contribution_of_measure
        ON indicator_contribution (measure, day, lot_id);
      COMMENT ON TABLE indicator_contribution IS
        'What one outcome adds to one measure, and from when to when the bank knew it so.';
      COMMENT ON COLUMN indicator_contribution.until IS
        'The first day on which it no longer counts; null for what happened on its day.';

      CREATE TABLE indicator_tally (
        measure        text     NOT NULL,
        day            date     NOT NULL,
        institution_id uuid     NOT NULL,
        category       text     NOT NULL,
        count          bigint   NOT NULL,
        minutes        bigint   NOT NULL,
        PRIMARY KEY (measure, day, institution_id, category)
      );
      COMMENT ON TABLE indicator_tally IS
        'Sums of what is known now, by day; what ends on a day is taken off on that day.';

      CREATE TABLE indicator_input (
        id                uuid        PRIMARY KEY,
        code              text        NOT NULL,
        institution_id    uuid        REFERENCES institution (id),
        on_day            date        NOT NULL,
        value             numeric     NOT NULL CHECK (value >= 0),
        source            text        NOT NULL,
        actor             text        NOT NULL,
        actor_institution uuid,
        recorded_at       timestamptz NOT NULL
      );
      CREATE INDEX indicator_input_of_code ON indicator_input (code, on_day, recorded_at);
      SELECT make_append_only('indicator_input');
      COMMENT ON TABLE indicator_input IS
        'Figures from outside the ledger; a newer one about the same day counts instead.';
    `);
    await this.#follow(runner);
    await this.#shred(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #follow(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The smallest bucket of the statement: on a cluster a statement runs shard by shard, and the
      -- row then lies beside what it tells of.
      CREATE FUNCTION tell_indicators() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO indicator_feed (bucket, learners)
        SELECT min(bucket), array_agg(learner_id) FROM told HAVING count(*) > 0;
        RETURN NULL;
      END $$;
      CREATE TRIGGER tell_indicators AFTER INSERT ON learning_outcome
        REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION tell_indicators();
      CREATE TRIGGER tell_indicators AFTER INSERT ON outcome_revocation
        REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION tell_indicators();

      CREATE FUNCTION tell_indicators_of_link() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        INSERT INTO indicator_feed (bucket, learners)
        SELECT bucket_of(survivor_id), ARRAY[survivor_id, absorbed_id] FROM told;
        RETURN NULL;
      END $$;
      CREATE TRIGGER tell_indicators AFTER INSERT ON person_link
        REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION tell_indicators_of_link();

      -- What stands there already, a thousand accounts a row.
      INSERT INTO indicator_feed (bucket, learners)
      SELECT min(bucket), array_agg(learner_id) FROM (
        SELECT bucket, learner_id, row_number() OVER () / 1000 AS part
          FROM (SELECT DISTINCT bucket, learner_id FROM learning_outcome) AS l) AS parts
       GROUP BY part;
    `);
  }

  /**
   * A person who is erased is in no figure from then on. The accounts that were the same person's
   * are looked at anew.
   */
  async #shred(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION shred_of_indicators(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SET search_path = public, pg_temp
      AS $$
      BEGIN
        -- One at a time with whoever brings the figures up to date.
        PERFORM pg_advisory_xact_lock(7203042);
        INSERT INTO indicator_tally AS t (measure, day, institution_id, category, count, minutes)
        SELECT measure, on_day, institution_id, category, sum(count), sum(minutes) FROM (
          SELECT measure, day AS on_day, institution_id, category, -1 AS count, -minutes AS minutes
            FROM indicator_contribution
           WHERE bucket = p_bucket AND learner_id = p_learner AND known_to IS NULL
          UNION ALL
          SELECT measure, until, institution_id, category, 1, minutes
            FROM indicator_contribution
           WHERE bucket = p_bucket AND learner_id = p_learner AND known_to IS NULL
             AND until IS NOT NULL) AS gone
         GROUP BY measure, on_day, institution_id, category
        ON CONFLICT (measure, day, institution_id, category) DO UPDATE
           SET count = t.count + EXCLUDED.count, minutes = t.minutes + EXCLUDED.minutes;
        DELETE FROM indicator_contribution WHERE bucket = p_bucket AND learner_id = p_learner;
        INSERT INTO indicator_feed (bucket, learners) VALUES (p_bucket, ARRAY[p_learner]);
      END $$;
      COMMENT ON FUNCTION shred_of_indicators IS
        'Takes what an erased account contributed out of every sum.';
    `);
  }
}
