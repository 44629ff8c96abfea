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
  line: 'format' | 'validity' | 'revoked' | 'issuer' | 'ledger' | 'signature' | 'log';

  /** @example "pass" */
  result: 'pass' | 'fail' | 'not-applicable';

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
  /** Null when no institution has stated it. */
  name: string | null;

  documents: ProofDocumentDto[];
}

export class ProofCategoryDto {
  /** @example "skill" */
  code: string;

  title: TextDto;
}

export class ProofOutcomeDto {
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

  /** Null when it was registered without credit. */
  credits: string | null;

  hours: string | null;
  grade: string | null;
  level: string | null;

  /** @example "available" */
  state: 'available' | 'held' | 'used' | 'expired' | 'revoked' | 'registered';

  /** Ids of its ledger entries, oldest first. */
  entries: string[];
}

export class ProofRuleDto {
  /** @example "yucheng/logistics/2026" */
  id: string;

  /** @example 1 */
  version: number;

  /** SHA-256 of the rule version, in hex. */
  hash: string;
}

export class ProofGrantDto {
  /** Course that is replaced or exempted. */
  course: string | null;

  courseTitle: TextDto | null;

  /** @example "credit" */
  effect: string;

  /** @example "4" */
  credits: string;

  /** Clause of the regulation it rests on. */
  basis: string | null;

  /** Outcomes it rests on. */
  outcomes: string[];
}

/** A decision that was booked. */
export class ProofConversionDto {
  applicationId: string;

  /** @example "YC-LOG-2026" */
  programme: string;

  title: TextDto;

  /** The institution that decided. */
  institution: ProofInstitutionDto;

  bookedAt: string;

  /** @example "8" */
  credits: string;

  rule: ProofRuleDto;

  /** SHA-256 of the decision, in hex. */
  decisionHash: string;

  grants: ProofGrantDto[];

  /** Ids of the ledger entries that used the credit. */
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
  purpose: string;
  receiver: string | null;
  sharedAt: string;
  expiresAt: string;
  outcomes: ProofOutcomeDto[];
  conversions: ProofConversionDto[];
  balance: ProofBalanceDto;

  /** @example "2026-11-24T02:10:00.000Z" */
  checkedAt: string;
}
