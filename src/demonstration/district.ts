import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { type PartialDate, parseCredits, parseHours, parsePartialDate } from '#libs/credit';
import type { CompletionDraft, DraftPerson } from '#libs/exchange';
import type { Milestone } from '#libs/indicators';
import type { IdentityKind } from '#libs/identity';
import type { NewAgreementDto } from '../agreements/index.js';
import type { NewOutcomeDefinition } from '../catalogue/index.js';
import type { NewInputDto } from '../indicators/index.js';
import type { NewConsentDto } from '../learners/index.js';
import type {
  NewDemeritDto,
  NewInstitution,
  NewInstitutionRequestDto,
} from '../institutions/index.js';
import type { NewHolidayNoticeDto } from '../holidays/index.js';
import type { Role } from '../platform/auth/index.js';
import { findInCheckout } from '../platform/config/index.js';
import type { LearnerQueryAnswerDto } from '../queries/index.js';
import type { NewShareDto } from '../verification/index.js';

/** One learner of the district, under the name that its other files use. */
export interface DistrictLearner {
  readonly ref: string;
  readonly person: DraftPerson;
  readonly story: string;
  /** Told by hand in notable.yaml, not invented by the generator. */
  readonly isNotable: boolean;
}

export interface DistrictCompletion {
  readonly institution: string;
  /** The learner's `ref`. */
  readonly learner: string;
  readonly draft: CompletionDraft;
}

/** Who can sign in and which systems have a key; secrets are made when the district is seeded. */
export interface SignIn {
  readonly accounts: readonly {
    readonly name: string;
    readonly title: string;
    readonly institution: string;
    readonly roles: readonly Role[];
  }[];
  readonly learners: readonly {
    readonly name: string;
    readonly learner: string;
    readonly note: string;
  }[];
  readonly keys: readonly { readonly institution: string; readonly roles: readonly Role[] }[];
}

/** An application of the district's history, and the state it is carried into. */
export interface DistrictConversion {
  readonly learner: string;
  readonly programme: string;
  readonly state: string;
  /** What the reviewer wrote. */
  readonly note: string;
}

/** An institution as its file has it: what it belongs to is named by code and stands further up. */
export interface DistrictInstitution extends NewInstitution {
  readonly parent?: string;
}

/** An agreement as its file has it; it begins today. */
export interface DistrictAgreement extends Omit<NewAgreementDto, 'from' | 'to'> {
  readonly years: number;
  /** Codes of the parties that have not answered yet. */
  readonly waiting: readonly string[];
}

/** What learners did with their records; people by `ref`, institutions by code. */
export interface DistrictLives {
  readonly shares: readonly {
    readonly learner: string;
    readonly wanted: NewShareDto;
    /** Who opened it, in this order; null for somebody who was not signed in. */
    readonly openedBy: readonly (string | null)[];
  }[];
  readonly consents: readonly { readonly learner: string; readonly wanted: NewConsentDto }[];
  readonly questions: readonly DistrictQuestion[];
  readonly guardians: readonly {
    readonly learner: string;
    readonly guardian: string;
    /** Sign-in name of the clerk who saw the evidence. */
    readonly recordedBy: string;
    readonly record: string;
  }[];
}

/** About an outcome by its code, or about a course that is missing. */
export interface DistrictQuestion {
  readonly learner: string;
  readonly school: string;
  readonly outcome?: string;
  readonly course?: string;
  readonly on?: string;
  readonly words: string;
  readonly answer?: LearnerQueryAnswerDto;
}

/** The next version of a rulebook of the district, on its way to publication. */
export interface DistrictDraft {
  /** In `/rulebooks/district`. */
  readonly file: string;
  /** Sign-in name of who writes it. */
  readonly author: string;
  /** Whether a second person has it on the desk. */
  readonly isSubmitted: boolean;
  /** What it says, and what it is to say instead. */
  readonly replace: readonly (readonly [string, string])[];
}

/** What waits on the desks of the district. */
export interface DistrictOffice {
  readonly requests: readonly NewInstitutionRequestDto[];
  readonly demerits: readonly (NewDemeritDto & { readonly institution: string })[];
  readonly holidays: readonly (NewHolidayNoticeDto & { readonly year: string })[];
  /** Taken back by one person, for another to confirm. */
  readonly revocations: readonly {
    readonly institution: string;
    readonly externalId: string;
    readonly proposedBy: string;
    readonly reason: string;
  }[];
}

/** Everything that the plain files of the demonstration district say. */
export interface District {
  readonly institutions: readonly DistrictInstitution[];
  readonly agreements: readonly DistrictAgreement[];
  readonly catalogue: readonly NewOutcomeDefinition[];
  readonly learners: readonly DistrictLearner[];
  readonly completions: readonly DistrictCompletion[];
  readonly conversions: readonly DistrictConversion[];
  readonly lives: DistrictLives;
  /** Figures from outside that the plan's indicators need. */
  readonly inputs: readonly NewInputDto[];
  readonly drafts: readonly DistrictDraft[];
  readonly signIn: SignIn;
  readonly office: DistrictOffice;
}

/** The institution whose people run the demonstration. */
export const AUTHORITY_CODE = 'district-education';

const FOLDER = 'src/demonstration/district';

/** Reads the district. A file that does not say what it should is a bug and throws. */
export function readDistrict(): District {
  const folder = findInCheckout(FOLDER);
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const rows = (name: string): Row[] => parseCsv(file(name), { columns: true }) as Row[];
  const learners = rows('learners.csv').map(toLearner);
  const people = new Map(learners.map(({ ref, person }) => [ref, person]));
  return {
    institutions: parseYaml(file('institutions.yaml')) as DistrictInstitution[],
    agreements: parseYaml(file('agreements.yaml')) as DistrictAgreement[],
    catalogue: rows('catalogue.csv').map(toDefinition),
    learners,
    completions: [...rows('completions.csv'), ...rows('plan.csv')].map((row) =>
      toCompletion(row, people),
    ),
    inputs: rows('inputs.csv').map(toInput),
    conversions: rows('conversions.csv').map(toConversion),
    lives: parseYaml(file('lives.yaml')) as DistrictLives,
    drafts: parseYaml(file('drafts.yaml')) as DistrictDraft[],
    signIn: parseYaml(file('sign-in.yaml')) as SignIn,
    office: parseYaml(file('office.yaml')) as DistrictOffice,
  };
}

type Row = Record<string, string>;

/** A cell that must hold something. */
function need(row: Row, column: string): string {
  const cell = row[column];
  if (!cell) throw new Error(`demonstration district: no ${column} in ${JSON.stringify(row)}`);
  return cell;
}

/** A cell that may be empty: what it does not say stays unknown. */
function known<T>(row: Row, column: string, read: (cell: string) => T): T | null {
  const cell = row[column] ?? '';
  return cell === '' ? null : read(cell);
}

const asText = (cell: string): string => cell;

function toLearner(row: Row): DistrictLearner {
  const kind = need(row, 'document_kind') as IdentityKind;
  const document = { kind, number: need(row, 'document_number') };
  const ref = need(row, 'ref');
  return {
    ref,
    person: { name: known(row, 'name', asText), document },
    story: need(row, 'story'),
    isNotable: ref.startsWith('P'),
  };
}

function toDefinition(row: Row): NewOutcomeDefinition {
  return {
    code: need(row, 'code'),
    kind: need(row, 'kind') as NewOutcomeDefinition['kind'],
    form: need(row, 'form') as NewOutcomeDefinition['form'],
    institutionCode: need(row, 'institution'),
    title: { zh: need(row, 'title_zh'), en: need(row, 'title_en') },
    aliases: known(row, 'aliases', (cell) => cell.split(';')) ?? [],
    categoryCode: need(row, 'category'),
    source: need(row, 'source') as NewOutcomeDefinition['source'],
    credits: known(row, 'credits', toCredits),
    minutes: known(row, 'hours', toMinutes),
    levelScale: known(row, 'level_scale', asText),
    level: known(row, 'level', asText),
    gradeScale: known(row, 'grade_scale', asText),
    passGrade: known(row, 'pass_grade', asText),
    minAttendancePercent: known(row, 'min_attendance_percent', Number),
    shelfLifeMonths: known(row, 'shelf_life_months', Number),
    registration: need(row, 'registration') as 'owner' | 'members',
    openFrom: known(row, 'open_from', asText),
    openTo: known(row, 'open_to', asText),
    milestone: known(row, 'milestone', (cell) => cell as Milestone),
  };
}

function toCompletion(row: Row, people: ReadonlyMap<string, DraftPerson>): DistrictCompletion {
  const learner = need(row, 'learner');
  const person = people.get(learner);
  if (!person) throw new Error(`demonstration district: no learner ${learner}`);
  return {
    institution: need(row, 'institution'),
    learner,
    draft: {
      externalId: need(row, 'external_id'),
      person,
      outcome: { code: need(row, 'outcome') },
      completedOn: toDate(need(row, 'completed_on')),
      grade: known(row, 'grade', asText),
      level: known(row, 'level', asText),
      minutes: known(row, 'hours', toMinutes),
      credits: known(row, 'credits', toCredits),
      attendancePercent: known(row, 'attendance_percent', asText),
      exemptions: [],
      note: known(row, 'note', asText),
      circumstances: known(row, 'circumstances', asText),
    },
  };
}

function toInput(row: Row): NewInputDto {
  const institution = row['institution'] ?? '';
  return {
    code: need(row, 'code'),
    ...(institution !== '' && { institution }),
    on: need(row, 'on'),
    value: need(row, 'value'),
    source: need(row, 'source'),
  };
}

function toConversion(row: Row): DistrictConversion {
  return {
    learner: need(row, 'learner'),
    programme: need(row, 'programme'),
    state: need(row, 'state'),
    note: row['note'] ?? '',
  };
}

function toCredits(cell: string): NonNullable<CompletionDraft['credits']> {
  const parsed = parseCredits(cell);
  if (!parsed.ok) throw new Error(`demonstration district: "${cell}" is no amount of credit`);
  return parsed.amount;
}

function toMinutes(cell: string): bigint {
  const minutes = parseHours(cell);
  if (minutes === undefined) throw new Error(`demonstration district: "${cell}" are no hours`);
  return minutes;
}

function toDate(cell: string): PartialDate {
  const date = parsePartialDate(cell);
  if (date === undefined) throw new Error(`demonstration district: "${cell}" is no date`);
  return date;
}
