import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** What can be learned: categories and outcome definitions. Amounts are thousandths and minutes. */
export class Catalogue1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE category (
        id       smallint PRIMARY KEY,
        code     text     NOT NULL CONSTRAINT category_code_once UNIQUE,
        title_zh text     NOT NULL,
        title_en text     NOT NULL
      );
      INSERT INTO category (id, code, title_zh, title_en) VALUES
        (1, 'public',      '公共基础', 'Public foundation'),
        (2, 'major',       '专业核心', 'Major core'),
        (3, 'major-basic', '专业基础', 'Major foundation'),
        (4, 'elective',    '选修',     'Elective'),
        (5, 'practice',    '实践',     'Practice'),
        (6, 'skill',       '职业技能', 'Vocational skill'),
        (7, 'community',   '社区教育', 'Community education'),
        (8, 'general',     '通识',     'General education');

      CREATE TABLE outcome_definition (
        id                     uuid        PRIMARY KEY,
        code                   text        NOT NULL CONSTRAINT outcome_definition_code_once UNIQUE,
        kind                   text        NOT NULL CONSTRAINT outcome_definition_kind_known CHECK (kind IN (
                                 'degree-course', 'vocational-certificate', 'community-course')),
        form                   text        NOT NULL CONSTRAINT outcome_definition_form_known CHECK (form IN (
                                 'course', 'online-course', 'x-certificate', 'skill-level-certificate',
                                 'vocational-qualification', 'specialised-ability', 'training', 'lecture')),
        institution_id         uuid        NOT NULL REFERENCES institution (id),
        title_zh               text        NOT NULL,
        title_en               text        NOT NULL,
        aliases                text[]      NOT NULL DEFAULT '{}',
        category_id            smallint    NOT NULL REFERENCES category (id),
        source                 text        NOT NULL CONSTRAINT outcome_definition_source_known CHECK (source IN (
                                 'course', 'online-course', 'certificate', 'training')),
        credit_millicredits    bigint      CHECK (credit_millicredits > 0),
        minutes                bigint      CHECK (minutes > 0),
        level_scale            text,
        level                  text,
        grade_scale            text,
        pass_grade             text,
        min_attendance_percent int         CHECK (min_attendance_percent BETWEEN 0 AND 100),
        shelf_life_months      int         CHECK (shelf_life_months > 0),
        registration           text        NOT NULL CONSTRAINT outcome_definition_registration_known
                                 CHECK (registration IN ('owner', 'members')),
        open_from              date,
        open_to                date,
        search_text            text        NOT NULL,
        created_at             timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT outcome_definition_open_in_order CHECK (open_from <= open_to)
      );
      CREATE INDEX outcome_definition_of_institution ON outcome_definition (institution_id);
      COMMENT ON COLUMN outcome_definition.search_text IS
        'Code, titles and aliases in the form that src/catalogue/title-key.ts gives to a search text.';

      -- One row. Whoever changes the catalogue gives it a new random value in the same transaction,
      -- so that a process can tell with one cheap read whether its copy is still the truth. A counter
      -- would not do: after a rollback another change could reach the same number.
      CREATE TABLE catalogue_revision (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        revision uuid    NOT NULL
      );
      INSERT INTO catalogue_revision (revision) VALUES (gen_random_uuid());
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
