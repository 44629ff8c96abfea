import { maskDocument } from '#libs/identity';
import { toAnswerDto } from './answer.views.js';
import { problemDtoOf } from './batch.js';
import type { BatchRowDto } from './batch-rows.dto.js';
import type { AnsweredRow } from './sheet.js';

/** A row as its office sees it on the screen. The file it gets back has the numbers in full. */
export function toRowDto(row: AnsweredRow): BatchRowDto {
  const { rowNumber, shown, programme, on, asked, fault, params = {}, answer } = row;
  const kind = asked?.by === 'document' ? asked.document.kind : 'resident-id';
  return {
    rowNumber,
    asked: {
      name: shown.name || null,
      document: shown.documentNumber ? maskDocument(kind, shown.documentNumber) : null,
      shareCode: shown.shareCode || null,
      learner: shown.learner || null,
    },
    programme,
    on,
    status: answer?.status ?? 'not-checked',
    problem: fault && problemDtoOf({ code: fault, params }),
    answer: answer && toAnswerDto(answer, { programme: answer.programme, on: answer.on }),
  };
}
