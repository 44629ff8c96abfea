import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import {
  EMPLOYMENTS,
  ENTRIES,
  type Employment,
  type Entry,
  GROUPS,
  type PriorityGroup,
  TEACHING_MODES,
  TRAINING_KINDS,
  type TeachingMode,
  type TrainingKind,
} from '#libs/indicators';
import { DocumentDto } from '../learners/index.js';
import { BalanceDto, EntryDto } from '../ledger/index.js';
import { IsDay, IsNested, IsPlainText, TextDto } from '../platform/http/index.js';

const DECIMAL = /^\d{1,6}(\.\d{1,9})?$/;

/** Who completed it: a person by document, or a learner of your roster by id. */
export class PersonDto {
  /**
   * The learner's id, when you know it.
   * @example "01a2e7c0-5b7e-7123-8000-000000000003"
   */
  @IsOptional()
  @IsUUID()
  id?: string;

  /**
   * As in the identity document, and required with it: a number alone must not open a record.
   * @example "王小明"
   */
  @ValidateIf((person: PersonDto) => person.id === undefined)
  @IsString()
  @IsPlainText()
  @Length(1, 50)
  name?: string;

  /** Required when there is no `id`. */
  @ValidateIf((person: PersonDto) => person.id === undefined)
  @IsNested(() => DocumentDto)
  document?: DocumentDto;
}

/** Under which circumstances it was learned. Leave out what you do not know. */
export class CircumstancesDto {
  /**
   * Priority groups of the plan that the learner belongs to; an empty list says: none of them.
   * @example ["rural"]
   */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(GROUPS.length)
  @IsIn(GROUPS, { each: true })
  groups?: PriorityGroup[];

  /**
   * What a training is for.
   * @example "upgrading"
   */
  @IsOptional()
  @IsIn(TRAINING_KINDS)
  trainingKind?: TrainingKind;

  /**
   * Whether public money paid for the training.
   * @example true
   */
  @IsOptional()
  @IsBoolean()
  subsidised?: boolean;

  /**
   * Whether the learner is employed.
   * @example "employed"
   */
  @IsOptional()
  @IsIn(EMPLOYMENTS)
  employment?: Employment;

  /**
   * Where the learner comes from: `local`, a region `CN-51` (ISO 3166-2) or a country `TH`.
   * @example "CN-51"
   */
  @IsOptional()
  @IsString()
  @Matches(/^(local|CN-\d{2}|[A-Z]{2})$/, { message: 'use local, CN-51 or TH' })
  origin?: string;

  /**
   * When and how a training was taught; the workload of a school weighs them apart.
   * @example "evening"
   */
  @IsOptional()
  @IsIn(TEACHING_MODES)
  mode?: TeachingMode;

  /**
   * How the learner took part in a contest.
   * @example "team"
   */
  @IsOptional()
  @IsIn(ENTRIES)
  entry?: Entry;
}

export class CompletionDto {
  /**
   * Your own key of this record. With your institution it names the outcome for ever.
   * @example "2026-LOG-000123"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  externalId: string;

  @IsNested(() => PersonDto)
  learner: PersonDto;

  /**
   * Code of the outcome in the catalogue.
   * @example "SVS-LOG-BASE"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  outcome: string;

  /**
   * First day of attendance, when you know it. Hours are then checked against the calendar.
   * @example "2026-03-01"
   */
  @IsOptional()
  @IsDay()
  startedOn?: string;

  /**
   * When it was completed, as precisely as you know: `2026`, `2026-06` or `2026-06-30`.
   * @example "2026-06-30"
   */
  @IsString()
  @MaxLength(10)
  completedOn: string;

  /**
   * On the scale of the outcome. Leave out what is unknown.
   * @example "85"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 20)
  grade?: string;

  /** @example "中级" */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 20)
  level?: string;

  /**
   * Contact hours (学时) as a decimal string.
   * @example "72"
   */
  @IsOptional()
  @IsString()
  @Matches(DECIMAL, { message: 'send hours as a decimal string such as "72" or "1.5"' })
  hours?: string;

  /**
   * Credit as a decimal string with at most three decimals; left out, the catalogue's value counts.
   * @example "4"
   */
  @IsOptional()
  @IsString()
  @Matches(/^-?\d{1,9}(\.\d{1,9})?$/, {
    message: 'send credits as a decimal string such as "4" or "1.5"',
  })
  credits?: string;

  /** @example "95" */
  @IsOptional()
  @IsString()
  @Matches(/^(100(\.0+)?|\d{1,2}(\.\d{1,3})?)$/, {
    message: 'send attendance as percent from "0" to "100"',
  })
  attendancePercent?: string;

  /**
   * A remark that travels with the record; not part of any rule.
   * @example "补录 2026 年春季班 / entered late for the spring class of 2026"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @MaxLength(500)
  note?: string;

  /** For the plan's indicators and the workload of schools; not part of any rule. */
  @IsOptional()
  @IsNested(() => CircumstancesDto)
  circumstances?: CircumstancesDto;
}

export class OutcomeInstitutionDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  id: string;

  /** @example "qingshan-vocational" */
  code: string;

  name: TextDto;
}

/** One thing a learner has learned, and where its credit stands. */
export class OutcomeDto {
  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f" */
  id: string;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "SVS-LOG-BASE" */
  code: string;

  title: TextDto;

  /** @example "degree-course" */
  kind: string;

  /** @example "major-basic" */
  category: string;

  /**
   * The institution that posted it.
   * @example "01a2e7c0-5b7e-7000-8000-000000000001"
   */
  institutionId: string;

  /** The institution that awards it, by the catalogue. */
  institution: OutcomeInstitutionDto;

  /** @example "2026-LOG-000123" */
  externalId: string;

  /** @example "2026-03-01" */
  startedOn: string | null;

  /** @example "2026-06-30" */
  completedOn: string;

  /** @example "85" */
  grade: string | null;

  /** @example "中级" */
  level: string | null;

  /** @example "72" */
  hours: string | null;

  /** @example "95" */
  attendancePercent: string | null;

  /**
   * What was deposited; null when the outcome is registered without credit.
   * @example "4"
   */
  credits: string | null;

  /** @example "4" */
  available: string;

  /** @example "0" */
  held: string;

  /** @example "0" */
  used: string;

  /**
   * Why there is no credit: `credit-unknown`, `below-pass-grade` or `attendance-too-low`.
   * @example "below-pass-grade"
   */
  noCreditReason: string | null;

  /** @example "available" */
  state: 'available' | 'held' | 'used' | 'expired' | 'revoked' | 'registered';

  /** @example "2033-06-30" */
  expiresOn: string | null;

  /**
   * What the school stated about the circumstances, shown to the learner and to that school; null for
   * everybody else, and when it stated nothing.
   */
  circumstances: CircumstancesDto | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: string;
}

export class ReceiptDto {
  /** @example "0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e" */
  postingId: string;

  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0" */
  entryId: string;

  /**
   * What the entry commits to, SHA-256 in hex.
   * @example "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea"
   */
  commitment: string;

  /**
   * The hash under which the entry stands in the public log (RFC 6962 leaf hash, hex). Keep it: it
   * shows later that the entry is still the one you were told of.
   * @example "9a6f1d0f6f3f0c1e7c0b8f4f5a4d3c2b1a0918273645546372819fae0db1c2d3"
   */
  leaf: string;

  /**
   * Where the proof is that the log holds the entry; there within about a second.
   * @example "/v1/entries/5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0/proof"
   */
  proof: string;

  /**
   * Where the complete receipt is: entry, proof and signed checkpoint in one file, which is checked
   * without this service (docs/proofs.md).
   * @example "/v1/entries/5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0/receipt"
   */
  file: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: string;
}

/** The answer to a posted completion. */
export class PostedCompletionDto {
  /** `duplicate`: the same was posted before; this is what it gave then. */
  status: 'created' | 'duplicate';

  outcome: OutcomeDto;

  /** Null when the outcome is registered without credit. */
  entry: EntryDto | null;

  balance: BalanceDto;
  receipt: ReceiptDto | null;
}

export class OutcomePageDto {
  items: OutcomeDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "WyIyMDI2LTExLTIzVDA5OjMwOjAwLjAwMFoiLCI1ZjZiMmExZS0wYzRkLThhM2ItOWU3Zi0xYTJiM2M0ZDVlNmYiXQ"
   */
  next: string | null;
}
