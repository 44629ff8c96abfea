import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsPlainText } from '../platform/http/index.js';

export class FindingDto {
  /**
   * Code of the programme it is about.
   * @example "YC-LOG-2026"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  programme: string;

  /**
   * Id of the learner's outcome that was judged.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  @IsString()
  @Matches(/^[0-9a-f-]{36}$/, { message: 'send the id of an outcome' })
  outcome: string;

  /**
   * Course of the programme it was compared with; leave out when it is about the outcome alone.
   * @example "LOG-EXP1"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  course?: string;

  /**
   * What was judged, as the rule names it.
   * @example "content-overlap"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  what: string;

  /**
   * What was found, a decimal number: for example percent.
   * @example "80"
   */
  @IsString()
  @Matches(/^\d{1,9}(\.\d{1,6})?$/, { message: 'send a decimal number such as "80" or "72.5"' })
  value: string;
}

export class RecordedFindingDto extends FindingDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: string;

  /**
   * Applications that are evaluated again because of it.
   * @example ["0198c5a2-7a10-7123-8f00-0123456789ab"]
   */
  reconsidered: string[];
}
