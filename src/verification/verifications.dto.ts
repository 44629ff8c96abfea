import { IsOptional, IsString, Length } from 'class-validator';
import { BalancesDto, CategoryBalanceDto } from '../ledger/index.js';
import { TextDto } from '../platform/http/index.js';

export class VerificationDto {
  /**
   * The code as it was given; spaces and hyphens do not matter.
   * @example "1234 5678 9012"
   */
  @IsString()
  @Length(1, 40)
  code: string;

  /**
   * The PIN, where the proof takes one.
   * @example "402817"
   */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  pin?: string;
}

/** One line of the answer. */
export class CheckDto {
  /**
   * What was checked.
   * @example "validity"
   */
  line: 'format' | 'signature' | 'issuer' | 'validity' | 'revoked' | 'suspended' | 'ledger' | 'log';

  /**
   * `not-applicable`: there is nothing of the kind. `not-checked`: it cannot be looked at yet.
   * @example "pass"
   */
  result: 'pass' | 'fail' | 'not-applicable' | 'not-checked';

  text: TextDto;
}

export class ProofInstitutionDto {
  /** @example "SPB-VEC" */
  code: string;

  name: TextDto;
}

export class ProofDocumentDto {
  /** @example "resident-id" */
  kind: string;

  /** @example "5001**********1234" */
  masked: string;
}

export class ProofLearnerDto {
  /**
   * Null when no institution has stated it.
   * @example "张三"
   */
  name: string | null;

  documents: ProofDocumentDto[];
}

export class ProofCategoryDto {
  /** @example "skill" */
  code: string;

  title: TextDto;
}

export class ProofOutcomeDto {
  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f" */
  id: string;

  /** @example "SVS-LOG-BASE" */
  code: string;

  title: TextDto;

  /** @example "degree-course" */
  kind: string;

  /** Under which its credit stands. */
  category: ProofCategoryDto;

  /** The institution that posted it; it answers for it. */
  institution: ProofInstitutionDto;

  /** The institution that awards it, by the catalogue. */
  awardedBy: ProofInstitutionDto;

  /** @example "2026-06-30" */
  completedOn: string;

  /** @example "2026-07-02T03:00:00.000Z" */
  recordedAt: string;

  /**
   * Null when it was registered without credit.
   * @example "4"
   */
  credits: string | null;

  /** @example "72" */
  hours: string | null;

  /** @example "85" */
  grade: string | null;

  /** @example "中级" */
  level: string | null;

  /** @example "available" */
  state: 'available' | 'held' | 'used' | 'expired' | 'revoked' | 'registered';

  /**
   * Ids of its ledger entries, oldest first.
   * @example ["5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0"]
   */
  entries: string[];
}

export class ProofRuleDto {
  /** @example "yucheng/logistics/2026" */
  id: string;

  /** @example 1 */
  version: number;

  /**
   * SHA-256 of the rule version, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;
}

export class ProofGrantDto {
  /**
   * Course that is replaced or exempted.
   * @example "LOG-101"
   */
  course: string | null;

  courseTitle: TextDto | null;

  /** @example "credit" */
  effect: string;

  /** @example "4" */
  credits: string;

  /**
   * Clause of the regulation it rests on.
   * @example "第八条 / clause 8"
   */
  basis: string | null;

  /**
   * Outcomes it rests on.
   * @example ["5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f"]
   */
  outcomes: string[];
}

/** A decision that was booked. */
export class ProofConversionDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000021" */
  applicationId: string;

  /** @example "YC-LOG-2026" */
  programme: string;

  title: TextDto;

  /** The institution that decided. */
  institution: ProofInstitutionDto;

  /** @example "2026-11-23T09:30:00.000Z" */
  bookedAt: string;

  /** @example "8" */
  credits: string;

  rule: ProofRuleDto;

  /**
   * SHA-256 of the decision, in hex.
   * @example "5a1e3c7b9d2f48606172839405a6b7c8d9eafb0c1d2e3f405162738495a6b7c8"
   */
  decisionHash: string;

  grants: ProofGrantDto[];

  /**
   * Ids of the ledger entries that used the credit.
   * @example ["5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.2"]
   */
  entries: string[];
}

export class ProofBalanceDto {
  /** @example "2026-11-23" */
  asOf: string;

  total: BalancesDto;
  categories: CategoryBalanceDto[];
}

/** The whole answer to a code, line by line. */
export class ProofDto {
  status: 'valid';
  checks: CheckDto[];
  learner: ProofLearnerDto;

  /** @example "报考渝城职业学院 2027" */
  purpose: string;

  /** @example "渝城职业学院招生办" */
  receiver: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  sharedAt: string;

  /** @example "2026-12-23T09:30:00.000Z" */
  expiresAt: string;

  outcomes: ProofOutcomeDto[];
  conversions: ProofConversionDto[];
  balance: ProofBalanceDto;

  /** @example "2026-11-24T02:10:00.000Z" */
  checkedAt: string;
}

/** The answer to whoever opened a proof by its code. */
export class OpenedProofDto extends ProofDto {
  /**
   * Names this look: for twelve hours `GET /v1/verifications/looks/{look}` says whether what it showed
   * still stands.
   * @example "01a2e7c0-5b7e-7000-8000-000000000031.01a2e7c0-5b7e-7000-8000-000000000032"
   */
  look: string;

  /**
   * SHA-256 of what is shown, in hex; the same as long as nothing of it changes.
   * @example "5a1e3c7b9d2f48606172839405a6b7c8d9eafb0c1d2e3f405162738495a6b7c8"
   */
  digest: string;
}

/** Whether a look still stands. It shows nothing of the record. */
export class LookDto {
  /**
   * False once the proof has ended: by its holder, or by time.
   * @example true
   */
  stands: boolean;

  /**
   * What the digest would be now; null when the proof has ended.
   * @example "5a1e3c7b9d2f48606172839405a6b7c8d9eafb0c1d2e3f405162738495a6b7c8"
   */
  digest: string | null;
}
