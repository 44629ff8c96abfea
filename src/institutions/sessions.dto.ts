import { IsString, Length, MaxLength } from 'class-validator';
import { IsPlainText } from '../platform/http/index.js';
import type { Role } from '../platform/auth/index.js';

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
}

/** Who is signed in. */
export class AccountDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000002" */
  id: string;

  /** What to call the account; for a learner the sign-in name, the real name is in the profile. */
  name: string;

  /** @example ["registrar"] */
  roles: Role[];

  institutionId: string | null;

  learnerId: string | null;
}

export class SessionDto {
  account: AccountDto;
}
