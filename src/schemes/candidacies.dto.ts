import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { TextDto } from '../platform/http/index.js';
import { PlaceDto } from './schemes.dto.js';
import { REASONS, type Reason } from './scheme.js';

const VERDICTS = ['admit', 'decline', 'reopen'] as const;

export class CandidacyDecisionDto {
  /**
   * `reopen` takes a decision back; an admission that is taken back frees its place.
   * @example "admit"
   */
  @IsIn(VERDICTS)
  verdict: (typeof VERDICTS)[number];

  /**
   * Why, for declining and for taking back.
   * @example "places-full"
   */
  @IsOptional()
  @IsIn(REASONS)
  reason?: Reason;

  /**
   * Needed to admit somebody whom the rules do not call eligible at this moment.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  despite?: boolean;
}

export class TieDto {
  /**
   * Null where the rules give no order at all.
   * @example "640"
   */
  score: string | null;

  /** @example 3 */
  candidates: number;

  /** @example 1 */
  places: number;
}

export class PlaceCheckDto {
  place: PlaceDto;

  /** @example 12 */
  admitted: number;

  /** @example 28 */
  free: number;

  /**
   * Who applied and waits for a decision.
   * @example 31
   */
  waiting: number;

  /**
   * Of these, who is eligible now.
   * @example 30
   */
  eligible: number;

  /** @example "over" */
  verdict: 'under' | 'exact' | 'over';

  /**
   * Eligible who wait less free places.
   * @example 2
   */
  beyond: number;

  /**
   * Eligible who wait and have no whole score.
   * @example 0
   */
  unranked: number;

  /** Equal scores at the last place; who comes first is the school's to decide. */
  tie: TieDto | null;

  text: TextDto;
}

export class QuotaCheckDto {
  /** @example "YC-2027-SKILLS" */
  scheme: string;

  /** @example "2026-11-27" */
  on: string;

  places: PlaceCheckDto[];
}
