import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import { IDENTITY_KINDS, type IdentityKind } from '#libs/identity';
import { IsNested, IsPlainText } from '../platform/http/index.js';

/** An identity document as it stands on paper; spaces, full-width digits and a small x are fine. */
export class DocumentDto {
  /** @example "resident-id" */
  @IsIn(IDENTITY_KINDS)
  kind: IdentityKind;

  /** @example "500106200509124320" */
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  number: string;
}

/** A person with the document in hand. */
export class PresentPersonDto {
  /**
   * As it stands on the document.
   * @example "张三"
   */
  @IsString()
  @MaxLength(200)
  name: string;

  @IsNested(() => DocumentDto)
  document: DocumentDto;
}

export class LearnerSearchDto {
  @IsNested(() => DocumentDto)
  document: DocumentDto;
}

export class MaskedDocumentDto {
  /** @example "resident-id" */
  kind: IdentityKind;

  /** @example "5001**********4320" */
  masked: string;
}

/** A learner's account as the learner and the learner's schools see it. */
export class LearnerDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  id: string;

  /**
   * Null while no source has stated a name.
   * @example "张三"
   */
  name: string | null;

  identities: MaskedDocumentDto[];

  /**
   * From the resident ID; null when no document proves it.
   * @example "2005-09-12"
   */
  birthDate: string | null;
}
