import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { Principal, Role } from '../../platform/auth/index.js';
import { IsPlainText } from '../../platform/http/index.js';
import type { SignInMethod } from './session.js';

export class SignInDto {
  /**
   * The sign-in name; upper and lower case are the same.
   * @example "registrar-spb"
   */
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  name: string;

  /** @example "a long pass phrase" */
  @IsString()
  @MaxLength(128)
  password: string;

  /**
   * A one-time code or a recovery code, where the account asks for one.
   * @example "492039"
   */
  @IsOptional()
  @IsString()
  @Length(6, 40)
  @IsPlainText()
  code?: string;
}

/** Who is signed in. */
export class AccountDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000002" */
  id: string;

  /**
   * What to call the account; for a learner the sign-in name, the real name is in the profile.
   * @example "教务处 王老师"
   */
  name: string;

  /** @example ["registrar"] */
  roles: Role[];

  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  institutionId: string | null;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string | null;
}

export class SessionDto {
  account: AccountDto;

  /** True for staff who must set up a second factor before they can do anything else. */
  mustAddSecondFactor: boolean;

  /** True for who signed in with a password that somebody else made: change it first. */
  @ApiProperty({ example: false })
  mustChangePassword: boolean;
}

/** Who asks, as it is told to them. */
export function sessionOf(who: Principal): SessionDto {
  const { id, name, roles, institutionId, learnerId, session } = who;
  const account = { id, name, roles: [...roles], institutionId, learnerId };
  const { lacksSecondFactor = false, mustChangePassword = false } = session ?? {};
  return { account, mustAddSecondFactor: lacksSecondFactor, mustChangePassword };
}

/** One place where a person is signed in. */
export class OwnSessionDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000071" */
  id: string;

  /** @example "password" */
  method: SignInMethod;

  /**
   * What the browser called itself.
   * @example "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
   */
  device: string | null;

  /**
   * Network of the address; the address itself is not kept.
   * @example "203.0.0.0/16"
   */
  network: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  startedAt: Date;

  /**
   * To the minute.
   * @example "2026-11-23T10:05:00.000Z"
   */
  lastSeenAt: Date;

  /** @example "2026-11-23T21:30:00.000Z" */
  expiresAt: Date;

  /** Whether this request came by it. */
  isCurrent: boolean;
}

export class OwnSessionsDto {
  items: OwnSessionDto[];
}
