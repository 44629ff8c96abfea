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
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  id: string;

  /** @example "张三" */
  name: string | null;

  documents: ExportedDocumentDto[];

  /** @example "2005-09-12" */
  birthDate: string | null;
}

export class ExportedInstitutionDto {
  /** @example "SPB-VEC" */
  code: string;

  /** @example "沙坪坝职业教育中心" */
  zh: string;

  /** @example "Shapingba Vocational Education Centre" */
  en: string;

  /**
   * When it first named the learner.
   * @example "2026-07-02T03:00:00.000Z"
   */
  since: string;
}

export class ExportedErasureDto {
  /** @example "requested" */
  action: string;

  /** @example "request" */
  ground: string | null;

  /** @example "2026-12-23T09:30:00.000Z" */
  dueAt: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
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

  /** @example "2026-11-23T09:30:00.000Z" */
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
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [{ learner: { id: '01a2e7c0-5b7e-7456-8000-000000000004', name: '张三' } }],
  })
  mergedAccounts: object[];
}
