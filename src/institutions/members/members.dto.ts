import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';
import { type Role, STAFF_ROLES } from '../../platform/auth/index.js';
import { IsPlainText } from '../../platform/http/index.js';

/** Somebody who works for the institution. */
export class MemberDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000032" */
  id: string;

  /** @example "registry.jiangbei" */
  signInName: string;

  /** @example "教务处 王老师" */
  name: string;

  /** @example ["registrar"] */
  roles: Role[];

  /** @example "2026-11-26T09:30:00.000Z" */
  createdAt: Date;

  /**
   * Since when the account cannot sign in; null while it can.
   * @example "2026-12-01T02:10:00.000Z"
   */
  disabledAt: Date | null;

  /**
   * To the minute; null for who never signed in.
   * @example "2026-11-28T07:45:00.000Z"
   */
  lastSeenAt: Date | null;
}

export class MemberPageDto {
  items: MemberDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMzIiXQ"
   */
  next: string | null;
}

export class MemberRolesDto {
  /** In place of what the account had. */
  @ApiProperty({ enum: STAFF_ROLES, isArray: true, example: ['registrar', 'admissions'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(STAFF_ROLES, { each: true })
  roles: Role[];
}

export class MemberReasonDto {
  /**
   * Why; shown on the history.
   * @example "调离 / has moved to another post"
   */
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason: string;
}
