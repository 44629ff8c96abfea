import { TextDto } from '../platform/http/index.js';
import type { Verdict } from './application.js';
import { ConversionInstitutionDto } from './conversions.dto.js';
import { DecisionRulebookDto } from './decision.dto.js';

export class LetterPartiesDto {
  learnerId: string;

  /** As stated by an institution; null when none has. */
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

  /** The day the rules were read for. */
  on: string;
}

export class LetterGrantDto {
  /** What was granted, in words. */
  text: TextDto;

  rule: string;

  /** Clause of the regulation. */
  basis: string | null;

  /** @example "4" */
  credits: string;

  course: string | null;
  courseTitle: TextDto | null;

  /** Grade to enter at the receiving school: a mark, `exempt` (免考), or null. */
  grade: string | null;

  /** Ids of the outcomes it rests on. */
  outcomes: string[];
}

export class LetterRefusalDto {
  /** Why it was not granted, in words. */
  text: TextDto;

  rule: string;
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
  /** 2 for the panel of an appeal. */
  round: number;

  /** @example "reject" */
  verdict: Verdict;

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

  engine: string | null;

  /** SHA-256 of the decision as stored, in hex. */
  decisionHash: string | null;

  submittedAt: string | null;
  evaluatedAt: string | null;
  decidedAt: string;

  /** What a letter says of an appeal; null when it says nothing. */
  appeal: LetterAppealDto | null;

  /** SHA-256 of the canonical JSON of everything else, in hex. */
  hash: string;
}
