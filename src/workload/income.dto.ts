import { IsString, Length, Matches } from 'class-validator';
import { IsDay, IsPlainText, NamesNobody } from '../platform/http/index.js';

/** Income as the institution states it; this service moves no money. */
export class TrainingIncomeDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000094" */
  id: string;

  /** @example "数控车工（四级）补贴培训第3期" */
  project: string;

  /** @example "2025-06-30" */
  on: string;

  /**
   * In fen, 1/100 yuan.
   * @example "12800000"
   */
  amountFen: string;

  /** @example "渝财社〔2025〕41号拨款单" */
  source: string;

  /** @example "2025-07-04T02:00:00.000Z" */
  recordedAt: string;
}

export class NewTrainingIncomeDto {
  /**
   * The training project.
   * @example "数控车工（四级）补贴培训第3期"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 120)
  project: string;

  /**
   * The day of the document.
   * @example "2025-06-30"
   */
  @IsDay()
  on: string;

  /**
   * In fen, 1/100 yuan, as a whole number; "0" takes a statement back.
   * @example "12800000"
   */
  @IsString()
  @Matches(/^(0|[1-9]\d{0,14})$/, { message: 'send fen as a whole number, for example "12800000"' })
  amountFen: string;

  /**
   * The document that says so.
   * @example "渝财社〔2025〕41号拨款单"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  source: string;
}
