import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

const PUPIL_FORMS = `('labour-education', 'vocational-enlightenment')`;

/**
 * Every source that the plan names: enterprises, contest organisers, partners abroad and schools of
 * pupils, with the forms of outcomes that they give. Records of pupils carry no credit, no grade and
 * no level, so that there is nothing by which children could be compared; and nothing is posted about
 * a child without a guardian's consent, which is kept here with its end.
 */
export class Sources1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#kinds(runner);
    await this.#definitions(runner);
    await this.#consents(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #kinds(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE institution DROP CONSTRAINT institution_kind_known,
        ADD CONSTRAINT institution_kind_known CHECK (kind IN (
          'school', 'issuer', 'community-college', 'senior-university', 'open-university',
          'admissions-office', 'authority', 'enterprise', 'contest-organiser', 'overseas-partner',
          'pupil-school'));
      INSERT INTO category (id, code, title_zh, title_en)
        VALUES (9, 'pupil', '中小学职业启蒙与劳动教育', 'Vocational enlightenment and labour education');
    `);
  }

  async #definitions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outcome_definition
        DROP CONSTRAINT outcome_definition_kind_known,
        DROP CONSTRAINT outcome_definition_form_known,
        DROP CONSTRAINT outcome_definition_source_known,
        ADD COLUMN counterpart text REFERENCES outcome_definition (code),
        ADD COLUMN contest_tier text CONSTRAINT outcome_definition_contest_tier_known
          CHECK (contest_tier IN ('national', 'municipal', 'district')),
        ADD CONSTRAINT outcome_definition_kind_known CHECK (kind IN (
          'degree-course', 'vocational-certificate', 'community-course', 'work-based',
          'pupil-record')),
        ADD CONSTRAINT outcome_definition_form_known CHECK (form IN (
          'course', 'online-course', 'x-certificate', 'skill-level-certificate',
          'vocational-qualification', 'specialised-ability', 'training', 'lecture',
          'apprenticeship', 'enterprise-practice', 'job', 'contest', 'labour-education',
          'vocational-enlightenment')),
        ADD CONSTRAINT outcome_definition_source_known CHECK (source IN (
          'course', 'online-course', 'certificate', 'training', 'outreach')),
        ADD CONSTRAINT outcome_definition_signed_by_two
          CHECK ((form = 'apprenticeship') = (counterpart IS NOT NULL)),
        ADD CONSTRAINT outcome_definition_contest_has_tier
          CHECK ((form = 'contest') = (contest_tier IS NOT NULL)),
        ADD CONSTRAINT outcome_definition_pupil_apart CHECK (
          (form IN ${PUPIL_FORMS}) = (kind = 'pupil-record')
          AND (kind = 'pupil-record') = (source = 'outreach')
          AND (kind = 'pupil-record') = (category_id = 9)),
        ADD CONSTRAINT outcome_definition_pupil_not_compared CHECK (
          kind <> 'pupil-record' OR (credit_millicredits IS NULL AND grade_scale IS NULL
            AND level_scale IS NULL AND level IS NULL AND registration = 'owner'));
      COMMENT ON COLUMN outcome_definition.counterpart IS
        'Of an apprenticeship: the code of the part that the enterprise has to have posted.';
      COMMENT ON COLUMN outcome_definition.contest_tier IS
        'Who organises a contest: 国赛, 市赛 or 区赛; null for everything else.';
    `);
  }

  async #consents(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outreach_consent (
        bucket          smallint    NOT NULL,
        id              uuid        NOT NULL,
        learner_id      uuid        NOT NULL,
        institution_id  uuid        NOT NULL REFERENCES institution (id),
        guardianship_id uuid        NOT NULL,
        actor           text        NOT NULL,
        record          text,
        created_at      timestamptz NOT NULL,
        ends_at         timestamptz NOT NULL,
        CONSTRAINT outreach_consent_ends_after_begin CHECK (ends_at > created_at),
        PRIMARY KEY (bucket, id)
      );
      CREATE INDEX outreach_consent_of_learner ON outreach_consent (bucket, learner_id);
      CREATE INDEX outreach_consent_of_institution ON outreach_consent (institution_id, created_at);
      CREATE TRIGGER outreach_consent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON outreach_consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON TABLE outreach_consent IS
        'A guardian lets a school of pupils post records of a child until a day.';
      COMMENT ON COLUMN outreach_consent.record IS
        'Where the signed paper is kept; null when the guardian was signed in, or after an erasure.';

      CREATE TABLE outreach_consent_end (
        bucket         smallint    NOT NULL,
        consent_id     uuid        NOT NULL,
        actor          text        NOT NULL,
        institution_id uuid,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, consent_id)
      );
      SELECT make_append_only('outreach_consent_end');
      COMMENT ON TABLE outreach_consent_end IS
        'A consent that was withdrawn: nothing more is posted, and what was posted is not shown.';

      CREATE FUNCTION shred_of_outreach(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SET search_path = public, pg_temp
      AS $$
      BEGIN
        UPDATE outreach_consent SET record = NULL
         WHERE bucket = p_bucket AND learner_id = p_learner;
      END $$;
      COMMENT ON FUNCTION shred_of_outreach IS
        'Where the paper of a consent about an erased child is kept goes; that there was one stays.';
    `);
  }
}
