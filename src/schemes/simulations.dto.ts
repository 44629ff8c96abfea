import { IsBoolean, IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';
import { TextDto } from '../platform/http/index.js';
import { SchemeInstitutionDto, SchemeTextDto } from './schemes.dto.js';

export class NewSchemeSimulationDto {
  /**
   * The year in which the people who are looked at graduated from secondary vocational education.
   * @example 2026
   */
  @IsInt()
  @Min(1900)
  @Max(2200)
  graduatesOf: number;

  /**
   * Another published version of the same rules to compare with; left out: the version of the scheme.
   * @example 2
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  version?: number;

  /**
   * Other readings of the open questions of the document to compare with, by their names.
   * @example { "worker-clause": "all" }
   */
  @IsOptional()
  @IsObject()
  readings?: Record<string, 'all' | 'any'>;

  /**
   * Whether everybody may see the result, without small numbers.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  isPublic?: boolean;
}

/** Numbers are null where they are not told because so few people stand behind them. */
export class SchoolCountsDto {
  school: SchemeInstitutionDto;

  /**
   * Who graduated from it.
   * @example 120
   */
  people: number | null;

  /**
   * Eligible by the rules of the scheme.
   * @example 30
   */
  now: number | null;

  /**
   * Eligible by the rules compared.
   * @example 24
   */
  compared: number | null;
}

export class RuleCountsDto {
  /** @example "national-first" */
  rule: string;

  title: SchemeTextDto;

  /** @example 12 */
  now: number | null;

  /** @example 12 */
  compared: number | null;
}

export class SchemeReportDto {
  /** @example 480 */
  people: number | null;

  /** @example 60 */
  now: number | null;

  /** @example 48 */
  compared: number | null;

  /**
   * Eligible by the rules compared only; told to the authority.
   * @example 0
   */
  gained: number | null;

  /** @example 12 */
  lost: number | null;

  /**
   * Of whom nothing can be said yet.
   * @example 3
   */
  waiting: number | null;

  schools: SchoolCountsDto[];

  rules: RuleCountsDto[];

  /** What it comes to, in a sentence. */
  text: TextDto;
}

export class SchemeSimulationDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "YC-2027-SKILLS" */
  scheme: string;

  /** @example 2026 */
  graduatesOf: number;

  /**
   * What is compared: `v2`, `worker-clause=all`; empty where nothing is.
   * @example "worker-clause=all"
   */
  compares: string;

  /** @example "2026-11-27" */
  on: string;

  /** @example false */
  isPublic: boolean;

  /** @example "running" */
  state: 'queued' | 'running' | 'done';

  /**
   * People who are looked at; null before it began.
   * @example 480
   */
  total: number | null;

  /** @example 100 */
  done: number;

  /** Null before it began. */
  report: SchemeReportDto | null;

  /** @example "2026-11-27T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-27T09:30:02.000Z" */
  endedAt: string | null;
}

export class SchemeSimulationPageDto {
  items: SchemeSimulationDto[];

  /** @example "WyIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ" */
  next: string | null;
}
