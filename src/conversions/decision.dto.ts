import { TextDto } from '../platform/http/index.js';

export class DecisionRulebookDto {
  /** @example "yucheng/logistics/2026" */
  id: string;

  /** @example 1 */
  version: number;

  /**
   * SHA-256 of the canonical rule document, in hex: the rules this decision can be replayed with.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;
}

export class LotUseDto {
  /**
   * Id of the outcome.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
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
  /**
   * Id of the rule that gives it.
   * @example "logistics-base"
   */
  rule: string;

  ruleTitle: TextDto;

  /**
   * Clause of the regulation.
   * @example "第八条 / clause 8"
   */
  basis: string | null;

  /** @example "credit" */
  effect: 'credit' | 'exemption' | 'score' | 'right';

  /**
   * Course of the programme that is replaced or exempted.
   * @example "LOG-101"
   */
  course: string | null;

  courseTitle: TextDto | null;

  /**
   * Elective pool that receives the credit.
   * @example "free"
   */
  elective: string | null;

  /** @example "major" */
  category: string | null;

  /** @example "4" */
  credits: string;

  /**
   * The score, or the name of the exam or right.
   * @example "theory-exam"
   */
  value: string | null;

  /** What is used up; when a rule gives several grants, it is told at the first. */
  uses: LotUseDto[];

  /**
   * Every outcome it rests on.
   * @example ["0198c5a2-7a10-7123-8f00-0123456789ab"]
   */
  lots: string[];

  /** @example ["course"] */
  sources: string[];

  /** @example ["qingshan-vocational"] */
  issuers: string[];

  /** What happens to credit beyond what is granted. */
  remainder: 'forfeit' | 'keep' | 'elective';

  /**
   * Grade to enter at the receiving school: a mark, `exempt` (免考), or null.
   * @example "85"
   */
  grade: string | null;

  text: TextDto;
}

export class TargetRefDto {
  /** @example "LOG-101" */
  course: string | null;

  /** @example "free" */
  elective: string | null;
}

/** A possible conversion that was not granted, and why. */
export class RefusedDto {
  /** @example "logistics-base" */
  rule: string;
  ruleTitle: TextDto;

  /** @example "第八条 / clause 8" */
  basis: string | null;

  /** @example ["0198c5a2-7a10-7123-8f00-0123456789ab"] */
  lots: string[];
  targets: TargetRefDto[];

  /** @example "cap" */
  code: string;

  /**
   * The numbers and names behind the code.
   * @example { "cap": "half", "limit": "20" }
   */
  params: Record<string, string>;

  text: TextDto;
}

export class WaitingDto {
  /** @example "finding" */
  what: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  lot: string | null;

  /** @example "LOG-101" */
  course: string | null;

  /**
   * Name of the finding that a person has to record.
   * @example "content-overlap"
   */
  finding: string | null;

  /** @example ">= 70" */
  wanted: string;
}

/** A rule that cannot be decided before something unknown is found out. */
export class PendingDto {
  /** @example "logistics-base" */
  rule: string;
  ruleTitle: TextDto;

  /** @example "第八条 / clause 8" */
  basis: string | null;

  /** @example ["0198c5a2-7a10-7123-8f00-0123456789ab"] */
  lots: string[];
  targets: TargetRefDto[];
  waitsFor: WaitingDto[];
  text: TextDto;
}

export class CapUseDto {
  /** @example "half" */
  cap: string;
  title: TextDto | null;

  /** @example "第八条 / clause 8" */
  basis: string | null;
  counts: 'credits' | 'applications' | 'lots';

  /**
   * The outcome or institution a cap `per` lot or issuer speaks of.
   * @example "academic-year"
   */
  per: string | null;

  /** @example "70" */
  limit: string;

  /**
   * Counted before this decision.
   * @example "16"
   */
  before: string;

  /**
   * Counted with this decision.
   * @example "20"
   */
  used: string;

  /** @example ["logistics-base"] */
  rules: string[];
}

export class RequirementDto {
  /** @example "major" */
  requirement: string;
  title: TextDto;

  /** @example "第八条 / clause 8" */
  basis: string | null;

  /** @example "60" */
  needed: string;

  /** @example "56" */
  have: string;

  /** @example "4" */
  short: string;
  met: boolean;
  text: TextDto;
}

/** One clause with what it wanted, what was read, and the verdict. */
export class ReasonNodeDto {
  /**
   * JSON pointer of the clause in the rule document.
   * @example "/rules/0/when/level"
   */
  path: string;

  /** @example "logistics-base" */
  rule: string;

  /** @example "level" */
  operator: string;

  /** @example ">= 中级 (x-cert)" */
  wanted: string;

  /** @example "初级" */
  read: string | null;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  lot: string | null;
  verdict: 'true' | 'false' | 'not-evaluated';
  children: ReasonNodeDto[];
}

export class ChangeDto {
  /** @example "grade" */
  kind: string;

  /**
   * Lot that has to change; null when the learner does, or another outcome is needed.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  lot: string | null;

  /**
   * Which further outcome this is asked of, counted from 1; left out where no outcome is new.
   * @example 1
   */
  newOutcome?: number;

  /**
   * Codes any one of which would do, when another outcome is needed.
   * @example ["X-LOG-3"]
   */
  outcomes: string[];

  /** @example ">= 中级 (x-cert)" */
  wanted: string;

  /** @example "初级" */
  read: string | null;

  /**
   * Of a requirement of each year or semester: the one that lacks the credit.
   * @example "2025/autumn"
   */
  period?: string;

  /**
   * Name of the finding that a person has to make.
   * @example "content-overlap"
   */
  finding?: string;

  /**
   * Course that the finding is about.
   * @example "LOG-101"
   */
  course?: string | null;
}

/** The nearest change that would make a rule or requirement pass. */
export class MissingDto {
  /** @example "logistics-base" */
  rule: string | null;

  /** @example "major" */
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

  /**
   * Version of the evaluator's semantics.
   * @example "credit-bank-rules/2"
   */
  engine: string;

  rulebook: DecisionRulebookDto;

  /** @example "YC-LOG-2026" */
  programme: string;

  /**
   * Whether the credit it takes is used up, or counted by this programme and free for others.
   * @example "single-use"
   */
  scope: 'single-use' | 'per-programme';

  /**
   * The day the rules and facts were read for.
   * @example "2026-11-23"
   */
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

  /** @example "0" */
  bound: string;
  reasons: ReasonNodeDto[];
  missing: MissingDto[];
}
