import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PLAN_LIMITS } from '#libs/planner';
import { DecisionDto, GrantDto, MissingDto, RequirementDto } from '../conversions/index.js';
import { IsDay, IsPlainText, TextDto } from '../platform/http/index.js';

const MOST_ALTERNATIVES = 5;

/** The day a question is asked for. */
export class GoalQuery {
  /**
   * The day the rules are read for; today when left out.
   * @example "2026-11-23"
   */
  @IsOptional()
  @IsDay()
  @IsISO8601({ strict: true }, { message: 'there is no such day' })
  on?: string;

  /**
   * The month in which the learner intends to graduate; as in the newest application when left out.
   * @example "2027-06"
   */
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'send a month as yyyy-mm' })
  graduates?: string;
}

/** An outcome that the learner intends to complete. */
export class IntendedOutcomeDto {
  /**
   * Code in the outcome catalogue.
   * @example "UNI-STAT"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  code: string;

  /**
   * The grade to assume, on the scale of the catalogue; the pass mark when left out.
   * @example "80"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 40)
  grade?: string;

  /**
   * Whole months until it is completed; 6, a semester, when left out.
   * @example 4
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(PLAN_LIMITS.months)
  months?: number;
}

export class WhatIfQuestionDto extends GoalQuery {
  /** Outcomes that would be completed on the day, beside what the learner has. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PLAN_LIMITS.scheduled)
  @ValidateNested({ each: true })
  @Type(() => IntendedOutcomeDto)
  outcomes: IntendedOutcomeDto[];
}

export class EarliestQuestionDto extends GoalQuery {
  /** What the learner is ready to complete; what is not needed is left out of the answer. */
  @IsArray()
  @ArrayMaxSize(PLAN_LIMITS.scheduled)
  @ValidateNested({ each: true })
  @Type(() => IntendedOutcomeDto)
  outcomes: IntendedOutcomeDto[];
}

export class PlanQuestionDto extends GoalQuery {
  /**
   * What is to be as little as possible: credits or hours to earn, or months one after another.
   * @example "credits"
   */
  @IsOptional()
  @IsIn(['credits', 'hours', 'months'])
  objective?: 'credits' | 'hours' | 'months';

  /**
   * How many plans are asked for, best first; 1 when left out.
   * @example 3
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_ALTERNATIVES)
  alternatives?: number;

  /** Choose among these only; the open catalogue, without what the learner has, when left out. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(PLAN_LIMITS.items)
  @ValidateNested({ each: true })
  @Type(() => IntendedOutcomeDto)
  outcomes?: IntendedOutcomeDto[];
}

/** Whom and what an answer is about. It binds nobody. */
export class GoalDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /** @example "SKILL-ASSOCIATE" */
  programme: string;

  /** @example "2026-11-23" */
  on: string;

  /**
   * The month of graduation that the rules looked at; null when none was stated.
   * @example "2027-06"
   */
  graduates: string | null;

  /** Always false: only an application binds. */
  binding: false;
}

export class GapDto extends GoalDto {
  /**
   * Whether the award can be made; `none` where the programme leads to none.
   * @example "not-met"
   */
  award: 'met' | 'not-met' | 'none';

  /** Requirements that are not met, in the order of the rule document, each with its clause. */
  missing: RequirementDto[];

  /** The nearest changes that would make a requirement or a rule pass. */
  changes: MissingDto[];

  /** The decision of the day, from which this is read. */
  decision: DecisionDto;
}

/** An outcome as a plan speaks of it. */
export class PlannedOutcomeDto {
  /** @example "UNI-STAT" */
  code: string;

  title: TextDto;

  /**
   * Code of the institution that offers it.
   * @example "xingyang-technician"
   */
  institution: string;

  /** @example "3" */
  credits: string | null;

  /**
   * Id under which it stands in a decision.
   * @example "addition-1"
   */
  lot: string;
}

export class DifferenceDto {
  /**
   * Credits more; below zero when less.
   * @example "3"
   */
  credits: string;

  /** What only the imagined decision grants. */
  gained: GrantDto[];

  /** What only the present one grants, since the credit is better used elsewhere. */
  lost: GrantDto[];

  /**
   * Requirements that become met.
   * @example ["major"]
   */
  newlyMet: string[];

  /**
   * Requirements that stop being met.
   * @example []
   */
  noLongerMet: string[];
}

export class WhatIfDto extends GoalDto {
  outcomes: PlannedOutcomeDto[];

  difference: DifferenceDto;

  /** What would be decided. */
  imagined: DecisionDto;
}

export class FilledRequirementDto {
  /** @example "major" */
  requirement: string;

  title: TextDto;

  /** @example "第八条 / clause 8" */
  basis: string | null;
}

/** What an outcome of a plan is used for. */
export class FillDto {
  /** @example "logistics-base" */
  rule: string;

  ruleTitle: TextDto;

  /** @example "第八条 / clause 8" */
  basis: string | null;

  /** @example "LOG-101" */
  course: string | null;

  /** @example "free" */
  elective: string | null;

  /** @example "major" */
  category: string | null;

  /** @example "3" */
  credits: string;

  requirements: FilledRequirementDto[];
}

export class PlanOutcomeDto extends PlannedOutcomeDto {
  fills: FillDto[];

  /**
   * Codes of outcomes that would do the same for the award.
   * @example ["UNI-MATH"]
   */
  equivalents: string[];
}

export class PlanDto {
  /**
   * In credits, hours or months, as asked.
   * @example "12"
   */
  cost: string;

  outcomes: PlanOutcomeDto[];

  /** Whether nothing cheaper meets the award, apart from the plans before it. */
  proven: boolean;
}

export class PlansDto extends GoalDto {
  objective: 'credits' | 'hours' | 'months';

  /** Cheapest first; none when the award cannot be met with what can be chosen. */
  plans: PlanDto[];

  /** Whether these are the best plans and, where there are fewer than asked for, all there are. */
  proven: boolean;

  /**
   * What no plan can cost less than; null when that is not known.
   * @example "12"
   */
  bound: string | null;

  /**
   * Codes of what could not be weighed, since the catalogue does not say what it costs.
   * @example ["X-WEB-1"]
   */
  unpriced: string[];
}

export class ScheduledOutcomeDto extends PlannedOutcomeDto {
  /** @example "2027-05-23" */
  completed: string;

  /**
   * Semester or year of the programme's calendar; null where it has none.
   * @example "2027/1"
   */
  period: string | null;
}

export class PeriodDto {
  /** @example "2027/1" */
  period: string | null;

  /**
   * Credits that count in it.
   * @example "24"
   */
  credits: string;
}

export class EarliestDto extends GoalDto {
  /**
   * The first day on which the award can be met; null when none was found.
   * @example "2027-05-23"
   */
  date: string | null;

  /**
   * Before this day the award cannot be met: proven. Null when that holds for every day.
   * @example "2027-05-23"
   */
  notBefore: string | null;

  /**
   * First month of graduation whose cut-off day comes after everything is completed; null where the
   * programme has no cut-off days.
   * @example "2027-08"
   */
  graduation: string | null;

  outcomes: ScheduledOutcomeDto[];

  /** Which credits count when, from the first period to the last. */
  schedule: PeriodDto[];

  /** Whether no earlier day will do or, without a date, none within eight years. */
  proven: boolean;
}
