import type { Client } from 'pg';
import type { INestApplicationContext } from '@nestjs/common';
import { millicredits } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import { residentIdCheckDigit } from '#libs/identity';
import { Catalogue, type OutcomeDefinition } from '../../src/catalogue/index.js';
import { Institutions } from '../../src/institutions/index.js';
import { Completions } from '../../src/outcomes/index.js';
import { Database } from '../../src/platform/database/index.js';
import { Keyring } from '../../src/platform/crypto/index.js';
import { bucketOf, newId } from '../../src/platform/ids/index.js';
import { Rulebook } from '../../src/rulebook/index.js';

/** Outcomes of the catalogue that everybody shares; one more is rare. */
const COMMON = 200;
export const RARE = 'RARE';
export const PROGRAMME = 'CROWD';
const SCHOOL = 'school';
const BATCH = 1_000;
/** As `learnerAt`: the bucket stands where `bucketOf` reads it. */
const LEARNER = `(lpad(to_hex(n), 8, '0') || '-0000-7' || lpad(to_hex(n % 1024), 3, '0')
  || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
/** One id for an outcome and its deposit. */
const LOT = `md5(n || '/' || k)::uuid`;

/** A bank full of learners. */
export interface Crowd {
  readonly learners: number;
  /** Outcomes of each. */
  readonly outcomes: number;
  /** Learners who have the rare outcome too, with documents and in the usual way. */
  readonly rare: number;
  /** Of them, those whose application a person is reviewing; all others are booked. */
  readonly reviewed: number;
}

/** A rule that 2 common outcomes satisfy; from version 2 on the rare one gives a course. */
export function documentOf(version: number, from: string): string {
  const text = (en: string): object => ({ zh: en, en });
  const course = (code: string): object => ({
    code,
    title: text(code),
    credits: '2',
    category: 'all',
  });
  const rare = {
    id: 'rare',
    title: text('the rare outcome'),
    when: { has: RARE },
    grants: [{ course: 'C2' }],
  };
  return JSON.stringify({
    format: 'credit-bank-rulebook/1',
    id: 'bench/crowd',
    version,
    title: text('crowd'),
    basis: [{ text: 'made up' }],
    target: {
      programme: PROGRAMME,
      title: text('crowd'),
      institution: SCHOOL,
      total: '100',
      step: '0.5',
      review: 'required',
      categories: { all: '100' },
      courses: [course('C1'), course('C2')],
      electives: [{ code: 'free', title: text('free'), category: 'all' }],
    },
    inForce: { from, to: null, by: 'application' },
    caps: [{ id: 'half', max: { percent: '50', of: 'total' } }],
    rules: [
      {
        id: 'common',
        title: text('a common outcome'),
        when: { has: ['COMMON-0', 'COMMON-1', 'COMMON-2'] },
        grants: [{ course: 'C1' }],
      },
      ...(version > 1 ? [rare] : []),
    ],
    examples: [{ name: 'nothing', on: from, learner: { outcomes: [] }, expect: { credits: '0' } }],
  });
}

/** Opens the school and its catalogue and publishes version 1. */
export async function openBank(context: INestApplicationContext): Promise<{ schoolId: string }> {
  const database = context.get(Database);
  const schoolId = await database.transaction(async (tx) => {
    const name = { zh: '学校', en: 'school' };
    const school = { code: SCHOOL, kind: 'school' as const, name, region: 'x' };
    const { id } = await context.get(Institutions).create(tx, school);
    const codes = [RARE, ...Array.from({ length: COMMON }, (_, n) => `COMMON-${n}`)];
    await context.get(Catalogue).create(
      tx,
      codes.map((code) => ({
        code,
        kind: 'degree-course' as const,
        form: 'course' as const,
        institutionCode: SCHOOL,
        title: { zh: code, en: code },
        categoryCode: 'major-basic',
        source: 'course' as const,
        credits: millicredits(2000),
      })),
    );
    return id;
  });
  await database.transaction((tx) =>
    context.get(Rulebook).publish(tx, documentOf(1, '2020-01-01'), 'bench'),
  );
  return { schoolId };
}

/**
 * Fills the bank. Most learners are written around the door, because nobody would wait for it; those
 * whom the rare outcome makes matter come the usual way.
 */
export async function fillCrowd(
  context: INestApplicationContext,
  owner: Client,
  crowd: Crowd,
  { schoolId, today }: { schoolId: string; today: string },
): Promise<void> {
  const definitions = await context
    .get(Database)
    .read(async (tx) => (await context.get(Catalogue).matcher(tx)).all());
  await writeLearners(owner, crowd, { schoolId, definitions });
  const rare = await postRare(context, schoolId, crowd.rare);
  await writeApplications(context, owner, { crowd, rare, schoolId, today });
  await owner.query('VACUUM (ANALYZE) entry, learning_outcome, learner, application, decision');
}

async function writeLearners(
  owner: Client,
  { learners, outcomes }: Crowd,
  { schoolId, definitions }: { schoolId: string; definitions: readonly OutcomeDefinition[] },
): Promise<void> {
  const common = definitions.filter(({ code }) => code !== RARE);
  const each = `generate_series(0, ${learners - 1}) AS n`;
  const all = `${each}, generate_series(0, ${outcomes - 1}) AS k`;
  await owner.query(`INSERT INTO learner (bucket, id) SELECT n % 1024, ${LEARNER} FROM ${each}`);
  await owner.query(
    `INSERT INTO learning_outcome (bucket, learner_id, lot_id, definition_id, institution_id,
       external_id, completed_on, grade, content_hash, salt)
     SELECT n % 1024, ${LEARNER}, ${LOT},
            ($2::uuid[])[1 + (n::bigint * 7919 + k * 31) % ${common.length}], $1::uuid,
            n || '/' || k, '2026-06-30', '85', '\\x00', '\\x00'
       FROM ${all}`,
    [schoolId, common.map(({ id }) => id)],
  );
  await owner.query(
    `INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
       posting_pos, posting_id, amount, available_after, held_after, recorded_at, issuer_id,
       occurred_on, commitment)
     SELECT n % 1024, ${LEARNER}, ${LOT}, 0, 0, 0, 1, 1, k,
            (lpad(to_hex(n), 32, '0'))::uuid, 2000, 2000, 0, now(), $1::uuid, '2026-06-30', '\\x00'
       FROM ${all}`,
    [schoolId],
  );
}

/** Posts the rare outcome of new people, as a file would. @returns their ids */
async function postRare(
  context: INestApplicationContext,
  institutionId: string,
  count: number,
): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < count; first += BATCH) {
    const drafts = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) =>
      rareDraft(first + i),
    );
    const results = await context
      .get(Completions)
      .postBatch({ institutionId, importId: null, actor: 'bench', drafts });
    for (const result of results) {
      if ('problem' in result) throw new Error(result.problem.code);
      ids.push(result.learnerId);
    }
  }
  return ids;
}

function rareDraft(n: number): CompletionDraft {
  const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const day = `${1950 + (Math.floor(n / 336_000) % 50)}${pad(1 + (Math.floor(n / 28_000) % 12), 2)}`;
  const body = `500198${day}${pad(1 + (Math.floor(n / 1000) % 28), 2)}${pad(n % 1000, 3)}`;
  return {
    externalId: `rare-${n}`,
    person: {
      name: '学员',
      document: { kind: 'resident-id', number: body + residentIdCheckDigit(body) },
    },
    outcome: { code: RARE },
    completedOn: '2026-06-30' as CompletionDraft['completedOn'],
    grade: null,
    level: null,
    minutes: null,
    credits: null,
    attendancePercent: null,
    exemptions: [],
    note: null,
  };
}

async function writeApplications(
  context: INestApplicationContext,
  owner: Client,
  rest: { crowd: Crowd; rare: readonly string[]; schoolId: string; today: string },
): Promise<void> {
  const { crowd, rare, schoolId, today } = rest;
  const { wrapped } = context.get(Keyring).newDataKey();
  await owner.query(
    `INSERT INTO application (bucket, id, learner_id, programme, institution_id, state, on_day,
       requested_by, wrapped_key)
     SELECT n % 1024, ${LEARNER}, ${LEARNER}, $1, $2, 'booked', $3, 'bench', $4
       FROM generate_series(0, ${crowd.learners - 1}) AS n`,
    [PROGRAMME, schoolId, today, wrapped],
  );
  const ids = rare.map((learnerId) => newId(bucketOf(learnerId)));
  await owner.query(
    `INSERT INTO application (bucket, id, learner_id, programme, institution_id, state, on_day,
       requested_by, wrapped_key)
     SELECT b, id, learner, $1, $2, CASE WHEN place <= $8 THEN 'in-review' ELSE 'booked' END, $3,
            'bench', $4
       FROM unnest($5::smallint[], $6::uuid[], $7::uuid[]) WITH ORDINALITY AS a(b, id, learner, place)`,
    [PROGRAMME, schoolId, today, wrapped, ids.map(bucketOf), ids, rare, crowd.reviewed],
  );
  const document = JSON.stringify({ granted: [], pending: [], programme: PROGRAMME });
  await owner.query(
    `INSERT INTO decision (bucket, application_id, seq, document, hash, rule_hash, facts_sealed)
     SELECT bucket, id, 0, $1::text, sha256(convert_to($1::text, 'UTF8')), (SELECT hash FROM rule_version), '\\x00'
       FROM application WHERE programme = $2 AND state = 'in-review'`,
    [document, PROGRAMME],
  );
}
