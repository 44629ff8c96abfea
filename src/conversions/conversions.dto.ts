import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import { IsDay, IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';
import { VERDICTS, type Verdict } from './application.js';
import { type ApplicationState, STATES } from './application-states.js';
import { DecisionDto } from './decision.dto.js';
import { ApplicationAppealDto, PanelDto, ProgressDto, VoteDto } from './progress.dto.js';

function asOneLine({ value }: { value: unknown }): unknown {
  return typeof value === 'string' ? value.replace(/\s*[\r\n]\s*/g, ' ').trim() : value;
}

/** Whom and what a decision is about. */
export class ConversionDto {
  /**
   * Id of the learner, or `me` for yourself.
   * @example "me"
   */
  @IsString()
  @Matches(/^(me|[0-9a-f-]{36})$/, { message: 'send a learner id or "me"' })
  learner: string;

  /**
   * Code of the programme that should recognise the credit.
   * @example "YC-LOG-2026"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  programme: string;

  /**
   * The month in which the learner intends to graduate: some rules count nothing that is completed
   * after the cut-off day before it. In a preview that leaves it out, as in the newest application.
   * @example "2027-06"
   */
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: 'send a month as yyyy-mm' })
  graduates?: string;
}

export class EvaluationDto extends ConversionDto {
  /**
   * The day the rules are read for; today when left out.
   * @example "2026-11-23"
   */
  @IsOptional()
  @IsDay()
  @IsISO8601({ strict: true }, { message: 'there is no such day' })
  on?: string;
}

export class NewApplicationDto extends ConversionDto {
  /**
   * Keeps it as a draft that only the requester sees and that holds no credit, until it is submitted.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  draft?: boolean;
}

/** What a decision would be. Nothing is booked or put aside. */
export class EvaluatedDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /** @example "YC-LOG-2026" */
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

  decision: DecisionDto;
}

export class AcceptedApplicationDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** Where it began; read the application for where it stands. */
  state: 'draft' | 'submitted';
}

export class ApplicationsQuery extends PageQuery {
  /**
   * Only applications in this state.
   * @example "in-review"
   */
  @IsOptional()
  @IsIn(STATES)
  state?: ApplicationState;

  /**
   * `due`: for the institution that decides, only what waits for its people, the nearest promised day
   * first. Otherwise newest first.
   * @example "due"
   */
  @IsOptional()
  @IsIn(['newest', 'due'])
  order?: 'newest' | 'due';
}

/** What waits at the institution that decides, without saying whose it is. */
export class ApplicationsWaitingDto {
  /**
   * Applications that its people have to decide.
   * @example 4
   */
  waiting: number;

  /**
   * Of these, those whose promised day has passed.
   * @example 1
   */
  overdue: number;

  /**
   * When anything of its applications last changed; null when there are none.
   * @example "2026-11-23T09:30:00.000Z"
   */
  changedAt: string | null;
}

export class ConversionInstitutionDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "YC" */
  code: string;

  name: TextDto;
}

/** An application in a list. */
export class ApplicationSummaryDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /**
   * As stated by an institution; null when none has.
   * @example "王小明"
   */
  learnerName: string | null;

  /** @example "YC-LOG-2026" */
  programme: string;

  /** The receiving institution: it decides. */
  institution: ConversionInstitutionDto;

  /** @example "in-review" */
  state: ApplicationState;

  /**
   * The day the rules are read for.
   * @example "2026-11-23"
   */
  on: string;

  /**
   * The month in which the learner intends to graduate; null when the request did not say.
   * @example "2027-06"
   */
  graduates: string | null;

  /** The institution that asked on the learner's behalf; null when the learner asked. */
  requestedBy: ConversionInstitutionDto | null;

  /**
   * The promised day by which whoever has to act does; null while nobody has to.
   * @example "2026-12-21"
   */
  dueOn: string | null;

  /** Whether the promised day has passed. */
  isOverdue: boolean;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  changedAt: string;
}

export class ApplicationPageDto {
  items: ApplicationSummaryDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "MDE5OGM1YTItN2ExMC03MTIz"
   */
  next: string | null;
}

/** One step of an application. */
export class ApplicationEventDto {
  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;

  /** @example "offer" */
  action: string;

  /** The state it led to. */
  state: ApplicationState;

  /** Who did it. */
  by: 'learner' | 'institution' | 'service';

  institution: ConversionInstitutionDto | null;

  /**
   * What the person wrote.
   * @example "同意 / agreed"
   */
  note: string | null;
}

/** An outcome that the decision speaks of. */
export class ApplicationOutcomeDto {
  /**
   * The lot in the decision.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  id: string;

  /** @example "SVS-LOG-BASE" */
  code: string;

  title: TextDto;

  /** The institution that posted it. */
  institution: ConversionInstitutionDto;

  /** @example "2026-06-30" */
  completedOn: string;

  /** @example "85" */
  grade: string | null;

  /** @example "中级" */
  level: string | null;

  /** @example "4" */
  credits: string | null;

  /** @example "held" */
  state: 'available' | 'held' | 'used' | 'expired' | 'revoked' | 'registered';
}

/** A ledger line that the application caused. */
export class ApplicationEntryDto {
  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.1" */
  id: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  outcomeId: string;

  /** @example "use" */
  kind: string;

  /** @example "4" */
  amount: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: string;

  /**
   * SHA-256 of the rule version that decided, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  ruleHash: string | null;
}

export class ApplicationDto extends ApplicationSummaryDto {
  progress: ProgressDto;

  /** The people who decide now; null while the application is not with them. */
  panel: PanelDto | null;

  /** What panels said that have decided, oldest first. */
  votes: VoteDto[];

  appeal: ApplicationAppealDto | null;

  /**
   * Last day on which the learner can appeal; null when there can be none.
   * @example "2026-12-23"
   */
  appealUntil: string | null;

  /** Everything that happened, oldest first. */
  history: ApplicationEventDto[];

  /** The newest decision; null while there is none. */
  decision: DecisionDto | null;

  /**
   * SHA-256 of the decision as stored, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  decisionHash: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  decidedAt: string | null;

  /** The outcomes that the decision speaks of. */
  outcomes: ApplicationOutcomeDto[];

  /** What was put aside, given back and used, oldest first. */
  entries: ApplicationEntryDto[];
}

export class ReviewDto {
  /**
   * `approve` books the decision; `reject` and `return` give the credit back. In a panel it is one
   * vote: the verdict of more than half of the panel counts. An appeal cannot be returned.
   * @example "approve"
   */
  @IsIn(VERDICTS)
  verdict: Verdict;

  /**
   * Why; the learner reads it. Required to reject or return. Line breaks become spaces.
   * @example "内容重合度不足 / the overlap of contents is too small"
   */
  @Transform(asOneLine)
  @ValidateIf(({ verdict, note }: ReviewDto) => verdict !== 'approve' || note !== undefined)
  @IsString()
  @IsPlainText()
  @Length(1, 500)
  note?: string;

  /**
   * The `decisionHash` you read: the review is refused when there is a newer decision.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'send the decisionHash of the application' })
  decisionHash?: string;
}

export class AppealDto {
  /**
   * Why the decision is wrong; the panel reads it. Line breaks become spaces.
   * @example "证书为高级，请按高级重新认定 / the certificate is of the highest level"
   */
  @Transform(asOneLine)
  @IsString()
  @IsPlainText()
  @Length(1, 1000)
  reason: string;
}
