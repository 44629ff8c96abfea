import type { CompletionDraft } from '../draft.js';
import { cellOfJson, isRecord } from '../json.js';
import { type Place, RowReader } from '../row-reader.js';
import {
  type DraftField,
  type Mapped,
  type Mapper,
  type MappedOutcome,
  type MappingContext,
  NOTHING_MAPPED,
  type RecordShape,
  type RowFault,
} from '../shape.js';
import type { JsonRecord } from '../source.js';

/*
 * A learner's profile as Shanghai's credit bank gives it to Alipay (data structures CreditBankCredit,
 * CreditBankCertificateExperience and CreditBankTraining): three lists, each item with an id of the
 * sending side, credits and scores typed as integers, no name of the person.
 */

interface ListRule {
  readonly list: 'credit' | 'certificate_experience' | 'training';
  /** Keeps equal ids of different lists apart. */
  readonly prefix: string;
  readonly id: string;
  readonly title: string;
  readonly level?: string;
  readonly grade?: string;
  readonly credits?: string;
  readonly hours?: string;
  /** Codes of the sheet that no rule reads yet; kept as written. */
  readonly noted: readonly string[];
}

const LISTS: readonly ListRule[] = [
  {
    list: 'credit',
    prefix: 'credit',
    id: 'credit_outer_id',
    title: 'course_name',
    grade: 'course_score',
    credits: 'credit',
    hours: 'credit_hour',
    noted: [
      'course_subject',
      'course_year',
      'course_season',
      'course_property',
      'learning_stage',
      'course_result_code',
    ],
  },
  {
    list: 'certificate_experience',
    prefix: 'certificate',
    id: 'cert_exp_outer_id',
    title: 'certificate_name',
    level: 'certificate_level',
    noted: [],
  },
  {
    list: 'training',
    prefix: 'training',
    id: 'training_outer_id',
    title: 'project_name',
    noted: ['have_project_certificate'],
  },
];

export const shanghaiProfileShape: RecordShape = {
  id: 'shanghai-profile',
  recognises: (record) =>
    isRecord(record) && 'cb_id' in record && LISTS.some((rule) => rule.list in record),
  mapper: (context) => new ShanghaiMapper(context),
};

class ShanghaiMapper implements Mapper<JsonRecord> {
  constructor(private readonly context: MappingContext) {}

  push(record: JsonRecord): Mapped {
    const reader = new RowReader(record.rowNumber, this.context);
    if (!isRecord(record.value)) {
      reader.refuseRow('json-malformed', { record: String(record.rowNumber) });
      return { outcomes: [], faults: reader.faults };
    }
    const profile = record.value;
    const cardPlace = placeIn(profile, 'cb_id', '');
    const number = reader.document(cardPlace, 'sh-credit-bank-id', { required: true });
    if (number === null) return { outcomes: [], faults: reader.faults };
    const outcomes: MappedOutcome[] = [];
    const faults: RowFault[] = [];
    for (const rule of LISTS) {
      const list = profile[rule.list];
      if (list === undefined || list === null) continue;
      const items: unknown[] = Array.isArray(list) ? list : [list];
      items.forEach((item, index) => {
        const itemReader = new RowReader(record.rowNumber, this.context);
        const at = `${rule.list}[${index}]`;
        const outcome = this.#item(rule, item, at, { number, itemReader, row: record.rowNumber });
        faults.push(...itemReader.faults);
        if (outcome) outcomes.push(outcome);
      });
    }
    return { outcomes, faults };
  }

  end(): Mapped {
    return NOTHING_MAPPED;
  }

  #item(
    rule: ListRule,
    item: unknown,
    at: string,
    { number, itemReader: reader, row }: { number: string; itemReader: RowReader; row: number },
  ): MappedOutcome | null {
    if (!isRecord(item)) {
      reader.refuse({ column: at, cell: cellOfJson(item) }, 'value-malformed', { reason: at });
      return null;
    }
    const place = (name: string | undefined) => (name ? placeIn(item, name, `${at}.`) : null);
    const id = reader.key(place(rule.id), { required: true, limit: 150 });
    const title = reader.text(place(rule.title), { required: true });
    const institutionName = reader.text(place('inst_name'));
    const completedOn = reader.date(place('experience_time'), { required: true });
    const level = reader.text(place(rule.level), { limit: 50 });
    const grade = reader.text(place(rule.grade), { limit: 50 });
    const credits = reader.credits(place(rule.credits));
    const minutes = reader.hours(place(rule.hours));
    const notes = rule.noted.flatMap((name) => {
      const text = reader.text(place(name), { limit: 100 });
      return text === null ? [] : [`${name} ${text}`];
    });
    if (reader.faults.length > 0 || !id || !title || !completedOn) return null;
    const draft: CompletionDraft = {
      externalId: `${rule.prefix}:${id}`,
      person: { name: null, document: { kind: 'sh-credit-bank-id', number } },
      outcome: { title, institutionName, level },
      completedOn,
      grade,
      level,
      minutes,
      credits,
      attendancePercent: null,
      exemptions: [],
      note: notes.length > 0 ? notes.join('; ') : null,
    };
    return { rows: [row], draft, naturalKey: null, columns: columnsOf(rule, at) };
  }
}

function placeIn(record: Readonly<Record<string, unknown>>, name: string, at: string): Place {
  return { column: `${at}${name}`, cell: cellOfJson(record[name]) };
}

function columnsOf(rule: ListRule, at: string): Partial<Record<DraftField, string>> {
  return {
    externalId: `${at}.${rule.id}`,
    document: 'cb_id',
    outcome: `${at}.${rule.title}`,
    completedOn: `${at}.experience_time`,
    ...(rule.level && { level: `${at}.${rule.level}` }),
    ...(rule.grade && { grade: `${at}.${rule.grade}` }),
    ...(rule.credits && { credits: `${at}.${rule.credits}` }),
    ...(rule.hours && { hours: `${at}.${rule.hours}` }),
  };
}
