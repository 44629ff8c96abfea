import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsNested, IsPlainText } from '../../platform/http/index.js';
import { PresentPersonDto } from '../learners.dto.js';

export class NewMergeDto {
  /** The account that goes on, by a document of it. */
  @IsNested(() => PresentPersonDto)
  survivor: PresentPersonDto;

  /** The other account of the same person, by a document of that one. */
  @IsNested(() => PresentPersonDto)
  other: PresentPersonDto;

  /**
   * What shows that they are one person; no name and no number.
   * @example "passport and permit shown together, sheet 21"
   */
  @IsString()
  @Length(1, 300)
  @IsPlainText()
  reason: string;
}

export class SplitDto {
  /**
   * What shows that they are two people; no name and no number.
   * @example "two twins came together, sheet 30"
   */
  @IsString()
  @Length(1, 300)
  @IsPlainText()
  reason: string;
}

/** An entry that two accounts are one person, or that they are not after all. */
export class PersonLinkDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000021" */
  id: string;

  /** @example "merge" */
  action: 'merge' | 'split';

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  survivorId: string;

  /** @example "01a2e7c0-5b7e-7456-8000-000000000004" */
  absorbedId: string;

  /** Of a split: the merge that it undid. */
  @ApiProperty({ type: String, nullable: true, example: null })
  undoes: string | null;

  /** Of a merge: the split that undid it; null while it stands. */
  @ApiProperty({ type: String, nullable: true, example: null })
  undoneBy: string | null;

  /** @example "2026-11-26T06:10:00.000Z" */
  at: string;
}
