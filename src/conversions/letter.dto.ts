import { TextDto } from '../platform/http/index.js';
import type { Verdict } from './application.js';
import { ConversionInstitutionDto } from './conversions.dto.js';
import { DecisionRulebookDto } from './decision.dto.js';

export class LetterPartiesDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /**
   * As stated by an institution; null when none has.
   * @example "王小明"
   */
  learnerName: string | null;

  /** The institution that decided. */
  institution: ConversionInstitutionDto;

  /** The institution that asked on the learner's behalf; null when the learner asked. */
  requestedBy: ConversionInstitutionDto | null;
}

export class LetterAskedDto {
  /** @example "YC-LOG-2026" */
  programme: string;

  title: TextDto;

  /**
   * The day the rules were read for.
   * @example "2026-11-23"
   */
  on: string;
}

export class LetterGrantDto {
  /** What was granted, in words. */
  text: TextDto;

  /** @example "logistics-base" */
  rule: string;

  /**
   * Clause of the regulation.
   * @example "第八条 / clause 8"
   */
  basis: string | null;

  /** @example "4" */
  credits: string;

  /** @example "LOG-101" */
  course: string | null;
  courseTitle: TextDto | null;

  /**
   * Grade to enter at the receiving school: a mark, `exempt` (免考), or null.
   * @example "85"
   */
  grade: string | null;

  /**
   * Ids of the outcomes it rests on.
   * @example ["0198c5a2-7a10-7123-8f00-0123456789ab"]
   */
  outcomes: string[];
}

export class LetterRefusalDto {
  /** Why it was not granted, in words. */
  text: TextDto;

  /** @example "logistics-base" */
  rule: string;

  /** @example "第八条 / clause 8" */
  basis: string | null;

  /** @example "condition-false" */
  code: string;

  /** The nearest change that would turn it; null when none is known. */
  nearestChange: TextDto | null;
}

export class LetterRequirementDto {
  text: TextDto;
  met: boolean;
}

export class LetterReasonDto {
  /**
   * 2 for the panel of an appeal.
   * @example 1
   */
  round: number;

  /** @example "reject" */
  verdict: Verdict;

  /** @example "同意 / agreed" */
  note: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

export class LetterAppealDto {
  /**
   * Last day of an appeal; null when there can be none.
   * @example "2026-12-23"
   */
  until: string | null;

  /** The notice that a letter prints. */
  text: TextDto;
}

/** A decision as data for a printed letter: the same bytes each time it is read. */
export class DecisionLetterDto {
  /** @example "credit-bank-decision-letter/1" */
  format: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  applicationId: string;

  /** @example "granted" */
  verdict: 'granted' | 'rejected' | 'returned' | 'refused' | 'reversed';

  title: TextDto;
  parties: LetterPartiesDto;
  asked: LetterAskedDto;

  /**
   * Sum of the credits granted.
   * @example "4"
   */
  credits: string;

  granted: LetterGrantDto[];
  refused: LetterRefusalDto[];
  requirements: LetterRequirementDto[];

  /** What the people wrote who decided, without names. */
  reasons: LetterReasonDto[];

  /** The rule version that decided; null when none was in force. */
  rulebook: DecisionRulebookDto | null;

  /** @example "credit-bank-rules/2" */
  engine: string | null;

  /**
   * SHA-256 of the decision as stored, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  decisionHash: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  submittedAt: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  evaluatedAt: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  decidedAt: string;

  /** What a letter says of an appeal; null when it says nothing. */
  appeal: LetterAppealDto | null;

  /**
   * SHA-256 of the canonical JSON of everything else, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;
}
