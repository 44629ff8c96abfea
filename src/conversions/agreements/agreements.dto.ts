import { IsOptional, IsString, Matches } from 'class-validator';
import { SignedAgreementDto } from '../../agreements/index.js';
import { TextDto } from '../../platform/http/index.js';

export class AgreementQuery {
  /**
   * A learner whose use is shown: an id, or `me`. Without it only the limits are.
   * @example "me"
   */
  @IsOptional()
  @IsString()
  @Matches(/^(me|[0-9a-f-]{36})$/, { message: 'send a learner id or "me"' })
  learner?: string;
}

export class AgreementWindowDto {
  /** @example "2020-04-27" */
  from: string;

  /** @example "2030-04-26" */
  to: string | null;
}

/** One programme that counts under the limit, or a party whose rules do not yet. */
export class AgreementSideDto {
  /**
   * Code of the institution that decides on this side.
   * @example "cq-college"
   */
  institution: string;

  institutionName: TextDto | null;

  /**
   * What this side accepts at most, as its own rules state it.
   * @example "20"
   */
  accepts: string;

  /** @example "CHENGYU-CQ" */
  programme: string | null;

  programmeTitle: TextDto | null;

  /**
   * The rules that state it.
   * @example "chongqing/chengyu-cq"
   */
  rule: string | null;

  /** @example 1 */
  version: number | null;

  /**
   * SHA-256 of the rule version, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  ruleHash: string | null;

  /** @example "credits" */
  counts: 'credits' | 'applications' | 'lots';

  /**
   * What this programme has counted for the learner, booked or under review; null without a learner.
   * @example "9"
   */
  used: string | null;

  /**
   * What the other sides have counted under the same account; null without a learner.
   * @example "0"
   */
  elsewhere: string | null;

  /**
   * What is left of it on this side; null without a learner.
   * @example "11"
   */
  left: string | null;
}

/** A limit that several programmes share, with its sides beside each other. */
export class AgreementDto {
  /** @example "chengyu" */
  id: string;

  /** `agreement` of institutions, each with its own limit; `account`: one limit of all its sides. */
  kind: 'agreement' | 'account';

  title: TextDto;

  /**
   * Clause of the regulation.
   * @example "2020-04-27 框架协议 / framework agreement"
   */
  basis: string | null;

  /** When the agreement holds; null for an account, which holds as long as its rules do. */
  inForce: AgreementWindowDto | null;

  /** Whether the rules of all sides state the same limits. */
  agrees: boolean;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string | null;

  /** By institution and programme. */
  sides: AgreementSideDto[];

  /** What the parties have signed; null where nothing is on record and only the rules speak of it. */
  signed: SignedAgreementDto | null;
}

export class AgreementsDto {
  items: AgreementDto[];
}
