import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { TextDto } from '../platform/http/index.js';
import { DIGEST } from '../proposals/index.js';
import { NamedCodeDto } from './pathways.dto.js';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2200;

export const VERDICTS = ['passed', 'failed', 'missing', 'refused'] as const;

export class OutcomeReferenceDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000011" */
  id: string;

  /** @example "MS-GATE-5" */
  code: string;

  title: TextDto;
}

export class ClauseAnswerDto {
  /** @example "credits" */
  id: string;

  title: TextDto;

  /** @example true */
  holds: boolean;

  @ApiProperty({ enum: ['credits', 'outcomes'], example: 'credits' })
  what: 'credits' | 'outcomes';

  /** @example "6" */
  needs: string;

  /** @example "7.5" */
  has: string;

  evidence: OutcomeReferenceDto[];

  /** Outcomes that would fulfil it. */
  lacking: NamedCodeDto[];
}

export class FactAnswerDto {
  /** @example "exam" */
  id: string;

  title: TextDto;

  /** @example "第八条" */
  clause: string | null;

  /**
   * `passed`, `failed`, `met` or `short`; null when it is not known.
   * @example "passed"
   */
  value: string | null;

  /**
   * Whether it stands between the learner and the next stage.
   * @example false
   */
  isNeeded: boolean;

  evidence: OutcomeReferenceDto[];

  /** Examinations of which no result is on record. */
  lacking: NamedCodeDto[];

  clauses: ClauseAnswerDto[];
}

/** What a gate says of one learner. */
export class GateAnswerDto {
  /** @example "stage-transfer" */
  gate: string;

  title: TextDto;

  /**
   * `missing`: something is not known or not met yet; `refused`: the rules do not allow it, for
   * example in another semester.
   */
  @ApiProperty({ enum: VERDICTS, example: 'passed' })
  verdict: (typeof VERDICTS)[number];

  /** @example "secondary" */
  from: string;

  /** @example "college" */
  to: string;

  toTitle: TextDto;

  /**
   * Id of the transition that allows it; `none` where none does.
   * @example "passes"
   */
  by: string;

  /**
   * Certificates and rights that come with it.
   * @example ["enrolment-at-the-paired-college"]
   */
  gives: string[];

  /**
   * Of the examination, counted from the intake; null while there is none, or when its date is too
   * vague to tell.
   * @example 6
   */
  semester: number | null;

  /**
   * The day that counts: of the examination, or of judging.
   * @example "2026-06-10"
   */
  day: string;

  facts: FactAnswerDto[];
}

export class RunQuery {
  /** `true`: only say what each learner's answer is. Nothing is changed. */
  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  )
  @IsBoolean({ message: 'send preview=true or preview=false' })
  preview?: boolean;
}

export class NewRunDto {
  /**
   * Which cohort comes to the gate.
   * @example 2023
   */
  @IsInt()
  @Min(FIRST_YEAR)
  @Max(LAST_YEAR)
  intake: number;

  /**
   * Of the preview, to confirm exactly what it showed.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  @IsOptional()
  @Matches(DIGEST)
  digest?: string;
}

export class RunItemDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000072" */
  enrolment: string;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "周晓云" */
  name: string | null;

  answer: GateAnswerDto;
}

export class RunCountsDto {
  /** @example 9 */
  passed: number;

  /** @example 1 */
  failed: number;

  /** @example 2 */
  missing: number;

  /** @example 0 */
  refused: number;
}

/** A whole cohort at a gate. */
export class RunDto {
  /** @example "stage-transfer" */
  gate: string;

  /** @example 2023 */
  intake: number;

  /**
   * `preview`: nothing was changed; `confirmed`: passed and failed learners were moved.
   */
  @ApiProperty({ enum: ['preview', 'confirmed'], example: 'preview' })
  state: 'preview' | 'confirmed';

  /**
   * Send it to confirm what this preview shows.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  digest: string;

  counts: RunCountsDto;

  items: RunItemDto[];
}
