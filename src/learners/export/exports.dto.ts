import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { AccessEntryDto } from '../access/access-log.dto.js';

export class ExportQuery {
  /**
   * Whether document numbers are written out; only for the learner, everybody else gets them masked.
   * @example "masked"
   */
  @IsOptional()
  @IsIn(['masked', 'full'])
  documents?: 'masked' | 'full';
}

export class ExportedDocumentDto {
  /** @example "resident-id" */
  kind: string;

  /** @example "5001**********4320" */
  number: string;
}

export class ExportedLearnerDto {
  id: string;
  name: string | null;
  documents: ExportedDocumentDto[];
  birthDate: string | null;
}

export class ExportedInstitutionDto {
  /** @example "SPB-VEC" */
  code: string;

  zh: string;
  en: string;

  /** When it first named the learner. */
  since: string;
}

export class ExportedErasureDto {
  /** @example "requested" */
  action: string;

  ground: string | null;
  dueAt: string | null;
  at: string;
}

/**
 * Everything the bank holds about one person. Beside the members below there is one for each part of
 * the bank that keeps something: `consents`, `outcomes`, `ledger`, `applications`, `shares`, `equivalence`, `account`;
 * each is a list or an object in the words of that part's own routes (docs/privacy.md).
 */
export class LearnerExportDto {
  /** @example "credit-bank-export/1" */
  format: 'credit-bank-export/1';

  exportedAt: string;
  learner: ExportedLearnerDto;

  /** Institutions on whose roster the learner is. */
  institutions: ExportedInstitutionDto[];

  accessLog: AccessEntryDto[];
  erasure: ExportedErasureDto[];

  /**
   * Other accounts that were found to be the same person's, each with the members above: what is kept
   * under an account stays there.
   */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  mergedAccounts: object[];
}
