import { IsOptional, IsString, Length } from 'class-validator';
import { IsDay, IsNested, IsPlainText } from '../../platform/http/index.js';
import { PresentPersonDto } from '../learners.dto.js';

export class NewGuardianshipDto {
  /** The minor. */
  @IsNested(() => PresentPersonDto)
  learner: PresentPersonDto;

  /** Who acts for the minor, by the own document. */
  @IsNested(() => PresentPersonDto)
  guardian: PresentPersonDto;

  /**
   * Which evidence the clerk saw, and where the copy is kept.
   * @example "household register, counter 3, folder 2026-11, sheet 18"
   */
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  record: string;

  /**
   * The minor's day of birth; only where no document of the minor proves it.
   * @example "2012-05-31"
   */
  @IsOptional()
  @IsDay()
  birthDate?: string;
}
