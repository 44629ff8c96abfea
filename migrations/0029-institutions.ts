import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** What institutions are to each other, what each may do, and who works there. */
export class Tiers1764000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#tiers(runner);
    await this.#requests(runner);
    await this.#invitations(runner);
    await this.#demerits(runner);
    await this.#agreements(runner);
    await this.#quotas(runner);
  }

  async #tiers(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE institution
        ADD COLUMN tier       text  NOT NULL DEFAULT 'member-unit'
                                CONSTRAINT institution_tier_known
                                CHECK (tier IN ('centre', 'sub-centre', 'member-unit')),
        ADD COLUMN parent_id  uuid  REFERENCES institution (id),
        ADD COLUMN awards     text[],
        ADD COLUMN registers  text[],
        ADD COLUMN recognises text[],
        ADD COLUMN standings  jsonb NOT NULL DEFAULT '[]',
        ADD CONSTRAINT institution_centre_stands_alone
          CHECK (tier <> 'centre' OR parent_id IS NULL);
      UPDATE institution SET tier = 'centre' WHERE kind = 'authority';
      COMMENT ON COLUMN institution.parent_id IS 'The centre or sub-centre to which it belongs.';
      COMMENT ON COLUMN institution.awards IS
        'Forms of outcomes that it gives itself; null: what its kind gives.';
      COMMENT ON COLUMN institution.registers IS
        'Forms of outcomes of others that it may register; null: what its kind registers.';
      COMMENT ON COLUMN institution.recognises IS
        'Programmes for which it decides; null: all of its own, where its kind decides at all.';
      COMMENT ON COLUMN institution.standings IS
        'What its demerits have come to, span by span of days; made of them by every new one.';
    `);
  }

  async #requests(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE institution_request (
        id             uuid        PRIMARY KEY,
        receipt_hash   bytea       NOT NULL CONSTRAINT institution_request_receipt_once UNIQUE
                                     CHECK (octet_length(receipt_hash) = 32),
        code           text        NOT NULL,
        kind           text        NOT NULL,
        name_zh        text        NOT NULL,
        name_en        text        NOT NULL,
        region         text        NOT NULL,
        contact        text        NOT NULL,
        purpose        text        NOT NULL,
        state          text        NOT NULL DEFAULT 'waiting'
                         CONSTRAINT institution_request_state_known
                         CHECK (state IN ('waiting', 'accepted', 'refused')),
        reason         text,
        institution_id uuid        REFERENCES institution (id),
        created_at     timestamptz NOT NULL DEFAULT now(),
        decided_at     timestamptz,
        CONSTRAINT institution_request_decided
          CHECK ((state = 'waiting') = (decided_at IS NULL)
             AND (state = 'accepted') = (institution_id IS NOT NULL))
      );
      CREATE INDEX institution_request_of_state ON institution_request (state, id);
      COMMENT ON COLUMN institution_request.contact IS 'An office and how to reach it; no person.';
    `);
  }

  async #invitations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invitation (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        code_hash      bytea       NOT NULL CONSTRAINT invitation_code_once UNIQUE
                                     CHECK (octet_length(code_hash) = 32),
        roles          text[]      NOT NULL CHECK (cardinality(roles) > 0),
        label          text        NOT NULL,
        created_by     text        NOT NULL,
        created_at     timestamptz NOT NULL DEFAULT now(),
        expires_at     timestamptz NOT NULL,
        used_at        timestamptz,
        withdrawn_at   timestamptz,
        account_id     uuid        REFERENCES account (id),
        CONSTRAINT invitation_used_by_somebody CHECK ((used_at IS NULL) = (account_id IS NULL)),
        CONSTRAINT invitation_ends_once CHECK (used_at IS NULL OR withdrawn_at IS NULL)
      );
      CREATE INDEX invitation_of_institution ON invitation (institution_id, id);
      COMMENT ON COLUMN invitation.label IS 'For which work; who comes says their own name.';

      CREATE INDEX account_of_institution ON account (institution_id, id);
    `);
  }

  async #demerits(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE demerit (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        outcome        text,
        kind           text        NOT NULL CONSTRAINT demerit_kind_known
                         CHECK (kind IN ('offence', 'appeal-upheld', 'lapsed')),
        offence        text        NOT NULL,
        points         int         NOT NULL,
        reverses       uuid        CONSTRAINT demerit_reversed_once UNIQUE REFERENCES demerit (id),
        counts_from    date        NOT NULL,
        reason         text        NOT NULL,
        scheme_hash    text        NOT NULL CHECK (scheme_hash ~ '^[0-9a-f]{64}$'),
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT demerit_sign CHECK (
          CASE kind WHEN 'offence' THEN points > 0 AND reverses IS NULL
                    ELSE points < 0 AND reverses IS NOT NULL END)
      );
      CREATE INDEX demerit_of_institution ON demerit (institution_id, id);
      COMMENT ON COLUMN demerit.outcome IS 'Code of the outcome it is about; null for all of them.';
      COMMENT ON COLUMN demerit.counts_from IS 'The first day on which the points count, or no more.';
      COMMENT ON COLUMN demerit.scheme_hash IS 'The scheme that said how many points.';
      SELECT make_append_only('demerit');
    `);
  }

  async #agreements(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreement (
        id          uuid        PRIMARY KEY,
        code        text        NOT NULL CONSTRAINT agreement_code_once UNIQUE,
        title_zh    text        NOT NULL,
        title_en    text        NOT NULL,
        basis       text        NOT NULL,
        from_day    date        NOT NULL,
        to_day      date        NOT NULL,
        forms       text[],
        levels      text[],
        programmes  text[],
        proposed_by uuid        NOT NULL REFERENCES institution (id),
        created_at  timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT agreement_ends_after_start CHECK (to_day >= from_day)
      );
      COMMENT ON COLUMN agreement.code IS 'The name under which rules rest on it.';
      COMMENT ON COLUMN agreement.forms IS 'Forms of outcomes it is about; null: all of them.';
      COMMENT ON COLUMN agreement.levels IS 'Levels of outcomes it is about; null: all of them.';
      COMMENT ON COLUMN agreement.programmes IS 'Programmes it is about; null: all of the parties.';

      CREATE TABLE agreement_party (
        agreement_id        uuid   NOT NULL REFERENCES agreement (id),
        institution_id      uuid   NOT NULL REFERENCES institution (id),
        is_with_members     boolean NOT NULL,
        accepts_millicredits bigint NOT NULL CHECK (accepts_millicredits >= 0),
        quota_millicredits  bigint CHECK (quota_millicredits >= 0),
        quota_per           text   CHECK (quota_per IN ('year', 'whole')),
        PRIMARY KEY (agreement_id, institution_id),
        CONSTRAINT agreement_quota_is_of_something
          CHECK ((quota_millicredits IS NULL) = (quota_per IS NULL))
      );
      CREATE INDEX agreement_party_of_institution ON agreement_party (institution_id);
      COMMENT ON COLUMN agreement_party.is_with_members IS
        'Whether it signs for all institutions below it, as the centre of a region.';
      COMMENT ON COLUMN agreement_party.accepts_millicredits IS 'At most, of one learner.';
      COMMENT ON COLUMN agreement_party.quota_millicredits IS
        'At most, of all learners in a year or in all; null: no limit.';

      CREATE TABLE agreement_event (
        agreement_id   uuid        NOT NULL REFERENCES agreement (id),
        seq            int         NOT NULL CHECK (seq >= 0),
        action         text        NOT NULL CONSTRAINT agreement_action_known
                         CHECK (action IN ('proposed', 'accepted', 'refused', 'ended')),
        institution_id uuid        NOT NULL REFERENCES institution (id),
        ends_on        date,
        note           text,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (agreement_id, seq),
        CONSTRAINT agreement_end_has_a_day CHECK ((action = 'ended') = (ends_on IS NOT NULL))
      );
      COMMENT ON COLUMN agreement_event.ends_on IS 'The last day on which it still holds.';
      SELECT make_append_only('agreement');
      SELECT make_append_only('agreement_party');
      SELECT make_append_only('agreement_event');
    `);
  }

  async #quotas(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreement_quota (
        agreement_id      uuid   NOT NULL,
        institution_id    uuid   NOT NULL,
        period            text   NOT NULL CHECK (period ~ '^([0-9]{4}|whole)$'),
        used_millicredits bigint NOT NULL CHECK (used_millicredits >= 0),
        PRIMARY KEY (agreement_id, institution_id, period),
        FOREIGN KEY (agreement_id, institution_id)
          REFERENCES agreement_party (agreement_id, institution_id)
      );
      COMMENT ON TABLE agreement_quota IS
        'How much of a quota is taken. Whoever wants more waits for the row; nobody goes beyond.';

      CREATE TABLE agreement_use (
        id             uuid        PRIMARY KEY,
        agreement_id   uuid        NOT NULL,
        institution_id uuid        NOT NULL,
        period         text        NOT NULL,
        application_id uuid        NOT NULL,
        millicredits   bigint      NOT NULL CHECK (millicredits <> 0),
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (agreement_id, institution_id, period)
          REFERENCES agreement_quota (agreement_id, institution_id, period)
      );
      CREATE INDEX agreement_use_of_application ON agreement_use (application_id);
      COMMENT ON TABLE agreement_use IS
        'What each application took of a quota, and gave back: the sum of a period is what is used.';
      SELECT make_append_only('agreement_use');
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
