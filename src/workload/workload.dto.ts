import { IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';
import { TrainingIncomeDto } from './income.dto.js';

const PERIOD = /^\d{4}(-\d{4})?$/;
const PERIOD_WORDS = { message: 'use 2025, or 2024-2025 for a school year' };

export class WorkloadQuery {
  /**
   * Code of an institution; left out for your own.
   * @example "qingshan-vocational"
   */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  institution?: string;

  /**
   * A calendar year, or a school year `2024-2025`; left out for this year.
   * @example "2025"
   */
  @IsOptional()
  @Matches(PERIOD, PERIOD_WORDS)
  period?: string;
}

export class WorkloadEntriesQuery extends PageQuery {
  /** @example "qingshan-vocational" */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  institution?: string;

  /** @example "2025" */
  @IsOptional()
  @Matches(PERIOD, PERIOD_WORDS)
  period?: string;
}

/** Trainings that are weighed alike. */
export class WorkloadLineDto {
  /**
   * What they were for: `employment`, `upgrading`, `entrepreneurship` or `unknown`.
   * @example "upgrading"
   */
  kind: string;

  /**
   * Skill level, `5` (初级工) to `1` (高级技师); `none` without one.
   * @example "none"
   */
  level: string;

  /**
   * When they were taught: `daytime`, `evening`, `weekend`, `online` or `unknown`.
   * @example "evening"
   */
  mode: string;

  /**
   * The product of what counts for kind, level and time.
   * @example "1.2"
   */
  coefficient: string;

  /**
   * Person-times.
   * @example 42
   */
  count: number;

  /** @example "1680" */
  hours: string;

  /**
   * Minutes times the coefficient, exact to a thousandth.
   * @example "120960"
   */
  weighedMinutes: string;

  /**
   * Workload units: weighed hours, to show.
   * @example "2016"
   */
  units: string;
}

export class WorkloadTotalDto {
  /** @example 42 */
  count: number;

  /** @example "1680" */
  hours: string;

  /** @example "120960" */
  weighedMinutes: string;

  /** @example "2016" */
  units: string;

  /**
   * Units divided by the hours of one full-time student; null where nobody laid those down.
   * @example "2.24"
   */
  fte: string | null;
}

export class HoursPerFteDto {
  /** @example "900" */
  value: string;

  /** @example "2025-01-01" */
  on: string | null;

  source: TextDto;
}

/** A training behind a figure. People stand here under a pseudonym of the institution. */
export class WorkloadEntryDto {
  /**
   * Tells people apart within one institution.
   * @example "3f79bb7b435b"
   */
  person: string;

  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f" */
  outcomeId: string;

  /**
   * The entry in the ledger; null for a training without credit.
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0"
   */
  entryId: string | null;

  /**
   * Where it stands in the public log.
   * @example 1204
   */
  logIndex: number | null;

  /**
   * Where the proof is that the log holds it.
   * @example "/v1/entries/5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0/proof"
   */
  proof: string | null;

  /**
   * Code in the catalogue.
   * @example "QS-TR-CNC"
   */
  outcome: string;

  /** @example "2025-06-30" */
  day: string;

  /**
   * Why it stands here: `counted`; `hours-unknown` (counts nothing); of a closed period `recorded-later`,
   * `taken-back` or `weighed-anew`.
   * @example "counted"
   */
  reason: string;

  /** @example "upgrading" */
  kind: string;

  /** @example "none" */
  level: string;

  /** @example "evening" */
  mode: string;

  /**
   * Empty for what stands no more.
   * @example "1.2"
   */
  coefficient: string;

  /**
   * Null where nobody stated them; of a correction the difference.
   * @example "40"
   */
  hours: string | null;

  /** @example "2880" */
  weighedMinutes: string;
}

export class WorkloadEntryPageDto {
  items: WorkloadEntryDto[];

  /** @example "WyIyMDI1LTA2LTMwIiwiNWY2YjJhMWUiXQ" */
  next: string | null;
}

/** What of closed periods was corrected after the close. */
export class WorkloadDifferencesDto {
  /** @example 1 */
  count: number;

  /** @example "-40" */
  hours: string;

  /** @example "-2880" */
  weighedMinutes: string;

  /** @example "-48" */
  units: string;

  items: WorkloadEntryDto[];
}

/** A closed statement, which stays as it is. */
export class WorkloadStatementDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000093" */
  id: string;

  /** @example "qingshan-vocational" */
  institution: string;

  /** @example "2025" */
  period: string;

  /** @example "2025-01-01" */
  from: string;

  /** @example "2025-12-31" */
  to: string;

  /** @example "2026-01-20T02:00:00.000Z" */
  closedAt: string;

  lines: WorkloadLineDto[];

  /** Of the lines; corrections stand apart. */
  total: WorkloadTotalDto;

  /**
   * Person-times whose hours nobody stated.
   * @example 3
   */
  unknownHours: number;

  /** Corrections of periods that had been closed before. */
  differences: WorkloadTotalDto;

  hoursPerFte: HoursPerFteDto | null;

  /**
   * SHA-256 of the statement as canonical JSON, trainings and all.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  hash: string;
}

export class WorkloadStatementListDto {
  items: WorkloadStatementDto[];
}

export class NewWorkloadStatementDto {
  /**
   * Code of the institution.
   * @example "qingshan-vocational"
   */
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  institution: string;

  /**
   * A period that is over.
   * @example "2025"
   */
  @Matches(PERIOD, PERIOD_WORDS)
  period: string;
}

export class WorkloadInstitutionDto {
  /** @example "qingshan-vocational" */
  code: string;

  name: TextDto;
}

/** The workload of one institution in one period, as it is known now. */
export class WorkloadDto {
  institution: WorkloadInstitutionDto;

  /** @example "2026" */
  period: string;

  /** @example "2026-01-01" */
  from: string;

  /** @example "2026-12-31" */
  to: string;

  lines: WorkloadLineDto[];
  total: WorkloadTotalDto;

  /**
   * Person-times whose hours nobody stated: they are listed and not estimated.
   * @example 3
   */
  unknownHours: number;

  hoursPerFte: HoursPerFteDto | null;

  /** Corrections of closed periods that the next statement will carry. */
  differences: WorkloadDifferencesDto;

  /** The statement that closed this very period; null while it is open. */
  closed: WorkloadStatementDto | null;

  income: TrainingIncomeDto[];

  /**
   * In fen, 1/100 yuan.
   * @example "12800000"
   */
  incomeFen: string;
}

export class EvidenceQuery extends WorkloadQuery {
  /**
   * A closed statement, in place of institution and period.
   * @example "01a2e7c0-5b7e-7000-8000-000000000093"
   */
  @IsOptional()
  @IsUUID()
  statement?: string;
}
