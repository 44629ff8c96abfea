import type { ApplicationState } from './application-states.js';
import { ConversionInstitutionDto } from './conversions.dto.js';

export class OverdueInstitutionDto {
  institution: ConversionInstitutionDto;

  /**
   * Applications of which it has not kept the promised day.
   * @example 3
   */
  count: number;

  /** @example "2026-11-20" */
  oldestDueOn: string;
}

export class OverdueInstitutionsDto {
  /** The longest overdue first. */
  items: OverdueInstitutionDto[];
}

/** An application that waits too long; whose it is stays with the institution. */
export class OverdueApplicationDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "YC-LOG-2026" */
  programme: string;

  /** @example "in-review" */
  state: ApplicationState;

  /** @example "2026-11-20" */
  dueOn: string;

  /** @example 6 */
  daysOverdue: number;
}

export class OverdueApplicationsDto {
  institution: ConversionInstitutionDto;

  /** The longest overdue first. */
  items: OverdueApplicationDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}
