import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type Role, STAFF_ROLES } from '../../platform/auth/index.js';
import { IsPlainText } from '../../platform/http/index.js';
import { type InvitationState, MOST_INVITATION_DAYS } from './invitation.js';

export class NewInvitationDto {
  /** What the person will do; only what people of such an institution do. */
  @ApiProperty({ enum: STAFF_ROLES, isArray: true, example: ['registrar'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(STAFF_ROLES, { each: true })
  roles: Role[];

  /**
   * For which work. Who comes says their own name.
   * @example "教务处 / registry"
   */
  @IsString()
  @Length(1, 80)
  @IsPlainText()
  label: string;

  /**
   * For how many days it is good, 7 when left out.
   * @example 7
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_INVITATION_DAYS)
  days?: number;
}

/** A fresh invitation: its code is shown this once. */
export class IssuedInvitationDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000031" */
  id: string;

  /**
   * To be brought to `POST /v1/invitations/acceptance`, once.
   * @example "pV3mT0sWqYb8nQzL4kXc7RfGhJdA2uEi"
   */
  code: string;

  /** @example ["registrar"] */
  roles: Role[];

  /** @example "2026-12-03T09:30:00.000Z" */
  expiresAt: Date;
}

export class InvitationDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000031" */
  id: string;

  /** @example ["registrar"] */
  roles: Role[];

  /** @example "教务处 / registry" */
  label: string;

  /** @example "open" */
  state: InvitationState;

  /**
   * Id of the account that invited.
   * @example "01a2e7c0-5b7e-7000-8000-000000000002"
   */
  createdBy: string;

  /** @example "2026-11-26T09:30:00.000Z" */
  createdAt: Date;

  /** @example "2026-12-03T09:30:00.000Z" */
  expiresAt: Date;

  /**
   * The account that came of it.
   * @example "01a2e7c0-5b7e-7000-8000-000000000032"
   */
  accountId: string | null;
}

export class InvitationPageDto {
  items: InvitationDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMzEiXQ"
   */
  next: string | null;
}

export class AcceptanceDto {
  /** @example "pV3mT0sWqYb8nQzL4kXc7RfGhJdA2uEi" */
  @IsString()
  @MaxLength(100)
  @IsPlainText()
  code: string;

  /**
   * The name to sign in with: 3 to 40 letters, digits, dots, hyphens and underscores.
   * @example "registry.jiangbei"
   */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/, {
    message: 'use 3 to 40 letters, digits, dots, hyphens and underscores',
  })
  signInName: string;

  /**
   * 8 to 128 characters of any kind, none of those that guessers try first.
   * @example "seven small boats"
   */
  @IsString()
  @MaxLength(512)
  password: string;

  /**
   * How colleagues know the person or the desk.
   * @example "教务处 王老师"
   */
  @IsString()
  @Length(1, 50)
  @IsPlainText()
  name: string;
}

/** A fresh account; sign in with it. */
export class AcceptedInvitationDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000032" */
  id: string;

  /** @example "registry.jiangbei" */
  signInName: string;

  /** @example ["registrar"] */
  roles: Role[];
}
