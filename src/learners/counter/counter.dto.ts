import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { WAYS_TO_AGREE, type WayToAgree } from '../../access/index.js';
import { ACTS, type Act } from '../../platform/auth/index.js';
import { IsDay, IsNested, IsPlainText, PageQuery } from '../../platform/http/index.js';
import { PresentPersonDto } from '../learners.dto.js';

/** What the learner agreed to at the counter, and how. */
export class NewCounterSessionDto {
  @IsNested(() => PresentPersonDto)
  learner: PresentPersonDto;

  /**
   * What the clerk may do: see and print what the learner holds, apply, share.
   * @example ["see", "apply"]
   */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(ACTS, { each: true })
  acts: Act[];

  /**
   * How the learner agreed: on a signed paper, or spoken before a witness.
   * @example "signed-paper"
   */
  @IsIn(WAYS_TO_AGREE)
  given: WayToAgree;

  /**
   * Where the signed paper is kept; needed for `signed-paper`.
   * @example "counter 3, folder 2026-11, sheet 17"
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  record?: string;

  /**
   * Sign-in name of the colleague who heard it; needed for `spoken`.
   * @example "clerk-li"
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  witness?: string;

  /**
   * How long the clerk may act.
   * @example 30
   */
  @IsInt()
  @Min(5)
  @Max(60)
  minutes: number;
}

/** Somebody's right to act for a learner. */
export class RepresentationDto {
  /**
   * Sent as `Acting-For` with each request in the learner's name.
   * @example "01a2e7c0-5b7e-7123-8000-000000000009"
   */
  id: string;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /**
   * A clerk at a counter, or the guardian of a minor.
   * @example "counter"
   */
  kind: 'counter' | 'guardian';

  /** @example ["see", "apply"] */
  acts: Act[];

  /** @example "signed-paper" */
  given: WayToAgree | 'evidence';

  /**
   * Where the signed paper or the evidence is kept.
   * @example "counter 3, folder 2026-11, sheet 17"
   */
  record: string | null;

  /**
   * Id of the account of the clerk who wrote it down.
   * @example "01a2e7c0-5b7e-7000-8000-000000000002"
   */
  recordedBy: string;

  /**
   * Id of the account of the colleague who heard it; null for paper.
   * @example "01a2e7c0-5b7e-7000-8000-000000000032"
   */
  witness: string | null;

  /**
   * Learner id of the guardian; null at a counter.
   * @example "01a2e7c0-5b7e-7456-8000-000000000004"
   */
  guardianId: string | null;

  /** @example "2026-11-26T06:10:00.000Z" */
  beginsAt: string;

  /** @example "2026-11-26T06:40:00.000Z" */
  endsAt: string;

  /**
   * When it was ended before its time; null while it was not.
   * @example "2026-11-26T06:25:00.000Z"
   */
  endedAt: string | null;

  /** @example "active" */
  state: 'active' | 'ended';
}

export class RepresentationListDto {
  items: RepresentationDto[];
}

/** Which day of the counters. */
export class CounterDayQuery extends PageQuery {
  /**
   * The day on which the sessions began; today when left out.
   * @example "2026-11-26"
   */
  @IsOptional()
  @IsDay()
  on?: string;
}

/** A session at a counter, as the office that holds it sees it afterwards. */
export class CounterSessionDto extends RepresentationDto {
  /**
   * Who served.
   * @example "高桂芳"
   */
  clerk: string | null;

  /**
   * Name of the learner; null once the learner has asked for erasure.
   * @example "何淑贞"
   */
  name: string | null;

  /**
   * What was read and done for the learner, as the purposes of the learner's access log, first done
   * first.
   * @example ["account", "balance", "transcript"]
   */
  done: string[];
}

export class CounterSessionPageDto {
  items: CounterSessionDto[];

  /** @example "WyIyMDI2LTExLTI2VDA2OjEwOjAwLjAwMFoiLCIwMWEyZTdjMC01YjdlLTcxMjMtODAwMC0wMDAwMDAwMDAwMDkiXQ" */
  next: string | null;
}
