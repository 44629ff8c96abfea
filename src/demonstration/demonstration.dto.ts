import { IsUUID } from 'class-validator';

export class VisitorDto {
  /**
   * A learner of the demonstration without an account.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  @IsUUID()
  learnerId: string;
}

/** How to sign in as the learner; the password is shown only here. */
export class VisitorAccountDto {
  /** @example "visitor.k7mq2xpa" */
  name: string;

  /** @example "k7mq-2xpa-9wtd-hn3e" */
  password: string;
}
