import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { SECOND_LANGUAGES, type SecondLanguage } from './words.js';

export class TranscriptQuery {
  /**
   * The language beside Chinese. What institutions wrote stays in Chinese and English.
   * @example "en"
   */
  @ApiPropertyOptional({ enum: SECOND_LANGUAGES, default: 'en' })
  @IsOptional()
  @IsIn(SECOND_LANGUAGES)
  second: SecondLanguage = 'en';
}
