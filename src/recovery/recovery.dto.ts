import { IsString, Length } from 'class-validator';
import { IsPlainText } from '../platform/http/index.js';

export class SecondFactorResetDto {
  /**
   * With which the account signs in.
   * @example "registrar-spb"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  signInName: string;

  /**
   * How it was found out that it is them; the second person reads it.
   * @example "持工作证到场，手机遗失 / came with the staff card, telephone lost"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  reason: string;
}
