import { Transform } from 'class-transformer';
import {
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  type ValidationOptions,
  registerDecorator,
} from 'class-validator';
import { IsDay, IsPlainText, PageQuery, TextDto, isPlainText } from '../platform/http/index.js';
import { DRAFT_STATES, type DraftState } from './rule-draft.js';
import { RuleVersionDto } from './rulebook.dto.js';

/** More than any document has; the reader refuses sooner, by bytes. */
const MOST_CHARACTERS = 1024 * 1024;

/** Text of several lines without other control characters; PostgreSQL could not keep a NUL. */
function IsDocumentText(options?: ValidationOptions): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPlainText',
      target: target.constructor,
      propertyName: property as string,
      ...(options && { options }),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && isPlainText(value.replace(/[\n\r\t]/g, '')),
        defaultMessage: () => 'remove control, zero-width and direction characters',
      },
    });
  };
}

/** A rule document to be drafted. */
export class NewRuleDraftDto {
  /**
   * The document as YAML or JSON; `rulebooks/README.md` says how to write one.
   * @example "format: credit-bank-rulebook/1\nid: college/logistics\nversion: 2\n…"
   */
  @IsString()
  @Length(1, MOST_CHARACTERS)
  // Some editors put a mark before the first line.
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/^\ufeff/, '') : value,
  )
  @IsDocumentText()
  document: string;
}

export class RuleDraftsQuery extends PageQuery {
  /** Only drafts in this state. */
  @IsOptional()
  @IsIn(DRAFT_STATES)
  state?: DraftState;
}

export class RuleApprovalDto {
  /**
   * The fingerprint of the text that was read; another text is not approved.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  @IsOptional()
  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  hash?: string;

  /** @example "已核对示例 / examples checked" */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  note?: string;
}

export class RuleRejectionDto {
  /**
   * Why; the author reads it.
   * @example "第二条缺少依据 / rule 2 has no basis"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  reason: string;
}

export class RulePublicationDto {
  /**
   * The first day on which the version governs, not before today. Left out: the first day that the
   * document states, or today when that is over.
   * @example "2027-03-01"
   */
  @IsOptional()
  @IsDay()
  from?: string;
}

/** A rule document on its way to publication. */
export class RuleDraftSummaryDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /**
   * Id of the regulation.
   * @example "district/logistics-3y"
   */
  rule: string;

  /** @example 2 */
  version: number;

  title: TextDto;

  /** @example "LOGISTICS-3Y" */
  programme: string;

  /**
   * Code of the institution that owns the programme.
   * @example "qingshan-polytechnic"
   */
  institution: string;

  /** Only `draft` and `rejected` can be rewritten. */
  state: DraftState;

  /**
   * SHA-256 of the canonical document, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;

  /**
   * The window that the document states; the publication chooses the first day in it.
   * @example "2026-09-01"
   */
  inForceFrom: string;

  /** @example "2030-08-31" */
  inForceTo: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  changedAt: string;
}

export class RuleDraftPageDto {
  items: RuleDraftSummaryDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}

/** One step in the life of a rule: who, when, and what was before and after. */
export class RuleEventDto {
  /** @example "submit" */
  action:
    | 'create'
    | 'replace'
    | 'submit'
    | 'approve'
    | 'reject'
    | 'publish'
    | 'propose-retirement'
    | 'reject-retirement'
    | 'retire';

  /**
   * Null for the first step.
   * @example "draft"
   */
  stateBefore: string | null;

  /** @example "submitted" */
  stateAfter: string;

  /** @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18" */
  hashBefore: string | null;

  /** @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18" */
  hashAfter: string;

  /**
   * First day of a published version, last day of one that is to end; null for the other steps.
   * @example "2026-12-01"
   */
  effectiveOn: string | null;

  /**
   * Account or key.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  by: string;

  /**
   * What the account is called; null for keys and for accounts that you may not see.
   * @example "规则起草 / rule author"
   */
  byName: string | null;

  /**
   * The institution it belongs to.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  byInstitution: string | null;

  /** @example "已核对 / checked" */
  note: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}

/** One worked example and how it comes out. */
export class RuleExampleDto {
  /** @example "the certificate gives four credits" */
  name: string;

  holds: boolean;
}

export class RuleDraftDto extends RuleDraftSummaryDto {
  /**
   * The YAML as its author wrote it.
   * @example "format: credit-bank-rulebook/1\nid: college/logistics\n…"
   */
  source: string;

  /**
   * The canonical JSON that the hash is taken of.
   * @example { "format": "credit-bank-rulebook/1", "id": "college/logistics", "version": 1 }
   */
  document: object;

  examples: RuleExampleDto[];

  /** Whether you wrote on it or handed it in: then somebody else has to agree to it. */
  isAuthor: boolean;

  /** Oldest first. */
  history: RuleEventDto[];
}

/** Something about a document that is wrong, doubtful, or worth knowing. */
export class RuleFindingDto {
  /** An `error` stands in the way of approval and publication. */
  severity: 'error' | 'warning' | 'note';

  /** @example "lint-shadowed" */
  code: string;

  /**
   * JSON pointer of the place in the document; empty for the whole of it.
   * @example "/rules/0/when"
   */
  pointer: string;

  /**
   * Line of the text; null when the finding is about all rules together.
   * @example 27
   */
  line: number | null;

  title: TextDto;

  /** What to do. */
  change: TextDto;
}

export class RuleLintDto {
  /**
   * The text that was checked.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  hash: string;

  /** False while there are errors. */
  isPublishable: boolean;

  findings: RuleFindingDto[];
}

export class PublishedRuleDto {
  draft: RuleDraftDto;

  version: RuleVersionDto;
}
