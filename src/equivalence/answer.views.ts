import { type Answer, STATUS_TEXTS } from './answer.js';
import type { EquivalenceAnswerDto } from './equivalence.dto.js';

/** An answer as the office sees it; of all that could not be checked the same bytes. */
export function toAnswerDto(
  answer: Answer,
  { programme, on }: { programme: string; on: string },
): EquivalenceAnswerDto {
  if (answer === null) {
    return {
      id: null,
      status: 'not-checked',
      text: { ...STATUS_TEXTS['not-checked'] },
      programme,
      programmeTitle: null,
      on,
      checkedAt: null,
      credits: null,
      award: null,
      rulebook: null,
      engine: null,
      decisionHash: null,
      clauses: [],
      missing: null,
      schools: [],
    };
  }
  return {
    id: answer.id,
    status: answer.status,
    text: { ...STATUS_TEXTS[answer.status] },
    programme: answer.programme,
    programmeTitle: { ...answer.programmeTitle },
    on: answer.on,
    checkedAt: answer.checkedAt,
    credits: { ...answer.credits },
    award: answer.award,
    rulebook: { ...answer.rulebook },
    engine: answer.engine,
    decisionHash: answer.decisionHash,
    clauses: answer.clauses.map((clause) => ({ ...clause, params: { ...clause.params } })),
    missing: answer.missing,
    schools: [...answer.schools],
  };
}
