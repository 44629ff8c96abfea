import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { MissingDto } from '../conversions/index.js';
import { PageQuery, TextDto } from '../platform/http/index.js';
import type { EligibilityStatus, Exclusion } from './eligibility.js';
import { PlaceDto, SchemeInstitutionDto, SchemeRulebookDto } from './schemes.dto.js';
import type { CandidacyAction, CandidacyState, Reason } from './scheme.js';

export class EligibilityQuery {
  /**
   * Id of the learner, or `me` for yourself.
   * @example "me"
   */
  @IsOptional()
  @IsString()
  @Length(2, 40)
  learner: string = 'me';
}

export class EvidencePaperQuery {
  /**
   * Id of a proof of yours that opens now: its code and link are printed.
   * @example "01a2e7c0-5b7e-7000-8000-000000000011"
   */
  @IsUUID()
  share: string;
}

/** One rule, what it said, and why. */
export class EligibilityClauseDto {
  /** @example "granted" */
  verdict: 'granted' | 'refused' | 'pending';

  /** @example "national-first" */
  rule: string;

  title: TextDto;

  /** @example "R50" */
  basis: string | null;

  /**
   * The effect, or the reason.
   * @example "score"
   */
  code: string;

  /**
   * The score, or the name of the test or right.
   * @example "450"
   */
  value: string | null;

  /**
   * Whether it makes eligible by itself.
   * @example true
   */
  isEntitling: boolean;

  /**
   * Outcomes that it rests on.
   * @example ["0198c5a2-7a10-7123-8f00-0123456789ab"]
   */
  evidence: string[];

  text: TextDto;
}

/** An outcome on which something granted rests. */
export class EvidenceDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "CONTEST-NATIONAL" */
  code: string;

  title: TextDto;

  /** Who posted it. */
  institution: SchemeInstitutionDto;

  /** @example "2026-06" */
  completedOn: string;

  /** @example "95" */
  grade: string | null;

  /** @example "一等奖" */
  level: string | null;

  /**
   * Its entries in the ledger; empty where it was registered without credit.
   * @example ["0198c5a2-7a10-7123-8f00-0123456789ab.0"]
   */
  entries: string[];

  /**
   * Whether the public log holds these entries.
   * @example "in-log"
   */
  log: 'in-log' | 'log-waiting' | 'not-in-log' | 'no-entry';

  /**
   * Where the proof of inclusion is; null without an entry.
   * @example "/v1/entries/0198c5a2-7a10-7123-8f00-0123456789ab.0/proof"
   */
  proof: string | null;

  /**
   * Where the receipt is, a file that can be checked offline; null without an entry.
   * @example "/v1/entries/0198c5a2-7a10-7123-8f00-0123456789ab.0/receipt"
   */
  receipt: string | null;
}

/** An outcome that is no evidence under the scheme. */
export class ExcludedDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  title: TextDto;

  /** @example "2027-05" */
  completedOn: string;

  /** @example "after-cut-off" */
  code: Exclusion;

  text: TextDto;
}

export class PartScoreDto {
  /** @example "skill" */
  part: string;

  title: TextDto;

  /** @example "450" */
  score: string | null;

  /** @example "450" */
  max: string;

  /**
   * The rule that scored it in place of a test; null where a test did.
   * @example "national-first"
   */
  rule: string | null;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  outcome: string | null;
}

export class ScoreDto {
  parts: PartScoreDto[];

  /**
   * Null while a part is missing.
   * @example "640"
   */
  total: string | null;
}

export class CandidacyEventDto {
  /** @example "apply" */
  action: CandidacyAction;

  /** @example "places-full" */
  reason: Reason | null;

  /**
   * Of an admission: whether the rules called the learner eligible at that moment.
   * @example true
   */
  proven: boolean | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

export class CandidacyDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "YC-2027-SKILLS" */
  scheme: string;

  place: PlaceDto;

  /** @example "applied" */
  state: CandidacyState;

  /** @example "places-full" */
  reason: Reason | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  appliedAt: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  changedAt: string;

  /**
   * Rules that made eligible when the learner applied.
   * @example ["national-first"]
   */
  rulesThen: string[];
}

export class EligibilityDto {
  /** @example "YC-2027-SKILLS" */
  scheme: string;

  schemeTitle: TextDto;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "eligible" */
  status: EligibilityStatus;

  text: TextDto;

  /**
   * The day for which the rules were read.
   * @example "2026-11-27"
   */
  on: string;

  /** @example "2027-02-28" */
  evidenceUntil: string;

  rulebook: SchemeRulebookDto;

  /**
   * Version of the evaluator's semantics.
   * @example "credit-bank-rules/2"
   */
  engine: string;

  /**
   * SHA-256 of the decision, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  decisionHash: string;

  clauses: EligibilityClauseDto[];

  evidence: EvidenceDto[];

  excluded: ExcludedDto[];

  /** Null where the scheme has no parts that are added up. */
  score: ScoreDto | null;

  /** What is nearest to making each refused rule pass. */
  missing: MissingDto[];

  /** The learner's newest candidacy under the scheme. */
  candidacy: CandidacyDto | null;
}

export class NewCandidacyDto {
  /**
   * Id of the place that is applied for.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  @IsUUID()
  place: string;
}

/** Somebody who applied, as the receiving school sees it. */
export class CandidateDto extends CandidacyDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "eligible" */
  status: EligibilityStatus;

  /**
   * Whether the rules no longer say what they said when the learner applied: evidence was taken back,
   * or more has come.
   * @example false
   */
  hasChanged: boolean;

  text: TextDto;

  /** @example "640" */
  score: string | null;
}

export class CandidatePageDto {
  items: CandidateDto[];

  /** @example "WyIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ" */
  next: string | null;
}

export class CandidatesQuery extends PageQuery {
  /**
   * Only those who applied for this place.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  @IsOptional()
  @IsUUID()
  place?: string;
}

export class CandidateDocumentDto {
  /** @example "resident-id" */
  kind: string;

  /** @example "5001**********123X" */
  masked: string;
}

/** A candidacy with the person, the evidence and the history. */
export class CandidateDetailDto extends CandidateDto {
  /** @example "张三" */
  name: string | null;

  documents: CandidateDocumentDto[];

  eligibility: EligibilityDto;

  history: CandidacyEventDto[];
}
