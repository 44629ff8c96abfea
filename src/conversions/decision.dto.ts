import { TextDto } from '../platform/http/index.js';

export class DecisionRulebookDto {
  /** @example "yucheng/logistics/2026" */
  id: string;

  /** @example 1 */
  version: number;

  /** SHA-256 of the canonical rule document, in hex: the rules this decision can be replayed with. */
  hash: string;
}

export class LotUseDto {
  /** Id of the outcome. */
  lot: string;

  /**
   * Taken from it in all, with what is forfeited.
   * @example "4"
   */
  amount: string;

  /**
   * The part that nothing was granted for.
   * @example "0"
   */
  forfeited: string;
}

/** One thing the decision gives. */
export class GrantDto {
  /** Id of the rule that gives it. */
  rule: string;

  ruleTitle: TextDto;

  /** Clause of the regulation. */
  basis: string | null;

  /** @example "credit" */
  effect: 'credit' | 'exemption' | 'score' | 'right';

  /** Course of the programme that is replaced or exempted. */
  course: string | null;

  courseTitle: TextDto | null;

  /** Elective pool that receives the credit. */
  elective: string | null;

  category: string | null;

  /** @example "4" */
  credits: string;

  /** The score, or the name of the exam or right. */
  value: string | null;

  /** What is used up; when a rule gives several grants, it is told at the first. */
  uses: LotUseDto[];

  /** Every outcome it rests on. */
  lots: string[];

  sources: string[];
  issuers: string[];

  /** What happens to credit beyond what is granted. */
  remainder: 'forfeit' | 'keep' | 'elective';

  /** Grade to enter at the receiving school: a mark, `exempt` (免考), or null. */
  grade: string | null;

  text: TextDto;
}

export class TargetRefDto {
  course: string | null;
  elective: string | null;
}

/** A possible conversion that was not granted, and why. */
export class RefusedDto {
  rule: string;
  ruleTitle: TextDto;
  basis: string | null;
  lots: string[];
  targets: TargetRefDto[];

  /** @example "cap" */
  code: string;

  /** The numbers and names behind the code. */
  params: Record<string, string>;

  text: TextDto;
}

export class WaitingDto {
  /** @example "finding" */
  what: string;

  lot: string | null;
  course: string | null;

  /** Name of the finding that a person has to record. */
  finding: string | null;

  /** @example ">= 70" */
  wanted: string;
}

/** A rule that cannot be decided before something unknown is found out. */
export class PendingDto {
  rule: string;
  ruleTitle: TextDto;
  basis: string | null;
  lots: string[];
  targets: TargetRefDto[];
  waitsFor: WaitingDto[];
  text: TextDto;
}

export class CapUseDto {
  cap: string;
  title: TextDto | null;
  basis: string | null;
  counts: 'credits' | 'applications' | 'lots';

  /** The outcome or institution a cap `per` lot or issuer speaks of. */
  per: string | null;

  /** @example "70" */
  limit: string;

  /** Counted before this decision. */
  before: string;

  /** Counted with this decision. */
  used: string;

  rules: string[];
}

export class RequirementDto {
  requirement: string;
  title: TextDto;
  basis: string | null;
  needed: string;
  have: string;
  short: string;
  met: boolean;
  text: TextDto;
}

/** One clause with what it wanted, what was read, and the verdict. */
export class ReasonNodeDto {
  /** JSON pointer of the clause in the rule document. */
  path: string;

  rule: string;

  /** @example "level" */
  operator: string;

  wanted: string;
  read: string | null;
  lot: string | null;
  verdict: 'true' | 'false' | 'not-evaluated';
  children: ReasonNodeDto[];
}

export class ChangeDto {
  /** @example "grade" */
  kind: string;

  /** Lot that has to change; null when the learner does, or another outcome is needed. */
  lot: string | null;

  /** Which further outcome this is asked of, counted from 1; left out where no outcome is new. */
  newOutcome?: number;

  /** Codes any one of which would do, when another outcome is needed. */
  outcomes: string[];

  wanted: string;
  read: string | null;

  /** Name of the finding that a person has to make. */
  finding?: string;

  /** Course that the finding is about. */
  course?: string | null;
}

/** The nearest change that would make a rule or requirement pass. */
export class MissingDto {
  rule: string | null;
  requirement: string | null;
  title: TextDto;
  changes: ChangeDto[];
  text: TextDto;
}

/**
 * What the rules decide, why, and what would change it. Without the `text` members it is exactly
 * the document whose hash is stored.
 */
export class DecisionDto {
  /** @example "credit-bank-decision/1" */
  format: string;

  /** Version of the evaluator's semantics. */
  engine: string;

  rulebook: DecisionRulebookDto;

  /** @example "YC-LOG-2026" */
  programme: string;

  /**
   * Whether the credit it takes is used up, or counted by this programme and free for others.
   * @example "single-use"
   */
  scope: 'single-use' | 'per-programme';

  /** The day the rules and facts were read for. */
  on: string;

  /**
   * Sum of the credits granted.
   * @example "12"
   */
  credits: string;

  granted: GrantDto[];
  refused: RefusedDto[];
  pending: PendingDto[];
  caps: CapUseDto[];
  requirements: RequirementDto[];

  /** Whether the award the programme leads to can be made. */
  award: 'met' | 'not-met' | 'none';

  /** Whether no allocation can give more credit; when false, `bound` says how much it could be. */
  proven: boolean;

  bound: string;
  reasons: ReasonNodeDto[];
  missing: MissingDto[];
}
