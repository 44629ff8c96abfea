import { IsString, Length, MaxLength } from 'class-validator';
import { IsPlainText } from '../../platform/http/index.js';
import { PasskeyDto } from '../factors/passkeys.dto.js';

/** How one signs in. */
export class OwnAccountDto {
  hasPassword: boolean;

  hasOneTimeCode: boolean;

  /**
   * How many of the ten recovery codes are left.
   * @example 9
   */
  recoveryCodesLeft: number;

  passkeys: PasskeyDto[];
}

export class NewPasswordDto {
  /** @example "the pass phrase so far" */
  @IsString()
  @MaxLength(128)
  current: string;

  /**
   * 8 to 128 characters of any kind, none of those that guessers try first.
   * @example "seven small boats"
   */
  @IsString()
  @MaxLength(512)
  next: string;
}

export class OneTimeCodeDto {
  /** @example "492039" */
  @IsString()
  @Length(6, 40)
  @IsPlainText()
  code: string;
}

/** A secret for an authenticator app; it counts from the first code that comes back. */
export class OneTimeCodeOfferDto {
  /**
   * Base32, to type into the app.
   * @example "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
   */
  secret: string;

  /**
   * The same as a link, as apps take it.
   * @example "otpauth://totp/bank.example:registrar-spb?issuer=bank.example&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30"
   */
  uri: string;

  /**
   * The QR code of `uri`, row by row: `1` is dark. Leave four empty modules around it.
   * @example ["111", "101", "111"]
   */
  qr: string[];
}

export class RecoveryCodesDto {
  /**
   * Each works once in place of a one-time code. Shown this once.
   * @example ["k7mq-2xpa-9wtd-hn3e"]
   */
  codes: string[];
}
