import { TextDto } from '../platform/http/index.js';

/** A target into which outcomes can be converted. */
export class ProgrammeDto {
  /** @example "LOGISTICS-3Y" */
  code: string;

  title: TextDto;

  /**
   * The institution that decides.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  institutionId: string;

  /**
   * Credits of the whole programme.
   * @example "140"
   */
  totalCredits: string;

  /** Whether a person at the institution reviews what the rules decide. */
  review: 'required' | 'none';
}

export class ProgrammePageDto {
  items: ProgrammeDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}

/** A published version of a regulation; it never changes. */
export class RuleVersionDto {
  /** @example "district/logistics-3y" */
  id: string;

  /** @example 1 */
  version: number;

  /**
   * SHA-256 of the canonical document, in hex; every decision quotes it.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;

  title: TextDto;

  /** @example "LOGISTICS-3Y" */
  programme: string;

  /** @example "2026-09-01" */
  inForceFrom: string;

  /** @example "2030-08-31" */
  inForceTo: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  publishedAt: string;
}

/** The newest version with its texts. */
export class RuleDocumentDto extends RuleVersionDto {
  /**
   * The canonical JSON that the hash is taken of.
   * @example { "format": "credit-bank-rulebook/1", "id": "college/logistics", "version": 1 }
   */
  document: object;

  /**
   * The YAML as its author wrote it.
   * @example "format: credit-bank-rulebook/1\nid: college/logistics\n…"
   */
  source: string;
}

export class RuleVersionsDto {
  items: RuleVersionDto[];
}
