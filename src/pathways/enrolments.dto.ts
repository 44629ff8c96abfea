import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PersonDto } from '../outcomes/index.js';
import { IsNested, IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';
import { GateAnswerDto, OutcomeReferenceDto } from './gates.dto.js';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2200;
const MOST_AT_A_TIME = 500;
const STATE = /^[a-z0-9][a-z0-9./-]{0,79}$/;

export const STAGE_STATES = ['done', 'here', 'ahead', 'closed'] as const;

export class NewEnrolmentDto {
  @IsNested(() => PersonDto)
  learner: PersonDto;

  /**
   * Year of the September in which the learner began.
   * @example 2026
   */
  @IsInt()
  @Min(FIRST_YEAR)
  @Max(LAST_YEAR)
  intake: number;

  /**
   * The state in which the learner begins; left out, the first one.
   * @example "secondary"
   */
  @IsOptional()
  @IsString()
  @Matches(STATE)
  state?: string;
}

export class NewEnrolmentsDto {
  /** One learner, or many at a time. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_AT_A_TIME)
  @ValidateNested({ each: true })
  @Type(() => NewEnrolmentDto)
  items: NewEnrolmentDto[];
}

export class EnrolmentProblemDto {
  /** @example "pathway-full" */
  code: string;

  title: TextDto;

  /** What to change. */
  change: TextDto;
}

export class EnrolledDto {
  /** `unchanged`: the learner was in this intake before. */
  @ApiProperty({ enum: ['created', 'unchanged', 'refused'], example: 'created' })
  status: 'created' | 'unchanged' | 'refused';

  /**
   * Null for a refused one.
   * @example "01a2e7c0-5b7e-7123-8000-000000000072"
   */
  id: string | null;

  @ApiProperty({ type: EnrolmentProblemDto, nullable: true })
  problem: EnrolmentProblemDto | null;
}

export class EnrolledListDto {
  /** In the order in which they were sent. */
  items: EnrolledDto[];
}

export class EnrolmentsQuery extends PageQuery {
  /**
   * Only this intake.
   * @example 2023
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(FIRST_YEAR)
  @Max(LAST_YEAR)
  intake?: number;
}

export class EnrolmentStageDto {
  /** @example "secondary" */
  state: string;

  title: TextDto;

  /** @example "xingyang-technician" */
  institution: string;

  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  institutionId: string;

  institutionName: TextDto;

  /** @example 3 */
  years: number;

  /** @example "LOGISTICS-3Y" */
  programme: string | null;

  @ApiProperty({ enum: STAGE_STATES, example: 'here' })
  standing: (typeof STAGE_STATES)[number];
}

export class LookAgainDto {
  /** @example "stage-transfer" */
  gate: string;

  title: TextDto;

  /** Outcomes on which the judgement rests and which were taken back. */
  revoked: OutcomeReferenceDto[];
}

export class EnrolmentSummaryDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000072" */
  id: string;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /**
   * Null where no source has stated it, and for the learner in person.
   * @example "周晓云"
   */
  name: string | null;

  /** @example "01a2e7c0-5b7e-7000-8000-000000000071" */
  pathway: string;

  pathwayTitle: TextDto;

  /** @example 1 */
  version: number;

  /** @example 2023 */
  intake: number;

  /** @example "college" */
  state: string;

  stateTitle: TextDto;

  /**
   * Semester of today, counted from the intake.
   * @example 7
   */
  semester: number;

  /**
   * Code of the major, once it was changed.
   * @example "530802"
   */
  major: string | null;

  stages: EnrolmentStageDto[];

  /** @example ["enrolment-at-the-paired-college"] */
  gives: string[];

  /**
   * Whether anything can still follow.
   * @example true
   */
  isOpen: boolean;

  /** Judgements whose evidence was taken back: to be looked at again. Empty when all stands. */
  lookAgain: LookAgainDto[];
}

export class EnrolmentPageDto {
  items: EnrolmentSummaryDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcxMjMtODAwMC0wMDAwMDAwMDAwNzIiXQ"
   */
  next: string | null;
}

export class EnrolmentEventDto {
  /** @example 2 */
  seq: number;

  /** @example "gate" */
  event: string;

  /** @example "stage-transfer" */
  gate: string | null;

  @ApiProperty({ enum: ['passed', 'failed'], nullable: true, type: String, example: 'passed' })
  verdict: 'passed' | 'failed' | null;

  /** @example "secondary" */
  from: string | null;

  /** @example "college" */
  to: string;

  toTitle: TextDto;

  /** What the rule says that allowed it. */
  @ApiProperty({ type: TextDto, nullable: true })
  rule: TextDto | null;

  /** @example ["enrolment-at-the-paired-college"] */
  gives: string[];

  /** @example "530802" */
  major: string | null;

  /** Outcomes on which it rests. */
  evidence: OutcomeReferenceDto[];

  /**
   * The day that counts.
   * @example "2026-06-10"
   */
  day: string;

  /** @example "2026-07-02T02:30:00.000Z" */
  recordedAt: string;

  /** Code of the institution whose people did it. */
  @ApiProperty({ type: String, nullable: true, example: 'xingyang-technician' })
  institution: string | null;
}

export class CarriedLotDto extends OutcomeReferenceDto {
  /**
   * Credits of it that count.
   * @example "4"
   */
  credits: string;
}

/** What counts on in a stage: outcomes as they were booked, never booked again. */
export class CarriedDto {
  /** @example "core-courses" */
  id: string;

  /**
   * The stage in which it counts.
   * @example "college"
   */
  into: string;

  title: TextDto;

  /** @example "第九条" */
  clause: string | null;

  /** @example "12" */
  atMost: string | null;

  /** @example "8" */
  total: string;

  outcomes: CarriedLotDto[];
}

export class EnrolmentDto extends EnrolmentSummaryDto {
  /** The oldest first. */
  history: EnrolmentEventDto[];

  /** What the gates of the present stage say today; nothing is decided by asking. */
  gates: GateAnswerDto[];

  carried: CarriedDto[];
}

export class EnrolmentListDto {
  items: EnrolmentDto[];
}

export class EnrolmentActDto {
  /**
   * An event of the pathway's rules that no gate decides.
   * @example "change-of-major"
   */
  @IsString()
  @Matches(STATE)
  event: string;

  /**
   * Code of the new major, for a change of major.
   * @example "530802"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 40)
  @Matches(/^[A-Za-z0-9-]+$/)
  major?: string;
}
