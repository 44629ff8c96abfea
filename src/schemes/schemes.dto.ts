import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsNested, IsPlainText, PageQuery } from '../platform/http/index.js';
import type { SchemeState } from './scheme.js';

/** A text in both languages, written by people. */
export class SchemeTextDto {
  /** @example "2027年文化素质+职业技能考试招生" */
  @IsString()
  @IsPlainText()
  @Length(1, 200)
  zh: string;

  /** @example "Admission by culture test and skill test 2027" */
  @IsString()
  @IsPlainText()
  @Length(1, 200)
  en: string;
}

/** Places of one school in one major. */
export class NewPlaceDto {
  /**
   * Code of the institution that takes people and decides whom.
   * @example "qingshan-admissions"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  institution: string;

  /**
   * Code of the major.
   * @example "530802"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 40)
  major: string;

  @IsNested(() => SchemeTextDto)
  title: SchemeTextDto;

  /**
   * How many.
   * @example 40
   */
  @IsInt()
  @Min(0)
  @Max(100_000)
  places: number;
}

/** The plan of a year around a published rulebook. */
export class NewSchemeDto {
  /**
   * What addresses call it.
   * @example "YC-2027-SKILLS"
   */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{2,59}$/, { message: 'use letters, digits and hyphens' })
  code: string;

  /**
   * Code of the programme whose rulebook says who may be admitted. The version in force on the first
   * day is taken, and stays for the year.
   * @example "CQ-ADMISSION"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  programme: string;

  /** @example 2027 */
  @IsInt()
  @Min(2000)
  @Max(2200)
  year: number;

  @IsNested(() => SchemeTextDto)
  title: SchemeTextDto;

  /**
   * Rules of the document any one of which makes eligible; left out: every rule does.
   * @example ["national-first"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  rules?: string[];

  /**
   * How parts add up to a total: the text of a `credit-bank-scheme/1` document of the kind
   * `score-parts`.
   * @example "format: credit-bank-scheme/1\nkind: score-parts\n…"
   */
  @IsOptional()
  @IsString()
  @Length(1, 50_000)
  scoring?: string;

  /**
   * The first and the last day on which people may apply.
   * @example "2026-11-01"
   */
  @IsDay()
  opens: string;

  /** @example "2027-03-31" */
  @IsDay()
  closes: string;

  /**
   * The last day on which evidence may have been completed.
   * @example "2027-02-28"
   */
  @IsDay()
  evidenceUntil: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => NewPlaceDto)
  places: NewPlaceDto[];
}

export class NewPlacesDto {
  /**
   * How many there are from now on; never fewer than are admitted.
   * @example 45
   */
  @IsInt()
  @Min(0)
  @Max(100_000)
  places: number;
}

export class SchemeInstitutionDto {
  /** @example "qingshan-admissions" */
  code: string;

  /** @example "青山职业技术学院招生办公室" */
  zh: string;

  /** @example "Qingshan Polytechnic Admissions Office" */
  en: string;
}

export class PlaceDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  institution: SchemeInstitutionDto;

  /** @example "530802" */
  major: string;

  title: SchemeTextDto;

  /** @example 40 */
  places: number;
}

export class SchemeRulebookDto {
  /** @example "chongqing/skills-contest" */
  id: string;

  /** @example 1 */
  version: number;

  /**
   * SHA-256 of the canonical rule document, in hex: everybody of the year is judged by it.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;
}

/** One rule of the document, as people read it. */
export class SchemeRuleDto {
  /** @example "national-first" */
  id: string;

  title: SchemeTextDto;

  /** @example "R50" */
  basis: string | null;

  /**
   * What it gives: names of tests that are waived and rights, and scores.
   * @example ["450", "skill-test"]
   */
  values: string[];

  /**
   * Whether it makes eligible by itself.
   * @example true
   */
  isEntitling: boolean;
}

/** A question of the document that its source leaves open, and how it is read. */
export class SchemeParameterDto {
  /** @example "worker-clause" */
  id: string;

  title: SchemeTextDto;

  /** @example "any" */
  value: 'all' | 'any';
}

export class ScoringPartDto {
  /** @example "skill" */
  id: string;

  title: SchemeTextDto;

  /** @example "450" */
  max: string;

  /** @example "1" */
  weight: string;

  /**
   * Whether maximum and weight stand in the source, or are a parameter.
   * @example "parameter"
   */
  stated: 'source' | 'parameter';
}

export class ScoringDto {
  title: SchemeTextDto;

  /** @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18" */
  hash: string;

  parts: ScoringPartDto[];
}

export class SchemeDto {
  /** @example "YC-2027-SKILLS" */
  code: string;

  /** @example "CQ-ADMISSION" */
  programme: string;

  /** @example 2027 */
  year: number;

  title: SchemeTextDto;

  /** @example "open" */
  state: SchemeState;

  /** @example "2026-11-01" */
  opens: string;

  /** @example "2027-03-31" */
  closes: string;

  /** @example "2027-02-28" */
  evidenceUntil: string;

  rulebook: SchemeRulebookDto;

  /** Who published the plan. */
  publisher: SchemeInstitutionDto;

  places: PlaceDto[];
}

export class SchemeDetailDto extends SchemeDto {
  rules: SchemeRuleDto[];

  parameters: SchemeParameterDto[];

  /** Null where the rules alone give a score, or none. */
  scoring: ScoringDto | null;
}

export class SchemePageDto {
  items: SchemeDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ"
   */
  next: string | null;
}

export class SchemesQuery extends PageQuery {}
