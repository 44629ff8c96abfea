import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IsPlainText } from '../platform/http/index.js';
import { MOST_DAYS, type ShareState, USUAL_DAYS } from './share.js';

const PIN = /^[0-9]{6,12}$/;

export class NewShareDto {
  /**
   * What the proof is for; whoever opens it reads this.
   * @example "报考渝城职业学院 2027 / application to Yucheng College 2027"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  purpose: string;

  /**
   * Who it is meant for; leave out when anybody may open it.
   * @example "渝城职业学院招生办 / Yucheng College admissions office"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  receiver?: string;

  /**
   * Days until it ends, 1 to 180.
   * @example 30
   */
  @ApiPropertyOptional({ type: 'integer', default: USUAL_DAYS })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  days: number = USUAL_DAYS;

  /**
   * Six to twelve digits that opening it takes besides the code. Tell it to the receiver by another
   * way than the code. After ten wrong ones the proof opens to nobody until you set a new one.
   * @example "402817"
   */
  @IsOptional()
  @Matches(PIN)
  pin?: string;
}

/** What is left out stays as it is. */
export class ShareChangeDto {
  /**
   * Days from now until it ends, 1 to 180.
   * @example 90
   */
  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  days?: number;

  /**
   * A new PIN, six to twelve digits; null takes the PIN away.
   * @example "402817"
   */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Matches(PIN)
  pin?: string | null;
}

/** A proof as its owner sees it. */
export class ShareDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000011" */
  id: string;

  /**
   * Twelve digits to give away; the last is the check digit of ISO 7064 MOD 11,10.
   * @example "1234 5678 9012"
   */
  code: string;

  /** @example "http://127.0.0.1:3000/verify/123456789012" */
  url: string;

  /** @example "报考渝城职业学院 2027" */
  purpose: string;

  /** @example "渝城职业学院招生办" */
  receiver: string | null;

  /** @example "active" */
  state: ShareState;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-12-23T09:30:00.000Z" */
  expiresAt: string;

  /** @example "2026-12-01T02:10:00.000Z" */
  revokedAt: string | null;

  /**
   * How often it was shown.
   * @example 2
   */
  opened: number;

  /** @example "2026-11-24T02:10:00.000Z" */
  lastOpenedAt: string | null;

  /**
   * Whether opening it takes a PIN.
   * @example false
   */
  hasPin: boolean;

  /**
   * Whether too many wrong PINs have closed it; a new PIN opens it again.
   * @example false
   */
  isPinLocked: boolean;
}

export class SharePageDto {
  items: ShareDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIyMDI2LTExLTIzVDA5OjMwOjAwLjAwMFoiLCIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMTEiXQ"
   */
  next: string | null;
}

export class ViewerInstitutionDto {
  /** @example "YC-ADM" */
  code: string;

  /** @example "渝城职业学院招生办" */
  zh: string;

  /** @example "Yucheng College admissions office" */
  en: string;
}

/** One look at a proof, also one that came after its end. */
export class ShareViewDto {
  /** @example "2026-11-24T02:10:00.000Z" */
  at: string;

  /**
   * All but `shown` saw nothing: somebody tried after the end, or without the right PIN.
   * @example "shown"
   */
  result: 'shown' | 'expired' | 'revoked' | 'pin-wrong' | 'pin-locked';

  /** @example "institution" */
  viewer: 'public' | 'institution' | 'learner';

  /** The institution that was signed in. */
  institution: ViewerInstitutionDto | null;

  /**
   * `loopback`, `private`, or the network the look came from; never the whole address.
   * @example "203.0.0.0/16"
   */
  network: string;
}

export class ShareDetailDto extends ShareDto {
  /** The newest 100 looks. */
  views: ShareViewDto[];
}
