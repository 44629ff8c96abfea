import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';
import { RuleFindingDto } from './drafts.dto.js';
import { RuleDocumentDto, RuleVersionDto } from './rulebook.dto.js';

export class RulesQuery extends PageQuery {
  /**
   * Searches ids, titles, programmes, and the codes, titles and aliases of outcomes that rules speak
   * of; case, width and punctuation do not matter.
   * @example "叉车"
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  q?: string;
}

/** A regulation: its newest version, and where it stands today. */
export class RuleSummaryDto extends RuleVersionDto {
  /** What it is about, in one sentence. */
  about: TextDto;

  /**
   * Code of the institution that owns the programme.
   * @example "qingshan-polytechnic"
   */
  institution: string;

  /** `scheduled`: the first version is still to come; `ended`: no version governs any more. */
  state: 'in-force' | 'scheduled' | 'ended';

  /**
   * The version that governs today; null when none does.
   * @example 1
   */
  governing: number | null;

  /**
   * How many versions were published.
   * @example 2
   */
  versions: number;
}

export class RulePageDto {
  items: RuleSummaryDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}

/** One part of a document in a sentence. */
export class RuleSentenceDto {
  /**
   * JSON pointer of the part.
   * @example "/rules/0"
   */
  pointer: string;

  text: TextDto;
}

/** Where a rulebook comes from. */
export class RuleBasisDto {
  /** @example "示范区职业教育学习成果转换办法" */
  text: string;

  /** @example "§3–§9" */
  clause: string | null;
}

/** An outcome of the learner whom an example describes. Null: the example leaves it unknown. */
export class ExampleOutcomeDto {
  /** @example "X-WEB-1" */
  outcome: string;

  title: TextDto;

  /** @example "4" */
  credits: string | null;

  /** @example "64" */
  hours: string | null;

  /** @example "85" */
  grade: string | null;

  /** @example "中级" */
  level: string | null;

  /**
   * A day, a month or a year.
   * @example "2026-03"
   */
  completed: string | null;
}

/** One thing in which an example comes out differently than it is written. */
export class ExampleDifferenceDto {
  /** @example "credits" */
  what: string;

  /** @example "4" */
  expected: string;

  /** @example "3.5" */
  actual: string;
}

/** A worked example and what becomes of it, in words. */
export class WorkedExampleDto {
  /** @example "the certificate gives four credits" */
  name: string;

  /**
   * JSON pointer of the example.
   * @example "/examples/0"
   */
  pointer: string;

  /**
   * The day of the decision.
   * @example "2026-10-01"
   */
  on: string;

  outcomes: ExampleOutcomeDto[];

  /**
   * Credits that are granted.
   * @example "4"
   */
  credits: string;

  granted: TextDto[];
  refused: TextDto[];
  pending: TextDto[];

  /** Whether it comes out as written. */
  holds: boolean;

  differences: ExampleDifferenceDto[];
}

/** One published version, said in words. */
export class RuleReadingDto extends RuleDocumentDto {
  /**
   * Code of the institution that owns the programme.
   * @example "qingshan-polytechnic"
   */
  institution: string;

  state: 'in-force' | 'scheduled' | 'ended';

  about: TextDto;

  basis: RuleBasisDto[];

  /** The whole document, in its order. */
  sentences: RuleSentenceDto[];

  examples: WorkedExampleDto[];
}

/** One thing that changed between two versions. */
export class RuleChangeDto {
  kind: 'added' | 'removed' | 'changed';

  /**
   * JSON pointer in the newer text, or in the older one of what was removed.
   * @example "/caps/0/max"
   */
  pointer: string;

  /** The rule, limit or other part by its title. */
  where: TextDto;

  /** The clause in words. */
  what: TextDto;

  /** @example "8" */
  from: string | null;

  /** @example "10" */
  to: string | null;

  /** All of it in one sentence. */
  text: TextDto;
}

export class RuleChangesQuery {
  /**
   * The version to compare with; left out, the one before.
   * @example 1
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  since?: number;
}

/** What changed from one version to another. Examples and the version number are left out. */
export class RuleChangesDto {
  /** Null when there is no version before. */
  from: RuleVersionDto | null;

  to: RuleVersionDto;

  changes: RuleChangeDto[];
}

/** A value that officers change most, and where it stands in the text. */
export class RuleLimitDto {
  /** @example "/caps/2/max" */
  pointer: string;

  /** The rule, limit, course or example it belongs to; null for the document as a whole. */
  where: TextDto | null;

  what: TextDto;

  kind: 'amount' | 'percent' | 'count' | 'day';

  /**
   * Null where an end is open.
   * @example "8"
   */
  value: string | null;

  /**
   * Place of the value in the text, with its quotes, in UTF-16 code units.
   * @example 4711
   */
  start: number;

  /** @example 4714 */
  end: number;
}

/** Everything that can be said about a text before it is stored. */
export class RuleCheckDto {
  /**
   * SHA-256 of the canonical document; null while the text is no document yet.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string | null;

  /** Whether it could be stored as a draft: it is a document, whatever else is wrong. */
  isDocument: boolean;

  /** Whether it could be handed to a second person: no errors, and all examples hold. */
  isPublishable: boolean;

  findings: RuleFindingDto[];

  examples: WorkedExampleDto[];

  sentences: RuleSentenceDto[];

  /** What it is compared with: what governs the programme, or else the newest version. */
  comparedWith: RuleVersionDto | null;

  /** Empty when there is nothing to compare with, too. */
  changes: RuleChangeDto[];

  limits: RuleLimitDto[];
}

/** A programme that takes an outcome, by one rule of the version that governs today. */
export class RecognitionDto {
  version: RuleVersionDto;

  programmeTitle: TextDto;

  /**
   * Code of the institution that decides.
   * @example "qingshan-polytechnic"
   */
  institution: string;

  /**
   * Id of the rule in the document.
   * @example "x-certificate"
   */
  rule: string;

  ruleTitle: TextDto;

  /** What it gives, to whom and on what terms. */
  text: TextDto;
}

export class RecognitionsDto {
  items: RecognitionDto[];
}
