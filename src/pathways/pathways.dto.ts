import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { PATHWAY_KINDS, type PathwayKind } from '#libs/schemes';
import { IsPlainText, TextDto } from '../platform/http/index.js';

/** A hundred times a long pathway. */
const MAX_DOCUMENT = 200_000;

export class PathwayTextDto {
  /**
   * YAML: a scheme of the kind `staged-pathway`, with its worked examples.
   * @example "format: credit-bank-scheme/1\nkind: staged-pathway\nid: pathways/logistics-five-year\n"
   */
  @IsString()
  @Length(1, MAX_DOCUMENT)
  document: string;
}

export class PublishPathwayDto extends PathwayTextDto {
  /**
   * Why; the second person reads it.
   * @example "2026 级招生计划 / the plan of the intake of 2026"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  reason: string;
}

/** A code with its title; the title is null for what the catalogue does not know. */
export class NamedCodeDto {
  /** @example "MS-GATE-5" */
  code: string;

  @ApiProperty({ type: TextDto, nullable: true })
  title: TextDto | null;
}

export class PathwayStageDto {
  /** @example "secondary" */
  state: string;

  title: TextDto;

  /**
   * Code of the institution where it is studied.
   * @example "xingyang-technician"
   */
  institution: string;

  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  institutionId: string;

  institutionName: TextDto;

  /** @example 3 */
  years: number;

  /**
   * Code of the programme that counts credit in this stage; null where it is counted elsewhere.
   * @example "LOGISTICS-3Y"
   */
  programme: string | null;
}

export class PathwayConditionDto {
  /** @example "credits" */
  id: string;

  title: TextDto;

  /**
   * Credits that are needed; null where outcomes are counted.
   * @example "6"
   */
  credits: string | null;

  /**
   * How many of `of` are needed; null where credits are added up.
   * @example null
   */
  @ApiProperty({ type: Number, nullable: true, example: null })
  outcomes: number | null;

  /** Outcomes that count; empty for all. */
  of: NamedCodeDto[];

  /**
   * Categories that count; empty for all.
   * @example ["major"]
   */
  categories: string[];
}

export class PathwayFactDto {
  /** @example "exam" */
  id: string;

  title: TextDto;

  /** @example "第八条" */
  clause: string | null;

  /** Outcomes any of which is the examination; empty where conditions decide. */
  examination: NamedCodeDto[];

  conditions: PathwayConditionDto[];
}

export class PathwayGateDto {
  /** @example "stage-transfer" */
  id: string;

  title: TextDto;

  /**
   * The state in which learners come to it.
   * @example "secondary"
   */
  from: string;

  /** @example "gate" */
  event: string;

  facts: PathwayFactDto[];
}

export class PathwayCarryDto {
  /** @example "core-courses" */
  id: string;

  title: TextDto;

  /** @example "第九条" */
  clause: string | null;

  /**
   * The stage in which it counts.
   * @example "college"
   */
  into: string;

  /**
   * Credits that count at most; null for all.
   * @example "12"
   */
  atMost: string | null;

  /** @example ["major"] */
  categories: string[];

  of: NamedCodeDto[];

  except: NamedCodeDto[];
}

export class PathwayIntakeDto {
  /** @example 2026 */
  year: number;

  /** @example 40 */
  places: number;

  /** @example 28 */
  left: number;
}

export class PathwayStateDto {
  /** @example "secondary" */
  id: string;

  title: TextDto;
}

export class PathwayBasisDto {
  /** @example "渝教职成发〔2023〕12 号" */
  text: string;

  /** @example "第八条" */
  clause: string | null;
}

/** What a document says of a programme of several stages at paired institutions. */
export class PathwayWordsDto {
  /**
   * Stays the same for all versions.
   * @example "pathways/logistics-five-year"
   */
  code: string;

  /** @example 1 */
  version: number;

  title: TextDto;

  @ApiProperty({ enum: PATHWAY_KINDS, example: 'five-year' })
  kind: PathwayKind;

  states: PathwayStateDto[];

  /** In the order in which they are gone through. */
  stages: PathwayStageDto[];

  /**
   * Code of the signed agreement on which it rests; null where there is none.
   * @example "xingyang-qingshan-2026"
   */
  agreement: string | null;

  intakes: PathwayIntakeDto[];

  gates: PathwayGateDto[];

  carries: PathwayCarryDto[];

  /** What the rules say, in sentences. */
  rules: TextDto[];

  basis: PathwayBasisDto[];

  /**
   * SHA-256 of the document.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  hash: string;
}

/** A programme of several stages at paired institutions, as it was published. */
export class PathwayDto extends PathwayWordsDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000071" */
  id: string;

  /** @example "2026-11-26T09:30:00.000Z" */
  publishedAt: string;
}

/** A document that could be published as it stands. */
export class PathwayReadingDto extends PathwayWordsDto {
  /**
   * The states in which learners may begin; nobody joins later.
   * @example ["secondary"]
   */
  start: string[];

  /**
   * The newest published version, which this one would follow; null for a new pathway.
   * @example 1
   */
  @ApiProperty({ type: Number, nullable: true, example: 1 })
  newest: number | null;
}

export class PathwayDetailDto extends PathwayDto {
  /** As it was published, in JSON. */
  @ApiProperty({ type: Object, example: { kind: 'staged-pathway', version: 1 } })
  document: object;
}

export class PathwayListDto {
  items: PathwayDto[];
}
