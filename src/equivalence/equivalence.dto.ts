import {
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { MissingDto } from '../conversions/index.js';
import { DocumentDto } from '../learners/index.js';
import { IsDay, IsNested, IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';

/** A person by name and document; both have to be right. */
export class AskedPersonDto {
  /** @example "张三" */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  name: string;

  @IsNested(() => DocumentDto)
  document: DocumentDto;
}

/** About whom, against what. Name the learner in exactly one of the three ways. */
export class EquivalenceQuestionDto {
  /**
   * Id of the learner.
   * @example "01a2e7c0-5b7e-7123-8000-000000000003"
   */
  @IsOptional()
  @IsUUID()
  learner?: string;

  /** Name and document, for learners who have let you, applied to you, or are on your roster. */
  @ValidateIf(({ person }: EquivalenceQuestionDto) => person !== undefined)
  @IsNested(() => AskedPersonDto)
  person?: AskedPersonDto;

  /**
   * The twelve digits that the learner handed out.
   * @example "1234 5678 9018"
   */
  @IsOptional()
  @Matches(/^[\d\s-]{12,20}$/, { message: 'send the twelve digits of a code' })
  shareCode?: string;

  /**
   * The PIN of that code, where its holder has set one.
   * @example "246810"
   */
  @IsOptional()
  @Matches(/^\d{4,12}$/, { message: 'send the digits of the PIN' })
  sharePin?: string;

  /**
   * Code of the programme that should recognise the credit.
   * @example "YC-LOG-2026"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  programme: string;

  /**
   * The day the rules are read for; today when left out.
   * @example "2026-11-23"
   */
  @IsOptional()
  @IsDay()
  on?: string;
}

export class AnswerCreditsDto {
  /**
   * What the rules would give now.
   * @example "12"
   */
  grantable: string;

  /**
   * What was booked for this programme before.
   * @example "0"
   */
  booked: string;
}

export class AnswerRulebookDto {
  /** @example "yucheng/logistics/2026" */
  id: string;

  /** @example 1 */
  version: number;

  /**
   * SHA-256 of the canonical rule document, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;
}

/** One rule, what it said, and why. */
export class AnswerClauseDto {
  /** @example "granted" */
  verdict: 'granted' | 'refused' | 'pending';

  /** @example "logistics-base" */
  rule: string;

  title: TextDto;

  /**
   * Clause of the regulation.
   * @example "第八条 / clause 8"
   */
  basis: string | null;

  /**
   * The kind of grant, why it was refused, or what it waits for.
   * @example "credit"
   */
  code: string;

  /**
   * The numbers and names behind the code.
   * @example { "cap": "half", "limit": "20" }
   */
  params: Record<string, string>;

  /** @example "4" */
  credits: string | null;

  /** @example "LOG-101" */
  course: string | null;

  text: TextDto;
}

export class AnswerSchoolDto {
  /** @example "SPB-VEC" */
  code: string;

  /** @example "沙坪坝职业教育中心" */
  zh: string;

  /** @example "Shapingba Vocational Education Centre" */
  en: string;
}

/**
 * What the rules say. `not-checked` is the one answer where nothing may be shown: nobody there, no
 * consent, ended, frozen. It never says which.
 */
export class EquivalenceAnswerDto {
  /**
   * Name it to ask the school; null when not checked.
   * @example "01a2e7c0-5b7e-7123-8000-000000000004"
   */
  id: string | null;

  /** @example "matched" */
  status: 'matched' | 'not-matched' | 'not-checked';

  text: TextDto;

  /** @example "YC-LOG-2026" */
  programme: string;

  programmeTitle: TextDto | null;

  /** @example "2026-11-23" */
  on: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  checkedAt: string | null;

  credits: AnswerCreditsDto | null;

  /**
   * Whether the award that the programme leads to could be made.
   * @example "not-met"
   */
  award: 'met' | 'not-met' | 'none' | null;

  /** The version of the rules that answered. */
  rulebook: AnswerRulebookDto | null;

  /**
   * Version of the evaluator's semantics.
   * @example "credit-bank-rules/2"
   */
  engine: string | null;

  /**
   * SHA-256 of the canonical decision, in hex: the same facts and rules give the same.
   * @example "5f0d9f1c5ac2b9a1f5ad7f2f0b8ac4a1a58f8f0e7f3a2b4d6c8e0f1a2b3c4d5e"
   */
  decisionHash: string | null;

  clauses: AnswerClauseDto[];

  /** The nearest change that would get more; null when nothing is missing. */
  missing: MissingDto | null;

  /** Institutions whose outcomes it rests on: they can be asked. */
  schools: AnswerSchoolDto[];
}

/** How many people an office may still ask about today. */
export class EquivalenceQuotaDto {
  /** @example "YC-ADM" */
  institution: string;

  /** @example 200 */
  rowsPerDay: number;

  /** @example 3 */
  used: number;

  /** @example 197 */
  left: number;

  /** @example "2026-11-23" */
  day: string;
}

/** {@link EquivalenceQuotaDto} with what the office is called. */
export class OfficeQuotaDto extends EquivalenceQuotaDto {
  institutionName: TextDto;

  /**
   * Whether it is the usual number, because nobody has set another.
   * @example true
   */
  isUsual: boolean;
}

export class EquivalenceQuotasDto {
  /** By code. */
  items: OfficeQuotaDto[];
}

export class NewEquivalenceQuotaDto {
  /**
   * People a day, 0 to 5,000; 0 stops the office.
   * @example 500
   */
  @IsInt()
  @Min(0)
  @Max(5_000)
  rowsPerDay: number;
}

/** Why a whole list was refused. */
export class BatchProblemDto {
  /** @example "equivalence-quota-used" */
  code: string;

  title: TextDto;

  /** What to change. */
  change: TextDto;
}

export class BatchProgressDto {
  /** @example 120 */
  rowsDone: number;

  /**
   * Null until the list has been read.
   * @example 200
   */
  rowsTotal: number | null;

  /** @example 14.2 */
  rowsPerSecond: number;

  /**
   * 0 when it has ended; null while nothing can be said.
   * @example 6
   */
  secondsLeft: number | null;
}

/** How many rows got which answer; null until it is done. */
export class BatchCountsDto {
  /** @example 150 */
  matched: number;

  /** @example 30 */
  notMatched: number;

  /** @example 20 */
  notChecked: number;
}

/** A list on its way to its answers. */
export class EquivalenceBatchDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000005" */
  id: string;

  /** @example "applicants-2026.xlsx" */
  fileName: string;

  /** @example "YC-LOG-2026" */
  programme: string | null;

  /** @example "2026-11-23" */
  on: string;

  /**
   * `destroyed`: the time for fetching the result is over, or somebody in it was erased.
   * @example "done"
   */
  state: 'queued' | 'running' | 'done' | 'failed' | 'destroyed';

  problem: BatchProblemDto | null;

  progress: BatchProgressDto;

  counts: BatchCountsDto | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /**
   * Until then the result can be fetched.
   * @example "2026-11-30T09:30:00.000Z"
   */
  keptUntil: string;
}

export class EquivalenceBatchPageDto {
  items: EquivalenceBatchDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ"
   */
  next: string | null;
}

export class EquivalenceBatchesQuery extends PageQuery {}
