import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsPlainText } from '../platform/http/index.js';

export class ProviderDto {
  /**
   * What to call the provider on the sign-in page; null when there is none.
   * @example "区教育统一身份认证"
   */
  name: string | null;
}

export class ProviderStartQuery {
  /**
   * The page to come back to.
   * @example "/review"
   */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @IsPlainText()
  returnTo?: string;
}
